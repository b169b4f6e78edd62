// The controls of a question, each kind with its own: options to tick, an order to make, pairs to find.
import { button, fill, h } from "./dom.js";
import { mark } from "./feedback.js";
import { right } from "./marking.js";
import { shuffle } from "./shuffle.js";

/** @typedef {import("./marking.js").Answer} Answer */
/** The controls, and a function that reads the answer from them. @typedef {[HTMLElement, () => Answer]} Controls */
/**
 * A question as it stands before a reader.
 * @typedef {object} Asked
 * @property {string} name
 * @property {import("./marking.js").Question} question
 * @property {string} group what the names of its controls begin with
 * @property {number} seed of the order in which its options stand
 * @property {Answer[]} given
 * @property {Answer} [draft] what is ticked and not yet given
 * @property {boolean} done
 * @property {boolean} told whether it is said how it went
 * @property {import("./dom.js").Words} words
 * @property {(text: string) => void} announce
 */

// JupyterLab would take the arrow keys for its own
const KEYS = { "data-lm-suppress-shortcuts": "true" };

/** @param {string} type @param {string} group @param {string} value @param {string} label @param {boolean} checked @param {boolean} done @param {HTMLElement | null} [sign] */
const input = (type, group, value, label, checked, done, sign) =>
  h("label", { class: "fp-option" },
    h("input", { type, name: group, value, checked, disabled: done, "data-choice": value, ...KEYS }), h("span", {}, label, sign));

/** @param {Asked} asked @returns {Controls} */
export function controls(asked) {
  const { question, group, given, draft, done, words } = asked;
  const last = draft || given[given.length - 1] || [];
  if (!question.confidence) return answering(asked, last);
  const [box, read] = answering(asked, last.slice(1)), level = (draft || given[0] || [])[0];
  const sure = h("fieldset", { class: "fp-sure" }, h("legend", {}, words.sure),
    ...["1", "2", "3"].map((value) => input("radio", `${group}-sure`, value, words[`sure-${value}`], level === value, done)));
  return [h("div", {}, box, sure), () => [sure.querySelector("input:checked")?.getAttribute("value") || "", ...read()]];
}

/** The same without how sure the reader is. @param {Asked} asked @param {Answer} last @returns {Controls} */
function answering(asked, last) {
  const { kind } = asked.question;
  return kind === "order" ? ordering(asked, last) : kind === "match" ? matching(asked, last) : choosing(asked, last);
}

/** @param {Asked} asked @param {Answer} last @returns {Controls} */
function choosing({ name, question, group, seed, given, done, told, words }, last) {
  const { kind, options = {} } = question, type = kind === "multiple" ? "checkbox" : "radio";
  const box = h("div", { class: "fp-options" }), tried = given[given.length - 1] || [];
  if (kind === "reason") {
    box.append(h("fieldset", {}, h("legend", {}, words["true-false"]),
      ...["true", "false"].map((value) => input("radio", `${group}-truth`, value, words[value], last[0] === value, done))));
  }
  box.append(h("fieldset", {},
    h("legend", {}, kind === "reason" ? words.reason : kind === "multiple" ? words.several : words.answer),
    h("ul", { class: `fp-choices-list${given.length ? " fp-notes" : ""}` },
      ...shuffle(Object.keys(options), seed, name).map((key) => h("li", {},
        input(type, group, key, options[key].text, last.includes(key), done, told ? mark(Boolean(options[key].correct), words) : null),
        (told || (given.length > 0 && !done && tried.includes(key))) && h("p", { class: "fp-said-of" }, options[key].feedback))))));
  const read = () => /** @type {HTMLInputElement[]} */ ([...box.querySelectorAll("input:checked")]).map((one) => one.value);
  return [box, read];
}

/** @param {Asked} asked @param {Answer} last @returns {Controls} */
function ordering({ name, question, seed, done, words, announce }, last) {
  const { items = {} } = question;
  let order = last.length ? [...last] : shuffle(Object.keys(items), seed, name);
  // an order that is right before anything was moved would ask nothing
  while (!last.length && right(question, order)) order = [...order.slice(1), order[0]];
  const list = h("ol", { class: "fp-order" });
  /** @param {number} from @param {number} to @param {string} side */
  const move = (from, to, side) => {
    const [key] = order.splice(from, 1);
    order.splice(to, 0, key);
    list.dispatchEvent(new Event("change", { bubbles: true }));
    draw();
    announce(fill(words.moved, { text: items[key].text, place: to + 1, count: order.length }));
    const row = list.children[to];
    /** @type {HTMLElement | null} */ (row.querySelector(`.fp-${side}:enabled`) || row.querySelector("button:enabled"))?.focus();
  };
  const draw = () => list.replaceChildren(...order.map((key, index) =>
    h("li", { "data-choice": key }, h("span", {}, items[key].text), h("span", { class: "fp-moves" },
      button("↑", () => move(index, index - 1, "up"),
        { class: "fp-up", disabled: done || index === 0, "aria-label": fill(words.up, { text: items[key].text }) }),
      button("↓", () => move(index, index + 1, "down"),
        { class: "fp-down", disabled: done || index === order.length - 1, "aria-label": fill(words.down, { text: items[key].text }) })))));
  draw();
  return [h("div", {}, h("p", { class: "fp-small" }, words["order-help"]), list), () => [...order]];
}

/** @param {Asked} asked @param {Answer} last @returns {Controls} */
function matching({ name, question, group, seed, done, words }, last) {
  const { pairs = {} } = question, keys = Object.keys(pairs), answers = shuffle(keys, seed, name);
  const box = h("div", { class: "fp-match" }, h("p", { class: "fp-small" }, words["match-help"]));
  keys.forEach((key, index) => {
    const field = `${group}-${key}`;
    box.append(h("p", { class: "fp-pair" }, h("label", { for: field }, pairs[key].text),
      h("select", { id: field, disabled: done, "data-choice": key, ...KEYS },
        h("option", { value: "" }, words["match-choose"]),
        ...answers.map((one) => h("option", { value: one, selected: last[index] === one }, pairs[one].answer)))));
  });
  return [box, () => /** @type {HTMLSelectElement[]} */ ([...box.querySelectorAll("select")]).map((one) => one.value)];
}
