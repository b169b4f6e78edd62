// Mark answers: the same pure functions as `fourps.quiz.marking` in Python.
import { DIGITS, RecordError, readRecord, writeRecord } from "./record.js";

/** @typedef {string[]} Answer */
/** @typedef {"first" | "second" | "shown" | "open"} Outcome */
/**
 * @typedef {object} Question
 * @property {"single" | "multiple" | "reason" | "order" | "match"} kind
 * @property {string} objective
 * @property {string[]} text
 * @property {string[]} why
 * @property {string[]} [rule] ids of the rules that it states
 * @property {import("./dom.js").SourceLink[]} sources
 * @property {Record<string, {text: string, feedback: string, correct: boolean}>} [options]
 * @property {boolean} [confidence] the answer begins with how sure the reader is: 1, 2 or 3
 * @property {boolean} [answer]
 * @property {Record<string, {text: string, feedback: string}>} [items]
 * @property {Record<string, string[]>} [before]
 * @property {Record<string, {text: string, answer: string, feedback: string}>} [pairs]
 */
/** @typedef {{id: string, version: string, title: string, test?: boolean, questions: Record<string, Question>}} Quiz */

/** The ids that an answer may name, sorted. @param {Question} question */
export const ids = (question) => Object.keys(question.options || question.items || question.pairs || {}).sort();

/** How sure the reader is, and the rest. @param {Question} question @param {Answer} answer @returns {[string, Answer]} */
const split = (question, answer) => question.confidence ? [answer[0] || "", answer.slice(1)] : ["", answer];

/** @param {Question} question @param {Answer} given */
export function whole(question, given) {
  const [level, answer] = split(question, given);
  if (question.confidence && !["1", "2", "3"].includes(level)) return false;
  const all = ids(question);
  const named = question.kind === "reason" ? answer.slice(1) : answer;
  if (named.some((name) => !all.includes(name)) || new Set(named).size !== named.length) return false;
  switch (question.kind) {
    case "order":
    case "match": return named.length === all.length;
    case "multiple": return named.length > 0;
    case "reason": return named.length === 1 && (answer[0] === "true" || answer[0] === "false");
    default: return named.length === 1;
  }
}

/** @param {Question} question @param {Answer} given */
export function right(question, given) {
  const [, answer] = split(question, given);
  const options = question.options || {};
  switch (question.kind) {
    case "order":
      return Object.entries(question.before || {}).every(([name, before]) =>
        before.every((earlier) => answer.indexOf(earlier) < answer.indexOf(name)));
    case "match": return Object.keys(question.pairs || {}).every((name, index) => answer[index] === name);
    case "reason": return answer[0] === String(question.answer) && options[answer[1]].correct;
    default: return ids(question).every((name) => Boolean(options[name].correct) === answer.includes(name));
  }
}

/** @param {Quiz} quiz */
export const most = (quiz) => quiz.test ? 1 : 2;

/** @param {Question} question @param {Answer[]} tries @param {number} allowed as `most` says @returns {Outcome} */
export function outcome(question, tries, allowed) {
  if (tries.length && right(question, tries[tries.length - 1])) return tries.length === 1 ? "first" : "second";
  return tries.length === allowed ? "shown" : "open";
}

/**
 * What a test comes to: right answers, those to the situations that ask how sure one is, and of the
 * answers that the reader was very sure of, how many there are and how many are right.
 * @param {Quiz} quiz @param {Record<string, Answer[]>} tries
 */
export function summary(quiz, tries) {
  const total = { count: 0, right: 0, situations: 0, situationsRight: 0, sure: 0, sureRight: 0 };
  for (const [name, question] of Object.entries(quiz.questions)) {
    const [answer = []] = tries[name] || [], good = Number(answer.length > 0 && right(question, answer));
    total.count += 1;
    total.right += good;
    if (!question.confidence) continue;
    total.situations += 1;
    total.situationsRight += good;
    if (answer[0] !== "3") continue;
    total.sure += 1;
    total.sureRight += good;
  }
  return total;
}

/** @param {Question} question @param {Answer} given */
function write(question, given) {
  const [level, answer] = split(question, given);
  const all = ids(question);
  if (question.kind === "reason") return level + answer[0][0] + DIGITS[all.indexOf(answer[1])];
  const named = question.kind === "multiple" ? [...answer].sort() : answer;
  return level + named.map((name) => DIGITS[all.indexOf(name)]).join("");
}

/** @param {Quiz} quiz @param {Record<string, Answer[]>} tries */
export function encodeQuiz(quiz, tries) {
  const moves = Object.keys(quiz.questions).sort()
    .map((name) => (tries[name] || []).map((answer) => write(quiz.questions[name], answer)).join("~")).join(".");
  return writeRecord(quiz.id, quiz.version, moves);
}

/** @param {Quiz} quiz @param {string} line @returns {Record<string, Answer[]>} */
export function decodeQuiz(quiz, line) {
  const fields = readRecord(line, quiz.id, quiz.version).split(".");
  const names = Object.keys(quiz.questions).sort();
  if (fields.length !== names.length) throw new RecordError("record-damaged");
  /** @type {Record<string, Answer[]>} */
  const tries = {};
  names.forEach((name, index) => {
    if (!fields[index]) return;
    const question = quiz.questions[name], all = ids(question);
    tries[name] = fields[index].split("~").map((field) => {
      const level = question.confidence ? [field[0] || ""] : [];
      const text = field.slice(level.length), [first, ...rest] = text;
      return question.kind === "reason"
        ? [...level, { t: "true", f: "false" }[first] || "", ...rest.map((digit) => all[DIGITS.indexOf(digit)])]
        : [...level, ...[...text].map((digit) => all[DIGITS.indexOf(digit)])];
    });
    const fits = tries[name].length <= most(quiz) && tries[name].every((answer) => whole(question, answer))
      && tries[name].slice(0, -1).every((answer) => !right(question, answer));
    if (!fits) throw new RecordError("record-step", index + 1);
  });
  return tries;
}
