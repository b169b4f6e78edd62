// The one next step of a reader, as far as the device keeps what they did. Nobody has one before they did something.
import { later } from "./calendar.js";
import { doneOn, isDone } from "./finished.js";
import { WEEKS, isDue, programme } from "./weeks.js";

/** @typedef {import("./finished.js").Step} Step */
/** @typedef {import("./kept.js").Kept} Kept */
/** A module, or something else that may be begun and counts for nothing. @typedef {{title: string, href: string, steps: Step[]}} Way */
/** @typedef {{modules: (import("./weeks.js").Module & Way)[], others: Way[], tests: Step[], three: {title: string, href: string} | null}} Course */
/** The word that says where it leads. @typedef {{word: string, title: string, href: string}} Next */

/** @param {Step} step @param {Kept} kept */
const stoppedOn = ({ id }, { stopped }) => (Object.hasOwn(stopped, id) ? stopped[id].at : "");

/** Whether something was left half-way, and never done. @param {Step} step @param {Kept} kept */
const isOpen = (step, kept) => stoppedOn(step, kept) !== "" && !isDone(step, kept);

/** @param {Step[]} steps @param {Kept} kept */
const allDone = (steps, kept) => steps.every((step) => isDone(step, kept));

/** The last day on which something of these was done or left half-way. @param {Step[]} steps @param {Kept} kept */
const lastDay = (steps, kept) => steps.flatMap((step) => [doneOn(step, kept), stoppedOn(step, kept)]).sort().pop() || "";

/** What was left half-way on the last day, or else the first that is not done. @param {Step[]} steps @param {Kept} kept */
function within(steps, kept) {
  const last = lastDay(steps, kept);
  return steps.find((step) => isOpen(step, kept) && stoppedOn(step, kept) === last) || steps.find((step) => !isDone(step, kept));
}

/** A player takes its own name in the address for the place where it was stopped. @param {Step} step @param {Kept} kept @returns {Next} */
const to = (step, kept) => ({ word: "go", title: step.title, href: isOpen(step, kept) ? `${step.href}#${step.id}` : step.href });

/**
 * What was begun: where one was last. Of two on one day it is a route that is no module, or else what was left half-way,
 * or else what comes later. What counts for nothing is gone on with as long as no module was touched since.
 * @param {Course} course @param {Kept} kept
 */
function begun({ modules, tests, others }, kept) {
  const since = lastDay(modules.flatMap(({ steps }) => steps), kept);
  const apart = [...others.map(({ steps }) => steps), ...tests.map((test) => [test])].filter((steps) => lastDay(steps, kept) >= since);
  const ways = [...apart, ...modules.map(({ steps }) => steps)].filter((steps) => lastDay(steps, kept) && !allDone(steps, kept));
  const found = ways.map((steps) => {
    const step = /** @type {Step} */ (within(steps, kept));
    return { day: lastDay(steps, kept), step, worth: apart.includes(steps) && steps.length > 1 ? 2 : Number(isOpen(step, kept)) };
  });
  found.sort((one, other) => one.day.localeCompare(other.day) || one.worth - other.worth);
  return found.pop()?.step;
}

/** A test after the course that was not taken; the last one waits for some weeks. @param {Step[]} tests @param {Kept} kept @param {string} today */
const untaken = (tests, kept, today) => tests.find((test, place) => {
  if (place === 0 || isDone(test, kept)) return false;
  const before = doneOn(tests[place - 1], kept);
  return place < tests.length - 1 || (before !== "" && later(before, WEEKS) <= today);
});

/**
 * @param {Course} course
 * @param {Kept} kept
 * @param {string} today
 * @param {number} [here] the module, or else, on whose page one is: it comes first, if it was begun
 * @returns {Next | null}
 */
export function next(course, kept, today, here = -1) {
  const { modules, others, tests, three } = course, own = [...modules, ...others][here]?.steps;
  if (own && !allDone(own, kept)) {
    const step = lastDay(own, kept) && within(own, kept);
    return step ? to(step, kept) : null;
  }
  const step = begun(course, kept);
  if (step) return to(step, kept);
  const done = modules.map(({ steps }) => allDone(steps, kept)), last = done.lastIndexOf(true);
  // a story alone is no route that was gone to its end
  if (last < 0 && !others.some(({ steps }) => steps.length > 1 && allDone(steps, kept))) return null;
  const module = modules.find((_, place) => place > last && !done[place]) || modules.find((_, place) => !done[place]);
  if (module) return { word: "module", title: module.title, href: module.href };
  // questions come each week; a test that waits behind them would never be taken
  const test = untaken(tests, kept, today);
  if (test) return to(test, kept);
  return three && programme(modules, kept, today).some((one) => isDue(one, today)) ? { word: "three", ...three } : null;
}
