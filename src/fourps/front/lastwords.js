// What an ending says of the people whom this play met.
import { follow, holds } from "./engine.js";

/**
 * Whom a path has met.
 * @param {import("./engine.js").Scenario} scenario
 * @param {string[]} path
 * @returns {Set<string>}
 */
export function met(scenario, path) {
  const { passed } = follow(scenario, path);
  return new Set(passed.flatMap(({ node }, step) => {
    const { meets, choices } = scenario.nodes[node];
    return [...meets || [], ...choices[path[step]].meets || []];
  }));
}

/**
 * The paragraphs about people, of an ending that a path led to.
 * @param {import("./engine.js").Scenario} scenario
 * @param {import("./engine.js").Attempt} now
 * @param {import("./engine.js").Ending} end
 */
export function lastWords(scenario, now, end) {
  const people = met(scenario, now.path);
  return end.parts.filter(({ when, about }) => about.every((one) => people.has(one)) && holds(when, now.values))
    .map(({ text }) => text);
}
