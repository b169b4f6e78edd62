// The button at the end of a page that marks it as read: the reader's own word, and nothing is watched.
// Going on from a piece of a lesson by its button, which says "Done", is that word too, after a yes.
import { button, dayText, fill, h } from "./dom.js";
import { keepPanel } from "./panel.js";
import { KEY, Store } from "./store.js";
import { tick } from "./ticks.js";

/** @param {HTMLElement} mount */
function start(mount) {
  const words = JSON.parse(mount.dataset.words || "{}");
  const page = mount.dataset.mark || "";
  const said = h("p", { role: "status" });
  const store = new Store(() => window.localStorage, () => { said.textContent = words["kept-full"]; });
  const place = h("div");
  let asked = false; // whether the reader pressed the button before saying yes

  /** @param {boolean} read */
  function mark(read) {
    asked = read && !store.agreed();
    if (store.mark(page, read)) said.textContent = read ? words["mark-done"] : words["mark-undone"];
    draw();
    /** @type {HTMLElement} */ (place.querySelector("button")).focus();
  }

  function draw() {
    const { read = {} } = store.read() || {};
    const at = Object.hasOwn(read, page) && read[page];
    tick(store.read());
    place.replaceChildren(
      ...(asked ? [keepPanel(store, words, (text) => { said.textContent = text; }, () => mark(true))]
        : at ? [h("p", {}, fill(words["course-read"], { day: dayText(at) })), button(words["mark-undo"], () => mark(false))]
          : [button(words["mark-read"], () => mark(true), { class: "fp-mark-button" })]));
  }

  draw();
  window.addEventListener("storage", ({ key, newValue }) => {
    if (key !== KEY && key !== null) return;
    store.overwritten(newValue);
    draw();
  });
  mount.prepend(place, said);
  mount.dataset.ready = "";
}

/** Start every mark of a page, and tick what was read. */
export function marks() {
  for (const link of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-done]"))) {
    link.addEventListener("click", () => { new Store(() => window.localStorage).mark(link.dataset.done || "", true); });
  }
  tick(new Store(() => window.localStorage).read());
  for (const mount of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-mark]:not([data-ready])"))) start(mount);
}
