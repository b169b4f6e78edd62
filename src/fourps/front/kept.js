// The document that a device keeps: read, checked and joined. A model in `tests/tools/kept.py` says the same.
import { RecordError, isRecord } from "./record.js";
import { ID, hasShape, isDay, isObject, isTable } from "./shape.js";

export const LIMIT = 1000000;

/** @typedef {{kind: "scenario" | "quiz", record: string, result: string, at: string}} KeptAttempt */
/** @typedef {{record: string, at: string}} KeptPlace */
/** @typedef {{at: string, fields: Record<string, string>}} KeptDraft what is filled in of an exercise, by the name of each control */
/** @typedef {"first" | "second" | "shown"} How at which try a question that came back was right, if at one */
/**
 * @typedef {object} Kept
 * @property {4} format
 * @property {KeptAttempt[]} attempts finished plays and quizzes, oldest first
 * @property {Record<string, KeptPlace>} stopped by id, where one stopped half-way
 * @property {Record<string, string>} read the day on which each page was marked as read
 * @property {Record<string, Record<string, How>>} asked by quiz and question, how each day's answer went
 * @property {Record<string, KeptDraft>} drafts by exercise, answers that are not handed in yet
 */

// pages as in Python; it does not admit `__proto__`
const PAGE = /^[A-Za-z0-9][A-Za-z0-9._-]*(\/[A-Za-z0-9][A-Za-z0-9._-]*)*$/;
const QUESTION = /^[a-z][a-z0-9]*(-[a-z0-9]+)*\/[a-z0-9]+(-[a-z0-9]+)*$/;
// of a control of a form, such as `task-1.a`
const FIELD = /^[a-z][a-z0-9-]*(\.[A-Za-z0-9_-]+)*$/;
export const RESULTS = ["safe", "gaps", "repaired", "unsafe", "done"];
const HOW = ["first", "second", "shown"];

/** @returns {Kept} */
export const empty = () => ({ format: 4, attempts: [], stopped: {}, read: {}, asked: {}, drafts: {} });

/** @param {unknown} value */
const isAttempt = (value) => hasShape(value, {
  kind: (one) => one === "scenario" || one === "quiz",
  record: isRecord,
  result: (one) => RESULTS.includes(one),
  at: isDay,
});

/** @param {unknown} value */
const isPlace = (value) => hasShape(value, { record: isRecord, at: isDay });

/** @param {unknown} value */
const isAsked = (value) => isTable(value, { test: isDay }, (how) => HOW.includes(how));

/** @param {unknown} value */
const isDraft = (value) => hasShape(value, { at: isDay, fields: (one) => isTable(one, FIELD, (text) => typeof text === "string") });

/** @param {unknown} value @returns {value is Kept} */
const isKept = (value) => hasShape(value, {
  format: (one) => one === 4,
  attempts: (one) => Array.isArray(one) && one.every(isAttempt),
  stopped: (one) => isTable(one, ID, isPlace),
  read: (one) => isTable(one, PAGE, isDay),
  asked: (one) => isTable(one, QUESTION, isAsked),
  drafts: (one) => isTable(one, ID, isDraft),
});

/**
 * Read a document; what is not there is empty.
 * @param {string} text
 * @returns {Kept}
 */
export function parse(text) {
  if (text.length > LIMIT) throw new RecordError("import-large");
  let document;
  try {
    document = JSON.parse(text);
  } catch {
    throw new RecordError("import-foreign");
  }
  if (!isObject(document) || !Object.hasOwn(document, "format")) throw new RecordError("import-foreign");
  if (Number.isInteger(document.format) && document.format > 4) throw new RecordError("import-newer");
  // before exercises were pages there were no drafts
  const kept = { ...empty(), ...document, ...(document.format === 3 && { format: 4 }) };
  if (!isKept(kept)) throw new RecordError("import-foreign");
  return kept;
}

/** The names under which a page may have been marked: its own, and that of the lesson that it was a part of. @param {string} page */
export const namesOf = (page) => [page, page.slice(0, page.lastIndexOf("/"))];

/**
 * The day on which a page was marked as read. A lesson that was marked when it was one page counts for its pieces.
 * @param {Kept} kept @param {string} page
 */
export function readOn({ read }, page) {
  const name = namesOf(page).find((one) => Object.hasOwn(read, one));
  return name ? read[name] : "";
}

/**
 * Join two documents so that nothing of either is lost: every attempt once, with its first day; of
 * two places where one stopped, the later; of two drafts too, with what only the earlier one has; every page that was read, with its first day; every
 * answer to a question that came back, and of two on one day that which went worse.
 * @param {Kept} ours
 * @param {Kept} theirs
 * @returns {Kept}
 */
export function merge(ours, theirs) {
  /** @type {Map<string, KeptAttempt>} */
  const attempts = new Map();
  for (const one of [...ours.attempts, ...theirs.attempts]) {
    const known = attempts.get(one.record);
    if (!known || one.at < known.at) attempts.set(one.record, one);
  }
  const stopped = { ...ours.stopped };
  for (const [id, place] of Object.entries(theirs.stopped)) {
    if (!Object.hasOwn(stopped, id) || place.at > stopped[id].at) stopped[id] = place;
  }
  const read = { ...ours.read };
  for (const [page, day] of Object.entries(theirs.read)) {
    if (!Object.hasOwn(read, page) || day < read[page]) read[page] = day;
  }
  const asked = { ...ours.asked };
  for (const [name, days] of Object.entries(theirs.asked)) {
    const joined = Object.hasOwn(asked, name) ? { ...asked[name] } : {};
    for (const [at, how] of Object.entries(days)) {
      if (!Object.hasOwn(joined, at) || HOW.indexOf(how) > HOW.indexOf(joined[at])) joined[at] = how;
    }
    asked[name] = joined;
  }
  const drafts = { ...ours.drafts };
  for (const [id, draft] of Object.entries(theirs.drafts)) {
    const mine = Object.hasOwn(drafts, id) ? drafts[id] : draft, [early, late] = draft.at > mine.at ? [mine, draft] : [draft, mine];
    drafts[id] = { at: late.at, fields: { ...early.fields, ...late.fields } };
  }
  const inOrder = [...attempts.values()].sort((one, other) => (one.at < other.at ? -1 : Number(one.at > other.at)));
  return { format: 4, attempts: inOrder, stopped, read, asked, drafts };
}
