// The room for a written text: the task stands in reach of it, and on paper all of it is there.
import { every } from "./answers.js";
import { h } from "./dom.js";

/** Keep the task's text in reach, folded, where its answer is written. @param {HTMLElement} box @param {string} title */
export function inReach(box, title) {
  const place = h("div", { class: "fp-task-text", tabindex: "0" });
  /** @type {Element[]} */
  const parts = [];
  for (let part = box.previousElementSibling; part && !/^H\d$/.test(part.tagName); part = part.previousElementSibling) parts.unshift(part);
  const task = h("details", { class: "fp-reach fp-asking" }, h("summary", {}, title), place);
  task.addEventListener("toggle", () => {
    if (place.childElementCount) return;
    place.append(...parts.map((part) => part.cloneNode(true)));
    for (const one of every(place, "[id]")) one.removeAttribute("id");
  }, { once: true });
  box.prepend(task);
}

/** Before a page is printed, put each text beside its box, which would cut it off. */
export function inPrint() {
  window.addEventListener("beforeprint", () => {
    for (const room of every(document, "textarea[data-part]")) {
      const text = room.nextElementSibling?.matches(".fp-printed-text") ? room.nextElementSibling : h("div", { class: "fp-printed-text" });
      text.textContent = room.value;
      room.after(text);
    }
  });
}
