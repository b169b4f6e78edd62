// Where a reader stands in each module whose questions come back, in words.
import { dayText, fill, h } from "./dom.js";
import { WEEKS, isDue } from "./weeks.js";

/** @typedef {import("./weeks.js").Standing} Standing */

/**
 * @param {{week: number}} standing
 * @param {import("./dom.js").Words} words
 */
export const weekText = ({ week }, words) => fill(words["three-week"], { week, weeks: WEEKS });

/**
 * @param {{title: string}[]} modules
 * @param {(Standing | null)[]} standings
 * @param {import("./dom.js").Words} words
 * @param {string} today
 */
export function toldStanding(modules, standings, words, today) {
  /** @param {Standing} standing */
  const when = (standing) => !standing.due ? fill(words["three-over"], { weeks: WEEKS })
    : `${weekText(standing, words)}, ${isDue(standing, today) ? words["three-now"] : fill(words["three-next"], { day: dayText(standing.due) })}`;
  return h("ul", { class: "fp-standing" }, ...standings.map((standing, place) =>
    standing && h("li", { class: isDue(standing, today) && "fp-now" }, h("strong", {}, modules[place].title), ` (${when(standing)})`)));
}
