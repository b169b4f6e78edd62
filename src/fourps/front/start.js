// The first page, and that of a module, for a reader who said yes to keeping: the button leads to where they go
// on, what they finished has a tick, and questions that are due are named. For everybody else nothing is read or
// changes.
import { fill, h } from "./dom.js";
import { isDone } from "./finished.js";
import { Store, day } from "./store.js";
import { tick } from "./ticks.js";
import { isDue, programme } from "./weeks.js";

/** @typedef {import("./finished.js").Step} Step */

/**
 * Where a reader goes on: where they stopped last, or else behind the last thing that they finished.
 * @param {Step[]} steps @param {import("./kept.js").Kept} kept
 */
export function onward(steps, kept) {
  const stopped = steps.filter(({ id }) => Object.hasOwn(kept.stopped, id))
    .sort((one, other) => kept.stopped[one.id].at < kept.stopped[other.id].at ? 1 : -1);
  const done = steps.map((step) => isDone(step, kept));
  const last = done.lastIndexOf(true);
  return stopped[0] || (last < 0 ? null : steps.find((_, place) => place > last && !done[place]) || steps.find((_, place) => !done[place]));
}

/** @param {HTMLElement} mount */
function start(mount) {
  const kept = new Store(() => window.localStorage).read();
  if (!kept) return;
  /** @type {{modules: Step[][], three: {href: string, quizzes: string[][]} | null, words: import("./dom.js").Words}} */
  const { modules, three, words } = JSON.parse(/** @type {HTMLElement} */ (mount.querySelector("script")).textContent || "");
  const next = onward(modules.flat(), kept);
  if (next) {
    const link = /** @type {HTMLAnchorElement} */ (mount.querySelector("a"));
    link.href = next.href;
    /** @type {HTMLElement} */ (link.querySelector("span")).textContent = fill(words["front-go"], { title: next.title });
    for (const where of mount.querySelectorAll("p")) where.textContent = words["front-where"];
  }
  const coming = modules.map((steps, place) => ({ title: "", steps, three: three?.quizzes[place] || [] }));
  if (three && programme(coming, kept, day()).some((one) => isDue(one, day()))) {
    mount.append(h("p", { class: "fp-due" }, h("a", { href: three.href }, words["front-three"])));
  }
  tick(kept);
  const path = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".fp-path > li"));
  for (const [place, steps] of modules.entries()) {
    if (!path[place] || !steps.every((step) => isDone(step, kept))) continue;
    path[place].classList.add("fp-done");
    path[place].querySelector(".fp-step b")?.append(` (${path[place].dataset.done})`);
  }
}

/** Lead on who comes by a link to a place of this page that now stands elsewhere. @param {HTMLElement} moved */
function leadOn(moved) {
  /** @type {Record<string, string>} */
  const places = JSON.parse(moved.textContent || "");
  const lead = () => {
    const place = decodeURIComponent(location.hash.slice(1));
    if (Object.hasOwn(places, place)) location.replace(places[place]);
  };
  addEventListener("hashchange", lead);
  lead();
}

for (const moved of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-moved]"))) leadOn(moved);
for (const mount of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-start]"))) start(mount);
