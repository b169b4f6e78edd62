// What a page tells whoever holds it: that something was played to its end, and not how.

export const ENDED = "fourps-ended";

/** @param {string} id of a story or quiz */
export function ended(id) {
  globalThis.document?.dispatchEvent(new CustomEvent(ENDED, { detail: id }));
}
