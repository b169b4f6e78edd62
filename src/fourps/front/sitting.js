// Where one is in a sitting: a story that has chapters is played in several.

/**
 * The number of the decision that a path leads to, and the most that the sitting takes. On its way the most only
 * falls: it is the least that any decision of the sitting allowed.
 * @param {import("./engine.js").Scenario} scenario
 * @param {string[]} nodes that were passed, and the one on show
 * @returns {{number: number, most: number}}
 */
export function sitting({ nodes: places }, nodes) {
  let number = 0, most = Infinity;
  for (const name of nodes) {
    const place = places[name];
    if (place.chapter) {
      number = 0;
      most = Infinity;
    }
    number += 1;
    most = Math.min(most, number - 1 + place.left);
  }
  return { number, most: Math.max(most, number) };
}
