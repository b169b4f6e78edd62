// What of the course a reader has finished, as far as the device keeps it.
import { readOn } from "./kept.js";
import { idOf } from "./record.js";

/** @typedef {{kind: "page" | "scenario" | "quiz", id: string, title: string, href: string}} Step */
/** @typedef {import("./kept.js").Kept} Kept */

/** The day on which a step was first done; empty where it was not. @param {Step} step @param {Kept} kept */
function doneOn({ kind, id }, kept) {
  if (kind === "page") return readOn(kept, id);
  return kept.attempts.filter((one) => idOf(one) === id).map((one) => one.at).sort()[0] || "";
}

/** @param {Step} step @param {Kept} kept */
export const isDone = (step, kept) => doneOn(step, kept) !== "";

/** The day on which the last of some steps was done; empty as long as one is not. @param {Step[]} steps @param {Kept} kept */
export function finishedOn(steps, kept) {
  const days = steps.map((step) => doneOn(step, kept)).sort();
  return days[0] ? days[days.length - 1] : "";
}
