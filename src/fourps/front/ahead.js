// About how many decisions a play still takes.

const ROUNDS = 60; // more than any way is long

/**
 * The mean number of decisions from each node to the end, where every option is as likely as the others.
 * Conditions are left out: it is told as "about".
 * @param {import("./engine.js").Scenario} scenario
 * @returns {Record<string, number>}
 */
export function ahead(scenario) {
  /** @type {Record<string, number>} */
  let mean = {};
  for (let round = 0; round < ROUNDS; round++) {
    mean = Object.fromEntries(Object.entries(scenario.nodes).map(([name, { choices }]) => {
      const next = Object.values(choices).map(({ to }) => mean[to] || 0);
      return [name, 1 + next.reduce((sum, one) => sum + one, 0) / next.length];
    }));
  }
  return mean;
}
