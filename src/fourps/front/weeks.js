// Three questions a week, for twelve weeks, from each module of which a story or a quiz was finished: which ones, and
// when. It knows nothing but what is kept and which day it is, so that a lost week, another device or another release
// upset nothing.
//
// A week's three questions are a sitting. Sittings are counted by answers and never by the calendar: a week in which
// nobody answered is not lost, the rest waits. All modules come back on one day of the week, that of the
// first such story or quiz. Of each three, two go to what was met longest ago, and the third to something that was missed in the
// sitting before; where nothing was, to what comes next in the round. So no outcome of six or fewer waits longer than
// three sittings, and each is met in at least four of the twelve, however the answers go.
import { later } from "./calendar.js";
import { playedOn } from "./finished.js";

export const WEEKS = 12, THREE = 3;

/** @typedef {import("./kept.js").How} How */
/** @typedef {{name: string, at: string, how: How}} Answer to the question of that name, on that day */
/** @typedef {{name: string, outcome: string}} Question */
/** @typedef {{title: string, steps: import("./finished.js").Step[], three: string[]}} Module with the quizzes that it is asked from */
/**
 * @typedef {object} Standing
 * @property {number} week the sitting that comes next, or the last one where all are over
 * @property {string} due the day from which it can be answered; empty where all are over
 * @property {Answer[]} given oldest first
 */

const DAY = 86400000, SEVEN = 7;

/** @param {string} day as in 2026-11-24 */
const number = (day) => Date.parse(day) / DAY;

/** The day nearest to another that is whole weeks away from a first one. @param {string} first @param {number} other */
function weekday(first, other) {
  const weeks = Math.round((other - number(first)) / SEVEN);
  return new Date((number(first) + SEVEN * weeks) * DAY).toISOString().slice(0, 10);
}

/** @param {string} one @param {string} other */
const order = (one, other) => (one < other ? -1 : Number(one > other));

/** @param {Answer[]} given */
const sorted = (given) => given.sort((one, other) => order(one.at, other.at) || order(one.name, other.name));

/** Every answer to the questions of some quizzes. @param {import("./kept.js").Kept["asked"]} asked @param {string[]} quizzes @returns {Answer[]} */
const answers = (asked, quizzes) => sorted(Object.entries(asked).filter(([name]) => quizzes.includes(name.split("/")[0]))
  .flatMap(([name, days]) => Object.entries(days).map(([at, how]) => ({ name, at, how }))));

/**
 * Where a reader stands in each module; null in one of which nothing was played, and that was never asked from.
 * @param {Module[]} modules @param {import("./kept.js").Kept} kept @param {string} today
 * @returns {(Standing | null)[]}
 */
export function programme(modules, kept, today) {
  const all = modules.map(({ three }) => answers(kept.asked, three));
  // a release that lacks what was played takes nothing from who had begun
  const since = modules.map(({ steps, three }, place) => (three.length ? playedOn(steps, kept) || all[place][0]?.at || "" : ""));
  const [first] = since.filter(Boolean).sort();
  return all.map((every, place) => {
    if (!since[place]) return null;
    // a clock that was wrong holds nobody up: what is still to come was a week ago, or on the first day
    const begun = since[place] > today ? later(today, -1) : since[place];
    const given = sorted(every.map((one) => (one.at > today ? { ...one, at: begun } : one)));
    const whole = Math.floor(given.length / THREE);
    if (whole >= WEEKS) return { week: WEEKS, due: "", given };
    const last = given[given.length - 1]?.at || begun;
    return { week: whole + 1, due: given.length % THREE ? last : weekday(first, number(last) + SEVEN), given };
  });
}

/** Whether a module's questions can be answered now. @param {Standing | null} standing @param {string} today */
export const isDue = (standing, today) => standing !== null && standing.due !== "" && standing.due <= today;

/**
 * What is asked in the next sitting, given those before.
 * @param {Question[]} bank in the course's order @param {Answer[]} before
 */
function chosen(bank, before) {
  const told = new Map(bank.map(({ name }) => [name, { times: 0, at: "", how: /** @type {How} */ ("first") }]));
  for (const { name, at, how } of before) {
    const known = told.get(name);
    if (known) told.set(name, { times: known.times + 1, at, how });
  }
  /** @param {Question} question */
  const of = ({ name }) => /** @type {{times: number, at: string, how: How}} */ (told.get(name));
  /** @param {string} outcome */
  const met = (outcome) => bank.filter((one) => one.outcome === outcome).map((one) => of(one).at).sort().pop() || "";
  const [one, two, ...rest] = [...new Set(bank.map(({ outcome }) => outcome))].sort((left, right) => order(met(left), met(right)));
  const missed = before.slice(-THREE).filter(({ how }) => how !== "first")
    .sort((left, right) => order(right.how, left.how)) // what was shown before what was right at the second try
    .map(({ name }) => bank.find((question) => question.name === name)?.outcome)
    .find((outcome) => outcome !== one && outcome !== two);
  const round = [...new Set([one, two, missed, ...rest])];

  /** @type {Question[]} */
  const three = [];
  // a bank of few outcomes is gone through more than once
  for (const outcome of [...round, ...round, ...round]) {
    const [best] = bank.filter((question) => question.outcome === outcome && !three.includes(question))
      .sort((left, right) => Number(of(left).how === "first") - Number(of(right).how === "first")
        || of(left).times - of(right).times || order(of(left).at, of(right).at));
    if (best && three.length < THREE) three.push(best);
  }
  return three;
}

/**
 * What is still to be answered in the sitting that is due.
 * @param {Question[]} bank in the course's order @param {Answer[]} given oldest first
 */
export function sitting(bank, given) {
  const whole = given.length - (given.length % THREE);
  const done = given.slice(whole).map(({ name }) => name);
  return chosen(bank, given.slice(0, whole)).filter(({ name }) => !done.includes(name)).slice(0, THREE - done.length);
}
