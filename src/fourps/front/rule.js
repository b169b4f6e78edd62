// The places for the host's own lines beside the rules that a reason states. The script that fills them is loaded with the
// first: until then no page carries it.
import { h } from "./dom.js";
import { reachable } from "./reach.js";

/** What a place says of itself once it is drawn. */
export const DRAWN = "fourps-rule";

/** Load the script, where this page can show lines. */
function load() {
  const { src } = /** @type {HTMLElement | null} */ (document.querySelector("meta[name='fourps-here']"))?.dataset || {};
  if (!src) return;
  const script = /** @type {HTMLScriptElement} */ (h("script", { src })), [file] = script.src.split("?");
  // a lesson that states rules itself has it already, with a mark of its own behind the name
  if (reachable(script.src) && ![...document.scripts].some((one) => one.src.split("?")[0] === file)) document.head.append(script);
}

/**
 * The places for the lines of the rules that a reason states.
 * @param {string[]} [rules]
 */
export const here = (rules = []) => rules.map((rule) => {
  const place = h("div", { class: "fp-beside", "data-rule": rule });
  load();
  dispatchEvent(new CustomEvent(DRAWN, { detail: place }));
  return place;
});
