// Whether a page stands in a package on somebody else's platform, and who holds it there. A frame may forbid files,
// printing and new windows without a word.
import { Store } from "./store.js";

/** What `shelf.js` says of a package; nothing on the course's own site. @typedef {{held: boolean, leave: (address: string) => void}} OnShelf */

/** @returns {OnShelf | undefined} */
export const onShelf = () => /** @type {any} */ (globalThis).fourpsShelf;

/** What stays with the window, and goes to nobody: it needs no yes, as the place in an attempt needs none. */
export function windowStore() {
  const store = new Store(() => window.sessionStorage);
  store.agree();
  return store;
}
