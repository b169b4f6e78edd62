// What a check says of an answer's shape, as `fourps.exercise` says it: the same words, in the same order.
// tests/exercise/test_answershape.py holds both together. An answer is plain lines, or letters that were read of one.
import { fill } from "./dom.js";

/** Labels, letters and words to choose among, as the check declares them: `fourps.exercise.fields`. @typedef {[kind: string, options: string[]]} Field */
/**
 * What one call of a check declares: `fourps.exercise.declared`.
 * @typedef {object} Check
 * @property {string} kind
 * @property {string} letters
 * @property {string[]} kinds
 * @property {Record<string, {kind: string, options: string[]}>} fields
 */
/** @typedef {string | number | string[]} Value */
/** @typedef {Record<string, string | number>} Places */

// what Python calls a space and a letter: \s and \w are others here
const SPACE = "\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000", LETTER = "\\p{L}\\p{N}_";
/** @param {string} text */
const whole = (text) => new RegExp(`^(?:${text})$`, "us");
const FIELD = whole(`[${SPACE}]*([\\p{L}\\p{Nl}\\p{No}_][${LETTER}]*)[${SPACE}]*[:=](.*)`);
const ROW = whole(`[${SPACE}]*(?:\\|[${SPACE}]*)?([${LETTER}]+)[${SPACE}]*[:=|](.*)`);
const RULER = whole(`[${SPACE}|:\\-]*`);
const WHOLE = /^[+-]?[0-9]{1,15}$/, BROKEN = /^[+-]?[0-9]{1,15}\.[0-9]{1,15}$/;
// a comma marks a fraction, too, where it cannot mean thousands
const COMMA = /^[+-]?(?:[0-9]{1,15},[0-9]{1,2}|0,[0-9]{1,15})$/;
const BREAK = /\r\n|[\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029]/u;
const BETWEEN = new RegExp(`[${SPACE},;]+`, "u"), BLANK = whole(`[${SPACE}]`);
const MOMENT = whole(`[^${LETTER}]*([\\p{L}\\p{Nl}\\p{No}]+)\\.?,?[${SPACE}]+(?:à[${SPACE}]+)?([01]?\\p{Nd}|2[0-4])[${SPACE}]*[:.hH][${SPACE}]*([0-5]\\p{Nd})[^${LETTER}]*`);
const ENGLISH_MOMENT = /^[A-Z][a-z]+day \p{Nd}\p{Nd}:\p{Nd}\p{Nd}$/u, DIGIT = /^\p{Nd}$/u;
const AROUND = new Set(" \t\"'`|[](){}.,;«»“”\u2018\u2019\u00a0\u202f");
const LONGEST = 60;
// what Python folds to small letters of English beside capitals; whatever else it folds is equal to nothing that is asked here
/** @type {Record<string, string>} */
const FOLDED = { ß: "ss", "\u017f": "s", "\u1e9e": "ss", "\u212a": "k", "\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl", "\ufb05": "st", "\ufb06": "st" };
// the languages of exercises
const LANGUAGES = ["en", "fr"];

/** An answer that does not fit; `key` names the sentence, `places` fills it. */
export class AnswerError extends Error {
  /** @param {string} key @param {Places} [places] */
  constructor(key, places = {}) {
    super(key);
    this.key = key;
    this.places = places;
  }
}

/** What a check says of an answer, in the words of a reader's language. @param {AnswerError} error @param {import("./dom.js").Words} words */
export const said = (error, words) => fill(words[error.key], error.places);

/** Take off what stands around a text; no sign that falls is longer than one unit. @param {string} text @param {(sign: string) => boolean} falls */
function trimmed(text, falls) {
  let start = 0, end = text.length;
  while (start < end && falls(text[start])) start++;
  while (end > start && falls(text[end - 1])) end--;
  return text.slice(start, end);
}

/** @param {string} text */
const strip = (text) => trimmed(text, (sign) => BLANK.test(sign));

/** @param {string} text */
const bare = (text) => trimmed(text, (sign) => AROUND.has(sign));

/** @param {string} text */
export const fold = (text) => [...text].map((sign) => FOLDED[sign] ?? sign.toLowerCase()).join("");

/** @param {string} text */
function lines(text) {
  const parts = text.split(BREAK);
  if (parts[parts.length - 1] === "") parts.pop();
  return parts;
}

/** A line as a message shows it. @param {string} line */
function shown(line) {
  const signs = [...strip(line)];
  return signs.length <= LONGEST ? signs.join("") : `${signs.slice(0, LONGEST).join("")} ...`;
}

/** Words by how they are compared. @param {string[]} texts */
const byFold = (texts) => new Map(texts.map((word) => [fold(word), word]));

/** What stands after a label, up to the next one; the whole text if the label is absent. @param {string} text @param {string} label */
export function field(text, label) {
  /** @type {[string, string[]][]} */
  const found = [];
  for (const line of lines(text)) {
    const match = FIELD.exec(line);
    if (match) found.push([fold(match[1]), [strip(match[2])]]);
    else if (found.length) found[found.length - 1][1].push(strip(line));
  }
  const texts = found.filter(([name]) => name === fold(label)).map(([, parts]) => parts.filter(Boolean).join("\n"));
  const filled = texts.filter(Boolean);
  if (filled.length > 1) throw new AnswerError("two-answers", { label });
  return filled[0] ?? texts[0] ?? strip(text);
}

/**
 * The number after a label, and whether its figures are a whole one.
 * @param {string} text @param {string} label
 */
export function numberField(text, label) {
  const given = field(text, label), figures = bare(given);
  if (WHOLE.test(figures)) return { isWhole: true, value: Number(figures) };
  if (BROKEN.test(figures) || COMMA.test(figures)) return { isWhole: false, value: Number(figures.replace(",", ".")) };
  throw figures ? new AnswerError("number-unread", { line: shown(`${label}: ${given}`), label }) : new AnswerError("number-none", { label });
}

/** The letters of a text; `label` is that of the example in a message. @param {string} text @param {string[]} options @param {string} [label] */
export function letters(text, options, label = "letters") {
  const known = byFold(options), given = field(text, "letters").split(BETWEEN).map(bare).filter(Boolean);
  if (!given.length) throw new AnswerError("letters-none", { label });
  const long = given.find((word) => [...word].length !== 1);
  if (long !== undefined) throw new AnswerError("letters-unread", { line: shown(long), label });
  return given.map((word) => known.get(fold(word)) ?? word);
}

/** The kind of each item of a text, "" where it has none. @param {string} text @param {string[]} items @param {string[]} kinds */
export function kindsOf(text, items, kinds) {
  const known = byFold(kinds), names = byFold(items);
  /** @type {Record<string, string>} */
  const kindOf = Object.fromEntries(items.map((item) => [item, ""]));
  for (const line of lines(text).filter((one) => !RULER.test(one))) {
    const match = ROW.exec(line);
    if (!match) throw new AnswerError("row-unread", { line: shown(line), kind: kinds[0] });
    const item = names.get(fold(match[1])), word = bare(match[2]), kind = known.get(fold(word));
    if (item === undefined && [...match[1]].length === 1) throw new AnswerError("letters-other", { line: shown(line), letters: items.join(", ") });
    if (item === undefined || !word) continue;
    if (kind === undefined) throw new AnswerError("kind-unread", { line: shown(line), kinds: kinds.join(", ") });
    if (kindOf[item]) throw new AnswerError("kind-twice", { line: shown(line), item });
    kindOf[item] = kind;
  }
  return kindOf;
}

/** The weekdays in English, by their names in each language. @type {Map<string, string> | undefined} */
let weekdays;

function days() {
  /** @param {string} language @param {number} day of a week that began on a Monday */
  const name = (language, day) => new Intl.DateTimeFormat(language, { weekday: "long", timeZone: "UTC" }).format(Date.UTC(2024, 0, day));
  const week = [1, 2, 3, 4, 5, 6, 7];
  return weekdays ||= new Map(LANGUAGES.flatMap((language) => week.map((day) => [fold(name(language, day)), name("en", day)])));
}

/** The number that figures of any script are. @param {string} figures */
function numberOf(figures) {
  /** @param {string} figure */
  const value = (figure) => {
    const at = /** @type {number} */ (figure.codePointAt(0));
    let before = 0;
    // the ten figures of a script stand in a row, from zero on
    while (DIGIT.test(String.fromCodePoint(at - before - 1))) before++;
    return before % 10;
  };
  return [...figures].reduce((sum, figure) => sum * 10 + value(figure), 0);
}

/** A weekday and a time as English writes them; what is none stays as it is. @param {string} text */
export function moment(text) {
  const match = MOMENT.exec(text), day = match && days().get(fold(match[1]));
  return match && day ? `${day} ${String(numberOf(match[2])).padStart(2, "0")}:${match[3]}` : text;
}

/** Letters, each on offer and none twice. @param {Value} answer @param {string[]} options @param {string} [label] */
export function chosen(answer, options, label) {
  const given = Array.isArray(answer) ? answer : letters(String(answer), options, label);
  if (!given.every((letter) => options.includes(letter))) throw new AnswerError("letter-unknown", { letters: options.join(", ") });
  if (new Set(given).size < given.length) throw new AnswerError("letter-twice");
  return given;
}

/** All steps, each once. @param {Value} answer @param {string[]} steps */
export function ordered(answer, steps) {
  const given = chosen(answer, steps), missing = steps.filter((step) => !given.includes(step)).sort();
  if (missing.length) throw new AnswerError("steps-missing", { count: steps.length, letters: missing.join(", ") });
  return given;
}

/** Items, each with one of the kinds. @param {Value} answer @param {string[]} items @param {string[]} kinds */
export function sorted(answer, items, kinds) {
  const placed = kindsOf(String(answer), items, kinds), open = items.filter((item) => !placed[item]);
  if (open.length) throw new AnswerError("not-sorted", { letters: open.join(", "), kinds: kinds.join(", ") });
  return placed;
}

/** What was read of a field, if it fits. @param {string} label @param {Field} field @param {string | {isWhole: boolean, value: number}} read @returns {Value} */
function fitting(label, [kind, options], read) {
  if (kind === "letters") return chosen(/** @type {string} */ (read), options, label);
  const value = typeof read !== "string" ? read.value : kind === "moment" ? moment(read) : read;
  const fits = typeof read !== "string" ? kind === "number" || read.isWhole
    : kind === "moment" ? ENGLISH_MOMENT.test(String(value)) : options.includes(read);
  if (!fits) throw new AnswerError(`unfit-${kind}`, { label, options: options.join(", ") });
  return value;
}

/** The values of fields: all are read first, then each is judged. @param {Value} answer @param {Record<string, Field>} fields @returns {Record<string, Value>} */
export function fieldsOf(answer, fields) {
  const text = String(answer);
  const read = Object.entries(fields).map(([label, of]) => ({ label, of, value: ["whole", "number"].includes(of[0]) ? numberField(text, label) : field(text, label) }));
  return Object.fromEntries(read.map(({ label, of, value }) => [label, fitting(label, of, value)]));
}

/** @type {Record<string, (answer: string, check: Check) => unknown>} */
const SHAPES = {
  choice: (answer, check) => chosen(answer, [...check.letters]),
  order: (answer, check) => ordered(answer, [...check.letters]),
  sorting: (answer, check) => sorted(answer, [...check.letters], check.kinds),
  fields: (answer, { fields }) => fieldsOf(answer, Object.fromEntries(Object.entries(fields).map(([label, { kind, options }]) => [label, [kind, options]]))),
};

/**
 * What the checks of an answer say of its shape, in the words of a reader's language; "" if it fits.
 * @param {Check[]} checks @param {string} answer @param {import("./dom.js").Words} words
 */
export function shapeOf(checks, answer, words) {
  try {
    for (const check of checks) SHAPES[check.kind](answer, check);
  } catch (error) {
    if (!(error instanceof AnswerError)) throw error;
    return said(error, words);
  }
  return "";
}
