// Ticks beside the pages that a reader marked as read, in the menu and in the bar of a lesson's pieces.
import { h } from "./dom.js";
import { readOn } from "./kept.js";
import { ROOT } from "./saved.js";

/** The name of the page that a link leads to. @param {HTMLAnchorElement} link */
const pageOf = (link) => link.href.startsWith(ROOT) ? link.href.slice(ROOT.length).replace(/\.html(#.*)?$/, "") : "";

/** @param {import("./kept.js").Kept | null} kept */
export function tick(kept) {
  // what a tick says to whoever listens
  const said = /** @type {HTMLElement | null} */ (document.querySelector("[data-said]"))?.dataset.said;
  /** @param {Element} element @param {string} page */
  const set = (element, page) => element.classList.toggle("fp-done", Boolean(kept && readOn(kept, page)));
  for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll(".sidebar-tree a"))) {
    link.querySelector(".fp-hide")?.remove();
    if (set(link, pageOf(link))) link.append(h("span", { class: "fp-hide" }, ` (${said})`));
  }
  for (const step of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".fp-steps > li"))) set(step, step.dataset.page || "");
}
