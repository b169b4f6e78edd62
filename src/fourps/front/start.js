// The button of the first page, of a module's, and of a module's last, for a reader who said yes to keeping: it leads
// to where they go on, what they finished has a tick, and questions that are due are named. For everybody else nothing
// is read or changes.
import { day } from "./day.js";
import { fill, h } from "./dom.js";
import { isDone } from "./finished.js";
import { next } from "./next.js";
import { Store } from "./store.js";
import { said, tick } from "./ticks.js";
import { isDue, programme } from "./weeks.js";

/** @typedef {import("./finished.js").Step} Step */
/** @typedef {import("./kept.js").Kept} Kept */

/** @param {HTMLElement} mount */
function start(mount) {
  const kept = new Store(() => window.localStorage).read();
  if (!kept) return;
  /** @type {{course: import("./next.js").Course & {here: number}, words: import("./dom.js").Words}} */
  const { course, words } = JSON.parse(/** @type {HTMLElement} */ (mount.querySelector("script")).textContent || "");
  const { modules, others, three, here } = course, link = /** @type {HTMLAnchorElement} */ (mount.querySelector("a"));
  // who goes on from a page by its button has read it
  const page = link.dataset.done, read = page ? { ...kept.read, [page]: day() } : kept.read;
  const found = next(course, { ...kept, read }, day(), here);
  if (found) {
    link.href = found.href;
    /** @type {HTMLElement} */ (link.querySelector("span")).textContent = fill(words[`front-${found.word}`], found);
    mount.querySelector("p")?.replaceChildren(words["front-where"]);
  }
  if (three && here < 0 && found?.word !== "three" && programme(modules, kept, day()).some((one) => isDue(one, day()))) {
    mount.append(h("p", { class: "fp-due" }, h("a", { href: three.href }, words["front-three"])));
  }
  tick(kept);
  for (const stop of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".fp-path > li"))) mark(stop, [...modules, ...others], kept);
}

/** Tick a module of the path, or a page, that is finished. @param {HTMLElement} stop @param {import("./next.js").Way[]} ways @param {Kept} kept */
function mark(stop, ways, kept) {
  const href = stop.querySelector("a")?.getAttribute("href");
  const steps = ways.find((one) => one.href === href)?.steps || ways.flatMap((one) => one.steps).filter((one) => one.href === href);
  if (!steps.length || !steps.every((step) => isDone(step, kept))) return;
  stop.classList.add("fp-done");
  stop.querySelector(".fp-step b")?.append(` (${said()})`);
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
