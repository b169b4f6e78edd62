// The hand-ins that somebody opened in the marking desk of a release, marked in part 1.
import { HandInError, readHandIn } from "./readanswers.js";
import { score } from "./answerscore.js";

/** @typedef {import("./readanswers.js").HandIn} HandIn */
/**
 * What a language says of an exercise.
 * @typedef {object} Said
 * @property {string} title
 * @property {Record<string, {title: string, hint: string, read: {name: string, address: string}[]}>} tasks
 * @property {Record<string, Rubric>} rubrics
 */
/** @typedef {{criteria: {name: string, levels: string[]}[], cap: number | null, cap_text: string}} Rubric */
/**
 * An exercise, as `fourps.book.after.release.desk` writes it.
 * @typedef {object} Exercise
 * @property {number} most the points of all parts
 * @property {Record<string, import("./answerscore.js").TaskKey>} tasks of part 1
 * @property {Record<string, number>} written the points of the tasks that a person marks
 * @property {string[]} others what may be answered besides
 * @property {Record<string, Said>} languages
 */
/**
 * @typedef {object} Spec
 * @property {string} release
 * @property {Record<string, Exercise>} exercises
 * @property {Record<string, {checks: Record<string, string>, page: Record<string, string>, part: string, note: string}>} languages
 */
/**
 * A hand-in, with what part 1 earned and the hash of each text that waits for a person.
 * @typedef {HandIn & {file: string, marks: Record<string, {points: number, said: string}>, texts: Record<string, string>}} Opened
 */

/** The language of a hand-in, of those that the desk speaks. @param {Spec} spec @param {string} code */
export function spoken(spec, code) {
  const known = Object.keys(spec.languages), [begin] = code.toLowerCase().split(/[-_]/);
  return known.find((one) => one === code) || known.find((one) => one === begin) || "en";
}

/** By what a text is known again: it tells neither what it says nor whose it is. @param {string} text */
export async function hashOf(text) {
  const plain = text.replace(/\r\n?/g, "\n").replace(/^[ \t\n]+|[ \t\n]+$/g, "");
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(plain));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** @param {Spec} spec @param {HandIn} handIn */
function known(spec, { exercise: name, answers }) {
  const exercise = Object.hasOwn(spec.exercises, name) ? spec.exercises[name] : null;
  if (!exercise) throw new HandInError("handin-exercise", { exercise: name });
  const names = [...Object.keys(exercise.tasks), ...Object.keys(exercise.written), ...exercise.others];
  const other = Object.keys(answers).find((one) => !names.includes(one));
  if (other !== undefined) throw new HandInError("handin-odd", { field: other.slice(0, 60) });
  return exercise;
}

/**
 * Read a file, mark part 1, and say which texts a person has to mark: blank ones need nobody.
 * @param {Spec} spec @param {string} file @param {Uint8Array} data
 * @returns {Promise<Opened>}
 */
export async function open(spec, file, data) {
  const handIn = readHandIn(data), exercise = known(spec, handIn), language = spoken(spec, handIn.language);
  const { checks } = spec.languages[language], { tasks } = exercise.languages[language], { answers } = handIn;
  const marks = Object.fromEntries(Object.entries(exercise.tasks).map(([name, key]) =>
    [name, score({ ...key, hint: tasks[name].hint }, answers[name] ?? "", checks)]));
  const written = Object.keys(exercise.written).filter((name) => answers[name]?.trim());
  const texts = await Promise.all(written.map(async (name) => [name, await hashOf(answers[name])]));
  return { ...handIn, file, language, marks, texts: Object.fromEntries(texts) };
}

/** What is said of a file. @typedef {{file: string, key: string, values: Record<string, string>}} Note */

/**
 * Take files in: what is opened stays, and of two by one learner the first.
 * @param {Spec} spec @param {Opened[]} before @param {File[]} files
 * @returns {Promise<{opened: Opened[], refused: Note[], noted: Note[]}>}
 */
export async function openAll(spec, before, files) {
  const opened = [...before], /** @type {Note[]} */ refused = [], /** @type {Note[]} */ noted = [];
  for (const file of files) {
    try {
      const one = await open(spec, file.name, await bytes(file)), { learner, exercise } = one;
      const other = opened.find((there) => there.exercise === exercise && there.learner.toLowerCase() === learner.toLowerCase());
      if (!other && one.release !== spec.release) noted.push({ file: file.name, key: "handin-release", values: { theirs: one.release, ours: spec.release } });
      if (!other) opened.push(one);
      else if (!isSame(one, other)) throw new HandInError("handin-twice", { learner, other: other.file });
    } catch (error) {
      if (!(error instanceof HandInError)) throw error;
      refused.push({ file: file.name, key: error.key, values: error.values });
    }
  }
  return { opened, refused, noted };
}

/** Whether the same was opened again. @param {Opened} one @param {Opened} other */
const isSame = (one, other) => one.learner === other.learner && JSON.stringify(one.answers) === JSON.stringify(other.answers);

/** @param {File} file */
async function bytes(file) {
  try {
    // one that is far too large is not read at all
    return new Uint8Array(await file.slice(0, 1_000_000).arrayBuffer());
  } catch {
    throw new HandInError("handin-unread");
  }
}
