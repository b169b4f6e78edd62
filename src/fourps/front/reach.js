// What can be had now.
import { onShelf } from "./onshelf.js";

/** Whether a file can be had now: one that cannot would be an error on the page. A platform may stand in the same room, without any network. @param {string} src its whole address */
export const reachable = (src) => !src.startsWith("http") || navigator.onLine || Boolean(onShelf() || navigator.serviceWorker?.controller);
