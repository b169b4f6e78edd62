// Ticks beside what a reader finished: pages in the menu, and all pages of a module in its bar.
import { h } from "./dom.js";
import { isDone } from "./finished.js";
import { ROOT } from "./saved.js";

/** The name of the page that a link leads to. @param {HTMLAnchorElement} link */
export const pageOf = (link) => link.href.startsWith(ROOT) ? link.href.slice(ROOT.length).replace(/\.html(#.*)?$/, "") : "";

/** What a tick says to whoever listens. */
export const said = () => /** @type {HTMLElement | null} */ (document.querySelector("[data-said]"))?.dataset.said;

/** @param {import("./kept.js").Kept | null} kept */
export function tick(kept) {
  /** @param {"page" | "quiz"} kind @param {string} id */
  const done = (kind, id) => Boolean(kept && isDone({ kind, id, title: "", href: "" }, kept));
  for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll(".sidebar-tree a"))) {
    link.querySelector(".fp-hide")?.remove();
    if (link.classList.toggle("fp-done", done("page", pageOf(link)))) link.append(h("span", { class: "fp-hide" }, ` (${said()})`));
  }
  for (const { classList, dataset: { page = "", plays } } of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".fp-steps > li"))) {
    classList.toggle("fp-done", plays ? plays.split(" ").every((id) => done("quiz", id)) : done("page", page));
  }
}
