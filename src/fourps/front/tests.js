// The file with a reader's tests alone, which they may give to whoever runs a group: made, read, and several put together.
import { LIMIT } from "./kept.js";
import { decodeQuiz, most, outcome } from "./marking.js";
import { RecordError, idOf, isRecord } from "./record.js";

/** @typedef {import("./marking.js").Quiz} Quiz */
/** What somebody answered, by test. @typedef {Record<string, Record<string, import("./marking.js").Answer[]>>} Person */
/** Why a file, or a test in it, does not count; `other` is the file that it repeats. @typedef {{name: string, key: string, other?: string}} Note */

const FORMAT = 1;

/**
 * The document, as text: of each test the first record that this release can read. Empty where there is none.
 * @param {Quiz[]} quizzes the tests
 * @param {{record: string}[]} attempts oldest first
 */
export function testsFile(quizzes, attempts) {
  const tests = quizzes.flatMap(({ id, version }) =>
    attempts.map(({ record }) => record).filter((record) => record.startsWith(`fourps1:${id}:${version}:`)).slice(0, 1));
  return tests.length ? JSON.stringify({ format: FORMAT, tests }) : "";
}

/** The records of a file. @param {string} text @returns {string[]} */
export function readTests(text) {
  if (text.length > LIMIT) throw new RecordError("group-broken");
  let document;
  try {
    document = JSON.parse(text);
  } catch {
    throw new RecordError("group-broken");
  }
  // what a device keeps of everything has `attempts`
  if (Object.hasOwn(Object(document), "attempts")) throw new RecordError("group-more");
  const { format, tests, ...others } = Object(document);
  if (Number.isInteger(format) && format > FORMAT) throw new RecordError("group-newer");
  const isWhole = format === FORMAT && Array.isArray(tests) && tests.length > 0 && tests.every(isRecord) && !Object.keys(others).length;
  if (!isWhole) throw new RecordError("group-broken");
  return tests;
}

/**
 * What the records of one file say, the first of each test; and why others do not count.
 * @param {Quiz[]} quizzes @param {string[]} records @returns {{answers: Person, keys: string[]}}
 */
function replay(quizzes, records) {
  /** @type {Person} */
  const answers = {};
  const keys = records.flatMap((record) => {
    const quiz = quizzes.find(({ id }) => id === idOf({ record }));
    if (!quiz) return ["group-more"];
    try {
      const tries = decodeQuiz(quiz, record);
      const isOpen = Object.entries(quiz.questions).some(([name, question]) => outcome(question, tries[name] || [], most(quiz)) === "open");
      if (isOpen) return ["group-open"];
      if (!Object.hasOwn(answers, quiz.id)) answers[quiz.id] = tries;
      return [];
    } catch (error) {
      if (!(error instanceof RecordError)) throw error;
      return [error.key === "record-version" ? "group-version" : "group-broken"];
    }
  });
  return { answers, keys };
}

/**
 * Put files together. A file whose tests all stand in another is the same person's, and counts once.
 * @param {Quiz[]} quizzes the tests, in the order in which they are taken
 * @param {{name: string, text: string | null}[]} files null where one could not be read
 * @returns {{people: Person[], notes: Note[]}}
 */
export function together(quizzes, files) {
  /** @type {Note[]} */
  const notes = [];
  /** @type {{name: string, records: string[], answers: Person}[]} */
  const people = [];
  for (const { name, text } of files) {
    try {
      if (text === null) throw new RecordError("group-unread");
      const records = readTests(text), { answers, keys } = replay(quizzes, records);
      notes.push(...[...new Set(keys)].map((key) => ({ name, key })));
      if (Object.keys(answers).length) people.push({ name, records, answers });
    } catch (error) {
      if (!(error instanceof RecordError)) throw error;
      notes.push({ name, key: error.key });
    }
  }
  const kept = people.filter(({ name, records }, place) => {
    const other = people.find((one, at) => at !== place && records.every((record) => one.records.includes(record))
      && (one.records.length > records.length || at < place));
    if (other) notes.push({ name, key: "group-copy", other: other.name });
    return !other;
  });
  return { people: kept.map(({ answers }) => answers), notes };
}
