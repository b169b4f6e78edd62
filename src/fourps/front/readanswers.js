// A hand-in that is a text file of answers, as `fourps.handin.answers_file` reads it.

/**
 * What was handed in, and what it says of itself. Nobody has vouched for it.
 * @typedef {object} HandIn
 * @property {string} exercise @property {string} release @property {string} language @property {string} learner @property {string} written
 * @property {Record<string, string>} answers by the name of their cells
 */

export const LARGEST = 131_072, LONGEST = 8_000;
const SIGN = /\{\s*"format"/;
const MOST = 100;
/** @type {Record<string, RegExp>} */
const SHAPES = {
  exercise: /^[a-z0-9-]{1,60}$/,
  release: /^[0-9A-Za-z.+!-]{1,40}$/,
  language: /^[A-Za-z]{2,3}(?:[-_][A-Za-z]{2,4})?$/,
  learner: /^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/,
  written: /^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}Z$/,
};
const NAME = /^[A-Za-z0-9_-]{1,100}$/, RECORD = /^fourps1:[!-~]{1,2000}$/;
const NAMES = ["format", ...Object.keys(SHAPES), "answers", "records"];

/** A file that is refused; `key` names the sentence that says why. */
export class HandInError extends Error {
  /** @param {string} key @param {Record<string, string>} [values] */
  constructor(key, values = {}) {
    super(key);
    this.key = key;
    this.values = values;
  }
}

/** @param {Uint8Array} data */
function decoded(data) {
  // some programs write a null byte beside each letter
  if (!SIGN.test(new TextDecoder().decode(data.filter((byte) => byte)))) throw new HandInError("handin-none");
  if (data.length > LARGEST) throw new HandInError("handin-large");
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(data);
  } catch {
    throw new HandInError("handin-changed");
  }
}

/** Whether a name stands twice in an object: nobody could say which one counts. @param {string} json that is whole */
function isTwofold(json) {
  /** @type {(Set<string> | null)[]} of each object and list that is open */
  const open = [];
  for (const [token] of json.matchAll(/"(?:[^"\\]|\\.)*"(?:\s*:)?|[{}[\]]/g)) {
    const names = open[open.length - 1];
    if (token === "{" || token === "[") open.push(token === "{" ? new Set() : null);
    else if (token === "}" || token === "]") open.pop();
    else if (names && token.endsWith(":")) {
      const name = JSON.parse(token.slice(0, -1));
      if (names.has(name)) return true;
      names.add(name);
    }
  }
  return false;
}

/** @param {string} text */
function parsed(text) {
  const start = text.search(SIGN);
  if (text.slice(0, start).trim().includes("\n")) throw new HandInError("handin-more");
  const json = text.slice(start);
  try {
    const document = JSON.parse(json);
    if (!isTwofold(json)) return document;
  } catch {
    // said below
  }
  throw new HandInError("handin-cut");
}

/** @param {any} answers */
function checked(answers) {
  const isMap = answers !== null && typeof answers === "object" && !Array.isArray(answers) && Object.keys(answers).length <= MOST;
  if (!isMap || Object.values(answers).some((answer) => typeof answer !== "string")) throw new HandInError("handin-odd", { field: "answers" });
  const whole = Object.entries(answers).map(([name, answer]) => [name, answer.replace(/\p{Surrogate}/gu, "?")]);
  if (!whole.every(([name]) => NAME.test(name))) throw new HandInError("handin-odd", { field: "answers" });
  for (const [name, answer] of whole) if ([...answer].length > LONGEST) throw new HandInError("handin-long", { field: name });
  return Object.fromEntries(whole);
}

/** Read such a file, and refuse whatever is not exactly one. @param {Uint8Array} data @returns {HandIn} */
export function readHandIn(data) {
  const document = parsed(decoded(data)), { records = [] } = document;
  if (document.format !== 2) throw new HandInError("handin-format");
  for (const [field, shape] of Object.entries(SHAPES)) {
    if (typeof document[field] !== "string" || !shape.test(document[field])) throw new HandInError("handin-odd", { field });
  }
  const other = Object.keys(document).find((name) => !NAMES.includes(name));
  if (other !== undefined) throw new HandInError("handin-odd", { field: other.slice(0, 60) });
  /** @param {unknown} line */
  const isLine = (line) => typeof line === "string" && RECORD.test(line);
  if (!Array.isArray(records) || records.length > MOST || !records.every(isLine)) throw new HandInError("handin-odd", { field: "records" });
  return { ...document, answers: checked(document.answers) };
}
