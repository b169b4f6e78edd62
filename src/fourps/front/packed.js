// What is kept, packed into the few characters that a platform lends: `fourps.handin.packed` says the same in Python.
// f1|DAY0|ITEMS|ATTEMPTS|STOPPED|READ: it can be read without the release that wrote it. Drafts, and what is asked
// again, stay behind.
import { RESULTS, empty, parse } from "./kept.js";
import { RecordError, idOf, writeRecord } from "./record.js";

/** The most that SCORM 1.2 keeps. */
export const MOST = 4096;
const DAY = 86400000, KEYS = 36 ** 3, LAST = 36 ** 4 - 1;

/** @typedef {import("./kept.js").Kept} Kept */
/** @typedef {import("./kept.js").KeptAttempt} KeptAttempt */
/** By the key of each page that was read, its day. @typedef {Record<string, string>} Marks */
/** @typedef {{attempts: KeptAttempt[], stopped: [string, import("./kept.js").KeptPlace][], marks: [string, string][]}} Parts */

/** @param {string} one what one of them may be */
const list = (one) => `((?:${one}(?:;${one})*)?)`;
const NUMBER = "(?:0|[1-9a-z][0-9a-z]{0,3})", MOVES = "[0-9a-z.~]*";
const PACKED = new RegExp(`^f1\\|(${NUMBER}?)\\|${[
  "[sq],[a-z0-9-]+,[0-9a-f]{8}",
  `${NUMBER},${MOVES},[0-4],${NUMBER}`,
  `${NUMBER},${MOVES},${NUMBER}`,
  `${NUMBER},(?:[0-9a-z]{3})+`,
].map(list).join("\\|")}$`);
const NEWER = /^f([2-9]|[1-9][0-9]+)\|/;

/** Three characters for a page; no two pages of the course have the same. @param {string} page */
export function pageKey(page) {
  let value = 0;
  for (const character of page) value = (value * 31 + /** @type {number} */ (character.codePointAt(0))) % KEYS;
  return value.toString(36).padStart(3, "0");
}

/** @param {string} one @param {string} other */
const order = (one, other) => (one < other ? -1 : Number(one > other));

/** The marks of all pages, the oldest first; of two with one key the older. @param {Kept["read"]} read @param {Marks} others */
function marksOf(read, others) {
  /** @type {Map<string, string>} */
  const marks = new Map();
  for (const [key, day] of [...Object.entries(read).map(([page, day]) => [pageKey(page), day]), ...Object.entries(others)]) {
    if (!marks.has(key) || day < /** @type {string} */ (marks.get(key))) marks.set(key, day);
  }
  return [...marks].sort(([one, day], [other, later]) => order(day, later) || order(one, other));
}

/** Numbers what is played, in the order in which it is named. */
class Items {
  constructor() {
    /** @type {string[]} */
    this.all = [];
  }

  /** The place of a record's story or quiz, and its moves. @param {string} record @param {"s" | "q"} [kind] where it is known */
  split(record, kind) {
    const [, id, version, moves] = record.split(":"), named = `,${id},${version}`;
    let place = this.all.findIndex((one) => (kind ? one === kind + named : one.slice(1) === named));
    if (place < 0) place = this.all.push((kind || "s") + named) - 1;
    return [place.toString(36), moves];
  }
}

/** Days since 1970; a clock that is far off is brought near. @param {string} at */
const number = (at) => Math.min(LAST, Math.max(0, Date.parse(at) / DAY));

/** @param {Parts} parts */
function write({ attempts, stopped, marks }) {
  const days = [...attempts.map(({ at }) => at), ...stopped.map(([, { at }]) => at), ...marks.map(([, at]) => at)].map(number);
  const first = days.reduce((one, other) => Math.min(one, other), LAST), items = new Items();
  /** @param {string} at */
  const day = (at) => (number(at) - first).toString(36);
  const played = attempts.map(({ kind, record, result, at }) =>
    [...items.split(record, kind === "quiz" ? "q" : "s"), RESULTS.indexOf(result), day(at)].join(","));
  const places = stopped.map(([, { record, at }]) => [...items.split(record), day(at)].join(","));
  const read = [...new Set(marks.map(([, at]) => at))].map((at) =>
    `${day(at)},${marks.filter(([, one]) => one === at).map(([key]) => key).join("")}`);
  const lists = [items.all, played, places, read].map((one) => one.join(";"));
  return ["f1", days.length ? first.toString(36) : "", ...lists].join("|");
}

/** Of each story and quiz the first and the last attempt. @param {KeptAttempt[]} attempts */
function ends(attempts) {
  /** @param {KeptAttempt} attempt */
  const item = ({ kind, record }) => [kind, ...record.split(":").slice(1, 3)].join();
  const items = attempts.map(item);
  return attempts.filter((_, at) => items.indexOf(items[at]) === at || items.lastIndexOf(items[at]) === at);
}

/**
 * What there is, and then less and less of it: of each story and quiz the first and the last attempt; without the
 * places where one stopped in what was finished before; without marks; and in the end without attempts. The oldest go first.
 * @param {Parts} parts
 */
function* shorter(parts) {
  yield parts;
  const { marks } = parts, attempts = ends(parts.attempts), done = new Set(attempts.map(idOf));
  const again = parts.stopped.filter(([id]) => done.has(id)).sort(([, one], [, other]) => order(one.at, other.at));
  for (let gone = 0; gone <= again.length; gone += 1) {
    yield { attempts, marks, stopped: parts.stopped.filter((one) => !again.slice(0, gone).includes(one)) };
  }
  const stopped = parts.stopped.filter((one) => !again.includes(one));
  for (let gone = 1; gone <= marks.length; gone += 1) yield { attempts, stopped, marks: marks.slice(gone) };
  for (let gone = 1; gone <= attempts.length; gone += 1) yield { attempts: attempts.slice(gone), stopped, marks: [] };
}

/**
 * Pack a document, as much of it as fits.
 * @param {Kept} kept
 * @param {Marks} [others] of pages that this release does not have
 */
export function pack({ attempts, stopped, read }, others = {}) {
  const parts = { attempts, marks: marksOf(read, others),
    stopped: Object.entries(stopped).filter(([id, { record }]) => id === idOf({ record })) };
  let text = "";
  for (const some of shorter(parts)) {
    text = write(some);
    if (text.length <= MOST) break;
  }
  return text;
}

/** @param {string} text */
const foreign = (text) => new RecordError(NEWER.test(text) ? "import-newer" : "import-foreign");

/** @param {string} text @param {string} first */
function reader(text, first) {
  /** @param {string} offset */
  return (offset) => {
    const date = new Date((parseInt(first, 36) + parseInt(offset, 36)) * DAY);
    if (Number.isNaN(date.getTime()) || date.getUTCFullYear() > 9999) throw foreign(text);
    return date.toISOString().slice(0, 10);
  };
}

/**
 * Read a packed document.
 * @param {string} text
 * @param {string[]} pages those of this release that can be marked as read
 * @returns {{kept: Kept, others: Marks}} with the marks of pages that this release does not have
 */
export function unpack(text, pages) {
  const found = PACKED.exec(text);
  if (!found) throw foreign(text);
  const [, first, ...lists] = found, [items, played, places, read] = lists.map((one) => one.split(";").filter(Boolean).map((part) => part.split(",")));
  const day = reader(text, first);
  /** @param {string} place @param {string} moves */
  const recordOf = (place, moves) => {
    const item = items[parseInt(place, 36)];
    if (!item) throw foreign(text);
    return { kind: item[0] === "q" ? "quiz" : "scenario", record: writeRecord(item[1], item[2], moves) };
  };
  /** @type {Marks} */
  const others = Object.fromEntries(read.flatMap(([offset, keys]) => (keys.match(/.../g) || []).map((key) => [key, day(offset)])).reverse());
  const known = pages.filter((page) => Object.hasOwn(others, pageKey(page)));
  const kept = {
    ...empty(),
    attempts: played.map(([place, moves, result, at]) => ({ ...recordOf(place, moves), result: RESULTS[Number(result)], at: day(at) })),
    stopped: Object.fromEntries(places.map(([place, moves, at]) => [items[parseInt(place, 36)]?.[1], { record: recordOf(place, moves).record, at: day(at) }])),
    read: Object.fromEntries(known.map((page) => [page, others[pageKey(page)]])),
  };
  for (const page of known) delete others[pageKey(page)];
  return { kept: parse(JSON.stringify(kept)), others };
}
