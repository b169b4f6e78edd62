// The static page: finds each mount, reads its text from the page itself, and starts its player.
// The page's own paragraphs are the only copy of the text, so a translated page plays translated.
import { h } from "./dom.js";
import { ROOT } from "./saved.js";
import { KEY, Store } from "./store.js";
import { Tab } from "./tab.js";

/** Starts a player, by the kind of its mount. @typedef {Record<string, (host: import("./dom.js").Host) => void>} Players */
/** @type {HTMLElement | null} where it is said that something could not be kept */
let notice = null;
const store = new Store(() => window.localStorage, () => {
  if (notice) notice.textContent = notice.dataset.text || "";
});

/**
 * A model with no kernel behind it.
 * @param {Record<string, any>} state
 * @returns {import("./dom.js").Model}
 */
export function localModel(state) {
  /** @type {Record<string, (() => void)[]>} */
  const listeners = {};
  return {
    get: (name) => state[name],
    set(name, value) {
      if (state[name] === value) return;
      state[name] = value;
      for (const listener of listeners[`change:${name}`] || []) listener();
    },
    save_changes() {},
    on(event, callback) { (listeners[event] ||= []).push(callback); },
    off(event, callback) { listeners[event] = (listeners[event] || []).filter((one) => one !== callback); },
  };
}

/**
 * Put the page's text into the data that came without it.
 * @param {HTMLElement} mount @param {any} spec
 */
function takeText(mount, spec) {
  /** @type {Record<string, any>} of a story, a key begins at the scene or choice that its link leads to, or that it stands in */
  const owners = {};
  Object.entries(spec.nodes || {}).forEach(([name, scene], index) => {
    const choices = Object.values(scene.choices);
    choices.forEach((choice, place) => { owners[`${index + 1}.${String.fromCharCode(97 + place)}`] = choice; });
    Object.assign(owners, { [name]: scene, [index + 1]: choices });
  });
  /** @param {Element} element @param {string} key @param {any} value */
  const put = (element, key, value) => {
    const id = element.getAttribute("href")?.slice(1) || element.closest(".fp-part")?.id || "";
    const parts = key.split("/"), last = /** @type {string} */ (parts.pop());
    parts.reduce((place, part) => place[part], owners[id.slice(`${spec.id}-`.length)] || spec)[last] = value;
  };
  for (const element of /** @type {NodeListOf<HTMLElement>} */ (mount.querySelectorAll("[data-text]"))) {
    put(element, element.dataset.text || "", (element.textContent || "").trim());
  }
  for (const element of /** @type {NodeListOf<HTMLElement>} */ (mount.querySelectorAll("[data-sources]"))) {
    put(element, element.dataset.sources || "", [...element.querySelectorAll("a")].map((a) => ({ label: (a.textContent || "").trim(), href: a.getAttribute("href") })));
  }
  if (mount.dataset.fourps === "figure") {
    // moved, not copied: the ids in a drawing stay the only ones
    spec.frames.find((/** @type {{svg: string}} */ one) => !one.svg).svg = mount.querySelector(".fp-frame > *");
    spec.data = mount.querySelector(".fp-data");
  }
}

/** @param {HTMLElement} mount @param {Players[string]} render */
function start(mount, render) {
  const { spec, words, taught } = JSON.parse(/** @type {HTMLElement} */ (mount.querySelector("script[type='application/json']")).textContent || "");
  takeText(mount, spec);
  for (const drawing of /** @type {NodeListOf<HTMLImageElement>} */ (mount.querySelectorAll("[data-place]"))) spec.places[drawing.dataset.place || ""].drawing = drawing.src;
  for (const person of Object.values(spec.people || {})) person.face.src = new URL(person.face.src, ROOT).href;
  const seed = Number(mount.dataset.seed) || Math.floor(Math.random() * 2 ** 31);
  const model = localModel({ spec, words, taught, level: Number(mount.dataset.level), path: [], attempt: null, tries: {}, seed,
    choice: spec.first || [] });
  const el = h("div");
  const tab = spec.id ? new Tab(spec.id) : undefined;
  render({ model, el, store, tab });
  if (words["kept-full"]) {
    notice ||= h("p", { class: "fp-complaint", role: "alert", "data-text": words["kept-full"] });
    el.append(notice);
  }
  /** @type {HTMLElement} */ (mount.querySelector(".fp-text")).hidden = true;
  mount.append(el);
  mount.dataset.ready = "";
  performance.mark("fourps-ready");
}

/**
 * Start every player of a page, and whatever else is drawn in a mount.
 * @param {Players} players
 * @param {Record<string, (mount: HTMLElement, store: Store) => void>} [others]
 */
export function play(players, others = {}) {
  const begin = () => {
    window.addEventListener("storage", ({ key, newValue }) => (key === KEY || key === null) && store.overwritten(newValue));
    for (const mount of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-fourps]:not([data-ready])"))) {
      const kind = mount.dataset.fourps || "";
      if (kind in players) start(mount, players[kind]);
      else if (kind in others) others[kind](mount, store);
    }
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin);
  else begin();
}
