// The turning points of a play: where another way was better, critical errors first.
import { button, h, label } from "./dom.js";
import { follow, points } from "./engine.js";
import { here } from "./rule.js";

const MOST = 3;

/**
 * The three choices that cost most: critical errors, then those furthest below the best that was on offer. A repair
 * is none, and what it repairs is beside it anyway.
 * @param {import("./engine.js").Scenario} scenario
 * @param {string[]} path
 * @returns {{step: number, node: string, chosen: string, best: string}[]}
 */
export function turns(scenario, path) {
  const { passed } = follow(scenario, path);
  return path.flatMap((chosen, step) => {
    const { node, offered } = passed[step], { choices } = scenario.nodes[node];
    const others = offered.filter((name) => !choices[name].repairs?.length && !choices[name].critical);
    const [best] = others.sort((one, other) => points(choices[other]) - points(choices[one]));
    if (!best || choices[chosen].repairs?.length) return [];
    const below = points(choices[best]) - points(choices[chosen]);
    return below > 0 ? [{ step, node, chosen, best, below, critical: Boolean(choices[chosen].critical) }] : [];
  }).sort((one, other) => Number(other.critical) - Number(one.critical) || other.below - one.below || one.step - other.step)
    .slice(0, MOST);
}

/**
 * Each turning point, what was chosen beside the other way.
 * @param {import("./engine.js").Scenario} scenario
 * @param {string[]} path
 * @param {import("./dom.js").Words} words
 * @param {(step: number) => void} again called with how many choices to keep
 */
export function turningPoints(scenario, path, words, again) {
  return h("ol", { class: "fp-turns" }, ...turns(scenario, path).map(({ step, node, chosen, best }) => {
    const { title, choices } = scenario.nodes[node];
    /** @param {string} word @param {string} name */
    const way = (word, name) => h("div", {},
      h("p", {}, h("strong", {}, `${label(words, word)} `), choices[name].text),
      h("p", { class: "fp-small" }, choices[name].rationale));
    return h("li", {}, h("p", { class: "fp-strong" }, title),
      h("div", { class: "fp-turn" }, way(words.chosen, chosen), way(words["turn-other"], best)),
      ...here([...new Set([chosen, best].flatMap((name) => choices[name].rule || []))]),
      button(words["way-again"], () => again(step), { class: "fp-from-here", "aria-label": `${label(words, words["way-again"])} ${title}` }));
  }));
}
