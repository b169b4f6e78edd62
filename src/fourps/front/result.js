// How a quiz went, outcome by outcome: what is worth reading again, and where it is taught.
import { fill, h } from "./dom.js";

/** Of each outcome its text, and where it is taught. @typedef {Record<string, {text: string, links: {title: string, href: string}[]}>} Taught */
/** @typedef {{number: string, right: number, count: number}} Row */

/**
 * @param {import("./marking.js").Quiz} quiz
 * @param {(name: string) => string} result how a question went
 * @returns {Row[]} in the order in which the quiz asks
 */
export function rows(quiz, result) {
  /** @type {Map<string, Row>} */
  const found = new Map();
  for (const [name, { objective }] of Object.entries(quiz.questions)) {
    const row = found.get(objective) || { number: objective, right: 0, count: 0 };
    row.count += 1;
    row.right += Number(result(name) === "first");
    found.set(objective, row);
  }
  return [...found.values()];
}

/**
 * @param {Row[]} all
 * @param {Taught} taught
 * @param {import("./dom.js").Words} words
 * @param {(text: string) => HTMLElement} heading
 */
export function byOutcome(all, taught, words, heading) {
  /** @param {Row} row */
  const line = ({ number, right, count }) => {
    const { text, links } = taught[number] || { text: number, links: [] };
    return h("li", {}, text, " ", h("span", { class: "fp-small" }, fill(words["result-right"], { right, count })),
      right < count && links.length > 0 && h("p", {}, `${words["result-taught"]} `,
        ...links.flatMap(({ title, href }, index) => [index ? ", " : "", h("a", { href }, title)])));
  };
  const again = all.filter(({ right, count }) => right < count), held = all.filter((row) => !again.includes(row));
  /** @param {string} title @param {Row[]} some */
  const part = (title, some) => some.length ? [heading(title), h("ul", { class: "fp-result" }, ...some.map(line))] : [];
  return [...part(words["result-again"], again), ...part(words["result-held"], held)];
}
