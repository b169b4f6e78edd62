// Shows what the host filled in: its lines, its name, and whether they still count. Without its file, or with one that
// cannot be used, the page stays as it was built.
import { day } from "./day.js";
import { dayText, fill, h } from "./dom.js";
import { isOverdue, local } from "./hostfile.js";

/** @typedef {import("./hostfile.js").Local} Local */

/** @param {string} selector */
const all = (selector) => /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(selector));

/** Take the bar away, or let it say that the check is overdue. @param {HTMLElement} gate @param {Local} filled @param {boolean} old */
function pass(gate, { lines, next }, old) {
  const { ids, overdue } = JSON.parse(gate.dataset.gate || "{}");
  if (!ids.some((/** @type {string} */ id) => Object.hasOwn(lines, id))) return;
  if (!old) return gate.remove();
  gate.classList.add("fp-old");
  /** @type {HTMLElement} */ (gate.firstElementChild).textContent = fill(overdue, { date: dayText(next) });
}

/** @param {HTMLElement} cell @param {Local} filled */
function write(cell, { lines, second, checked, next }) {
  const id = cell.dataset.local || "", at = { checked, next }[id];
  const { line, second: other } = at ? { line: dayText(at), second: "" } : Object.hasOwn(lines, id) ? lines[id] : { line: "", second: "" };
  if (!line) return;
  cell.classList.add("fp-filled");
  cell.replaceChildren(h("div", { dir: "auto" }, line), other ? h("div", { dir: "auto", lang: second || null }, other) : "");
}

/** @param {HTMLElement} mount @param {Local} filled @param {boolean} old */
function host(mount, { name, logo, next }, old) {
  const words = JSON.parse(mount.dataset.host || "{}"), until = words[old ? "local-old" : "local-until"];
  const texts = [name && fill(words["local-by"], { name }), until && fill(until, { date: dayText(next) })].filter(Boolean);
  mount.replaceChildren(logo ? h("img", { src: logo, alt: "" }) : "", ...texts.map((text) => h("p", {}, text)));
  mount.hidden = !logo && !texts.length;
}

local().then((filled) => {
  if (!filled) return;
  const old = isOverdue(filled, day());
  for (const gate of all("[data-gate]")) pass(gate, filled, old);
  for (const mount of all("[data-host]")) host(mount, filled, old);
  // a number that is no longer right is worse on an aid than a line to write on
  for (const cell of all("[data-local]")) if (!old || !cell.classList.contains("fp-write")) write(cell, filled);
});
