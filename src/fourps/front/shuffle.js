// The order in which options stand: another for each attempt, the same within one.

/**
 * Shuffle the same way for the same seed and name.
 * Generator: mulberry32 (T. Ettinger, public domain), seeded with an FNV-1a hash of the name.
 * @template T @param {T[]} list @param {number} seed @param {string} name @returns {T[]}
 */
export function shuffle(list, seed, name) {
  let state = 2166136261 ^ seed;
  for (const character of name) state = Math.imul(state ^ character.charCodeAt(0), 16777619);
  const random = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const result = [...list];
  for (let i = result.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [result[i], result[j]] = [result[j], result[i]];
  }
  return result;
}
