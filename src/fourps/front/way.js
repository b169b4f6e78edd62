// The way that was taken, decision by decision: what each gave or cost, and from where to play again.
import { button, fill, h, label } from "./dom.js";
import { follow, points } from "./engine.js";

/** @typedef {"critical" | "repair" | "held" | "cost" | "even"} Worth */

/** @param {import("./engine.js").Choice} choice @returns {Worth} */
function worth(choice) {
  if (choice.critical) return "critical";
  if (choice.repairs?.length) return "repair";
  const sum = points(choice);
  return sum > 0 ? "held" : sum < 0 ? "cost" : "even";
}

/** A large dot for what was chosen, and a small one beside it for each option that was left. @param {number} left @param {Worth} kind */
const dots = (left, kind) => h("span", { class: `fp-way-dots fp-way-${kind}`, "aria-hidden": "true" },
  h("i", { class: "fp-way-taken" }), ...Array.from({ length: left }, () => h("i", { class: "fp-way-left" })));

/**
 * @param {import("./engine.js").Scenario} scenario
 * @param {string[]} path
 * @param {import("./dom.js").Words} words
 * @param {(step: number) => void} again called with how many choices to keep
 */
export function wayTaken(scenario, path, words, again) {
  const { passed } = follow(scenario, path);
  return h("ol", { class: "fp-way" }, ...path.map((name, step) => {
    const { node, offered } = passed[step];
    const { title, choices } = scenario.nodes[node];
    const choice = choices[name], kind = worth(choice), telling = kind === "critical" || kind === "repair";
    const told = kind === "critical" ? words.critical : kind === "repair" ? words.repair : words[`way-${kind}`];
    const given = Object.entries(choice.score || {}).filter(([, got]) => got !== 0)
      .map(([competency, got]) => h("li", {}, fill(got > 0 ? words["way-gave"] : words["way-took"], { what: scenario.competencies[competency].title })));
    return h("li", {}, dots(offered.length - 1, kind),
      h("details", { open: telling },
        h("summary", {}, h("strong", {}, title), " ", h("span", { class: `fp-chip fp-chip-${kind}` }, told)),
        h("p", {}, choice.text),
        given.length > 0 && h("ul", {}, ...given),
        button(words["way-again"], () => again(step), { class: "fp-from-here", "aria-label": `${label(words, words["way-again"])} ${title}` })));
  }));
}
