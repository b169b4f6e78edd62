// The panel of the privacy page: shows and erases what this device keeps.
import { button, copy, h } from "./dom.js";
import { keepPanel } from "./panel.js";

/** A document over several lines; what is damaged stays as it is. @param {string} text */
function spread(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 1);
  } catch {
    return text;
  }
}

/** @param {HTMLElement} mount @param {import("./store.js").Store} store */
export function showKept(mount, store) {
  const words = JSON.parse(mount.dataset.words || "{}");
  const live = h("div", { role: "status", class: "fp-live" });
  const list = h("div");
  const draw = () => {
    const { text } = store.look(), all = h("pre", { tabindex: "0", "aria-label": words["kept-list"] }, spread(text));
    list.replaceChildren(...(text
      ? [h("p", { class: "fp-strong" }, words["kept-list"]), all,
         button(words.copy, async () => {
           await copy(text, () => window.getSelection()?.selectAllChildren(all));
           live.textContent = words.copied;
         })]
      : [h("p", {}, words["kept-none"])]));
  };
  const panel = keepPanel(store, words, (text) => { live.textContent = text; draw(); }, draw);
  mount.replaceChildren(live, list, panel);
  window.addEventListener("storage", draw);
  draw();
}
