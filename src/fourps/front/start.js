// The first page, for a reader who said yes to keeping: the button leads to where they go on, and the
// modules that they finished have a tick. For everybody else nothing is read and nothing changes.
import { fill } from "./dom.js";
import { idOf } from "./record.js";
import { Store } from "./store.js";

/** @typedef {{kind: "page" | "scenario" | "quiz", id: string, title: string, href: string}} Step */

/** @param {Step} step @param {import("./kept.js").Kept} kept */
const isDone = ({ kind, id }, kept) => kind === "page" ? Object.hasOwn(kept.read, id) : kept.attempts.some((one) => idOf(one) === id);

/**
 * Where a reader goes on: where they stopped last, or else behind the last thing that they finished.
 * @param {Step[]} steps @param {import("./kept.js").Kept} kept
 */
export function onward(steps, kept) {
  const stopped = steps.filter(({ id }) => Object.hasOwn(kept.stopped, id))
    .sort((one, other) => (kept.stopped[one.id].at || "") < (kept.stopped[other.id].at || "") ? 1 : -1);
  const done = steps.map((step) => isDone(step, kept));
  const last = done.lastIndexOf(true);
  return stopped[0] || (last < 0 ? null : steps.find((_, place) => place > last && !done[place]) || steps.find((_, place) => !done[place]));
}

/** @param {HTMLElement} mount */
function start(mount) {
  const kept = new Store(() => window.localStorage).read();
  if (!kept) return;
  /** @type {{modules: Step[][], words: import("./dom.js").Words}} */
  const { modules, words } = JSON.parse(/** @type {HTMLElement} */ (mount.querySelector("script")).textContent || "");
  const next = onward(modules.flat(), kept);
  if (next) {
    const link = /** @type {HTMLAnchorElement} */ (mount.querySelector("a"));
    link.href = next.href;
    /** @type {HTMLElement} */ (link.querySelector("span")).textContent = fill(words["front-go"], { title: next.title });
    /** @type {HTMLElement} */ (mount.querySelector("p")).textContent = words["front-where"];
  }
  const path = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".fp-path > li"));
  for (const [place, steps] of modules.entries()) {
    if (!path[place] || !steps.every((step) => isDone(step, kept))) continue;
    path[place].classList.add("fp-done");
    path[place].querySelector(".fp-step b")?.append(` (${path[place].dataset.done})`);
  }
}

for (const mount of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-start]"))) start(mount);
