// What counts of several markers' decisions over a text: as `nbseal.gradebook.decisions` has it.

/**
 * What one marker decided over a text; `stop`: it tells a real case, and nobody marks it.
 * @typedef {object} Decision
 * @property {"mark" | "stop"} kind
 * @property {number[]} scores of each criterion
 * @property {boolean} cap whether it could do harm
 * @property {number | null} points
 * @property {string} comment
 */

// points by which two may differ before a text waits for both
const APART = 2;

/** @param {Decision[]} markers */
export const isStopped = (markers) => markers.some(({ kind }) => kind === "stop");

/** Whether two have to talk about a text first. @param {Decision[]} markers */
export function areApart(markers) {
  const marked = markers.filter(({ kind }) => kind === "mark"), points = marked.map((one) => one.points || 0);
  if (marked.length < 2) return false;
  const apart = Math.max(...points) - Math.min(...points);
  return apart > APART || (apart > 0 && marked.some(({ cap }) => cap !== marked[0].cap));
}

/** What counts, with the comments of all; null if nothing does yet. @param {Decision[]} markers the first who decided first @returns {Decision | null} */
export function counting(markers) {
  const marked = markers.filter(({ kind }) => kind === "mark").sort((one, other) => (other.points || 0) - (one.points || 0));
  if (!marked.length || isStopped(markers) || areApart(markers)) return null;
  return { ...marked[0], comment: [...new Set(marked.map(({ comment }) => comment).filter(Boolean))].join("\n\n") };
}

/** @param {number} one @param {number} other */
const square = (one, other) => (one - other) ** 2;

/**
 * How far pairs of numbers agree: how many are equal, how many at most one apart, and kappa, weighted by the square of the distance.
 * @param {[number, number][]} pairs
 */
export function agreement(pairs) {
  const observed = pairs.reduce((sum, [one, other]) => sum + square(one, other), 0);
  const expected = pairs.reduce((sum, [one]) => sum + pairs.reduce((all, [, other]) => all + square(one, other), 0), 0);
  return {
    count: pairs.length,
    exact: pairs.filter(([one, other]) => one === other).length,
    within: pairs.filter(([one, other]) => Math.abs(one - other) <= 1).length,
    kappa: expected ? 1 - observed * pairs.length / expected : null,
  };
}
