// The points of an answer by the key of its exercise: what `fourps.exercise` works out, in its own order of steps.
// tests/grading/test_key.py holds both together.
import { AnswerError, chosen, fieldsOf, ordered, said, sorted } from "./answershape.js";

/** @typedef {import("./answershape.js").Value} Value */
/** What leads to a value: a constant, or a list of what is done and what it is done with. @typedef {any} Steps */
/**
 * What the check of a task does (`fourps.grading.key.TaskKey`).
 * @typedef {object} TaskKey
 * @property {[string, Steps, ...any[]][]} checks
 * @property {Steps} share
 * @property {number} most
 * @property {string} hint
 */

/** @param {() => number} share */
function orNothing(share) {
  try {
    return share();
  } catch (error) {
    if (!(error instanceof AnswerError)) throw error;
    return 0;
  }
}

/** Several letters: the share of the right ones without that of the wrong ones. @param {Value} answer @param {string[]} right @param {string[]} options */
const choice = (answer, right, options) => orNothing(() => {
  const letters = chosen(answer, options), wrong = options.filter((letter) => !right.includes(letter));
  /** @param {string[]} of */
  const taken = (of) => letters.filter((letter) => of.includes(letter)).length / of.length;
  return Math.max(0, taken(right) - (wrong.length ? taken(wrong) : 0));
});

/** Items sorted into kinds, without what chance gives. @param {Value} answer @param {Record<string, string>} right @param {string[]} kinds */
const sorting = (answer, right, kinds) => orNothing(() => {
  const items = Object.keys(right), placed = sorted(answer, items, kinds), chance = 1 / kinds.length;
  const share = items.filter((item) => placed[item] === right[item]).length / items.length;
  return Math.max(0, (share - chance) / (1 - chance));
});

/** All that must come before a step. @param {string} step @param {Record<string, string[]>} before */
function allBefore(step, before) {
  /** @type {Set<string>} */
  const steps = new Set(), todo = [...before[step]];
  for (let earlier = todo.pop(); earlier !== undefined; earlier = todo.pop()) {
    if (steps.has(earlier)) continue;
    steps.add(earlier);
    todo.push(...before[earlier]);
  }
  return steps;
}

/** The rules that an order keeps without those that it breaks. @param {Value} answer @param {Record<string, string[]>} before @param {[string, string][]} critical */
const order = (answer, before, critical) => orNothing(() => {
  const steps = ordered(answer, Object.keys(before));
  /** @param {string[]} rule */
  const holds = ([early, late]) => steps.indexOf(early) < steps.indexOf(late);
  if (!critical.every(holds)) return 0;
  const rules = Object.keys(before).flatMap((late) => [...allBefore(late, before)].map((early) => [early, late]));
  const kept = rules.filter(holds).length;
  return Math.max(0, (2 * kept - rules.length) / rules.length);
});

/** Whether a value is what was expected, in its type too. @param {Value} answer @param {Value} expected @returns {boolean} */
const same = (answer, expected) => Array.isArray(answer) && Array.isArray(expected)
  ? answer.length === expected.length && answer.every((one, place) => same(one, expected[place])) : answer === expected;

/**
 * Round to hundredths as Python does: what lies exactly between two goes to the even one.
 * @param {number} value
 */
function rounded(value) {
  // only eighths lie there, and binary has them exactly
  const eighths = value * 8, below = Math.floor(value * 100);
  const isBetween = Number.isInteger(eighths) && eighths % 2 === 1;
  return isBetween ? (below + below % 2) / 100 : Number(value.toFixed(2));
}

/** @type {Record<string, (...values: any[]) => any>} */
const STEPS = {
  choice, sorting, order, same,
  "+": (one, other) => one + other,
  "-": (one, other) => one - other,
  "*": (one, other) => one * other,
  "/": (one, other) => one / other,
  min: Math.min,
  max: Math.max,
};

/** @param {Steps} steps @param {Value} answer @param {any[]} read what the checks read @returns {any} */
function value(steps, answer, read) {
  if (!Array.isArray(steps)) return steps;
  const [step, ...rest] = steps;
  if (step === "answer") return answer;
  if (step === "field") return read[rest[0]][rest[1]];
  // what follows the answer is data
  if (["choice", "sorting", "order", "same"].includes(step)) return STEPS[step](value(rest[0], answer, read), ...rest.slice(1));
  return STEPS[step](...rest.map((one) => value(one, answer, read)));
}

/** @type {Record<string, (answer: Value, ...allowed: any[]) => any>} */
const SHAPES = { choice: chosen, order: ordered, sorting: sorted, fields: fieldsOf };

/**
 * What an answer earns, and what the check says of it.
 * @param {TaskKey} key @param {Value} answer @param {import("./dom.js").Words} sentences of checks
 * @returns {{points: number, said: string}}
 */
export function score({ checks, share, most, hint }, answer, sentences) {
  /** @type {any[]} */
  const read = [];
  try {
    for (const [kind, of, ...allowed] of checks) read.push(SHAPES[kind](value(of, answer, read), ...allowed));
  } catch (error) {
    if (!(error instanceof AnswerError)) throw error;
    return { points: 0, said: said(error, sentences) };
  }
  const given = Number(value(share, answer, read)), clamped = Number.isNaN(given) ? 0 : Math.min(Math.max(given, 0), 1);
  return { points: rounded(clamped * most), said: clamped < 1 && hint ? sentences.hint.replace("{hint}", () => hint) : "" };
}
