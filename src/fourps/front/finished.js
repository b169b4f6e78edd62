// What of the course a reader has finished, as far as the device keeps it.
import { readOn } from "./kept.js";
import { idOf } from "./record.js";

/** @typedef {{kind: "page" | "scenario" | "quiz", id: string, title: string, href: string}} Step */
/** @typedef {import("./kept.js").Kept} Kept */

/** The day on which a step was first done; empty where it was not. @param {Step} step @param {Kept} kept */
export function doneOn({ kind, id }, kept) {
  if (kind === "page") return readOn(kept, id);
  return kept.attempts.filter((one) => idOf(one) === id).map((one) => one.at).sort()[0] || "";
}

/** @param {Step} step @param {Kept} kept */
export const isDone = (step, kept) => doneOn(step, kept) !== "";

/** The day on which the first of some stories and quizzes was played to its end; empty as long as none was. @param {Step[]} steps @param {Kept} kept */
export const playedOn = (steps, kept) =>
  steps.filter(({ kind }) => kind !== "page").map((step) => doneOn(step, kept)).filter(Boolean).sort()[0] || "";
