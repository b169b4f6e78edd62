// What an ending, or the end of a chapter, says of the people whom this play met.
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
 * What is told where a path led: a text for every play, and paragraphs about people.
 * @param {import("./engine.js").Scenario} scenario
 * @param {import("./engine.js").Attempt} now
 * @param {import("./engine.js").Told} told
 */
export function lastWords(scenario, now, told) {
  const people = met(scenario, now.path);
  return told.parts.filter(({ when, about }) => about.every((one) => people.has(one)) && holds(when, now.values))
    .map(({ text }) => text);
}
