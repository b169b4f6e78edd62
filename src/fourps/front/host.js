// The static page: finds each mount, reads its text from the page itself, and starts its player.
// The page's own paragraphs are the only copy of the text, so a translated page plays translated.
import { renderChange } from "./change.js";
import { button, h } from "./dom.js";
import { renderExplore } from "./explore.js";
import { keepPanel } from "./panel.js";
import { renderQuiz } from "./quiz.js";
import { renderScenario } from "./scenario.js";
import { KEY, Store } from "./store.js";

const PLAYERS = { scenario: renderScenario, quiz: renderQuiz, figure: renderExplore, change: renderChange };
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
function localModel(state) {
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
  /** @param {string} key @param {any} value */
  const put = (key, value) => {
    const parts = key.split("/"), last = /** @type {string} */ (parts.pop());
    parts.reduce((place, part) => place[part], spec)[last] = value;
  };
  for (const element of mount.querySelectorAll("[data-text]")) {
    put(/** @type {HTMLElement} */ (element).dataset.text || "", (element.textContent || "").trim());
  }
  for (const element of mount.querySelectorAll("[data-sources]")) {
    const links = [...element.querySelectorAll("a")].map((a) => ({ label: (a.textContent || "").trim(), href: a.getAttribute("href") }));
    put(/** @type {HTMLElement} */ (element).dataset.sources || "", links);
  }
  if (mount.dataset.fourps === "figure") {
    // moved, not copied: the ids in a drawing stay the only ones
    spec.frames[0].svg = mount.querySelector(".fp-frame > svg");
    spec.data = mount.querySelector(".fp-data");
  }
}

/** @param {HTMLElement} mount */
function start(mount) {
  const kind = /** @type {keyof typeof PLAYERS} */ (mount.dataset.fourps);
  const { spec, words } = JSON.parse(/** @type {HTMLElement} */ (mount.querySelector("script[type='application/json']")).textContent || "");
  takeText(mount, spec);
  const seed = Number(mount.dataset.seed) || Math.floor(Math.random() * 2 ** 31);
  const model = localModel({ spec, words, level: Number(mount.dataset.level), path: [], attempt: null, tries: {}, seed,
    choice: (spec.controls || []).map(() => 0) });
  const el = h("div");
  PLAYERS[kind]({ model, el, store });
  if (words["kept-full"]) {
    notice ||= h("p", { class: "fp-complaint", role: "alert", "data-text": words["kept-full"] });
    el.append(notice);
  }
  /** @type {HTMLElement} */ (mount.querySelector(".fp-text")).hidden = true;
  mount.append(el);
  mount.dataset.ready = "";
  performance.mark("fourps-ready");
}

/** A document over several lines; what is damaged stays as it is. @param {string} text */
function spread(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 1);
  } catch {
    return text;
  }
}

/** The panel of the privacy page: shows and erases what this device keeps. @param {HTMLElement} mount */
function showKept(mount) {
  const words = JSON.parse(mount.dataset.words || "{}");
  const live = h("div", { role: "status", class: "fp-live" });
  const list = h("div");
  const draw = () => {
    const { text } = store.look();
    list.replaceChildren(...(text
      ? [h("p", { class: "fp-strong" }, words["kept-list"]), h("pre", { tabindex: "0", "aria-label": words["kept-list"] }, spread(text)),
         button(words.copy, async () => {
           await navigator.clipboard?.writeText(text);
           live.textContent = words.copied;
         })]
      : [h("p", {}, words["kept-none"])]));
  };
  const panel = keepPanel(store, words, (text) => { live.textContent = text; draw(); }, draw);
  mount.replaceChildren(live, list, panel);
  window.addEventListener("storage", draw);
  draw();
}

function begin() {
  window.addEventListener("storage", ({ key, newValue }) => (key === KEY || key === null) && store.overwritten(newValue));
  for (const mount of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-fourps]:not([data-ready])"))) {
    if (mount.dataset.fourps === "kept") showKept(mount);
    else start(mount);
  }
}

if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin);
else begin();
