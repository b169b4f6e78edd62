// What is said of an answer: right or wrong by a sign and a word, what is misplaced, and the right answer in words.
import { h, label } from "./dom.js";

/** Whether an answer was right, by a sign and a word that no line parts. @param {boolean} good @param {import("./dom.js").Words} words */
export const mark = (good, words) =>
  h("span", { class: `fp-mark fp-mark-${good ? "right" : "wrong"}` }, ` (${good ? "✓" : "✗"}\u00a0${words[good ? "right-mark" : "wrong-mark"]})`);

/**
 * What an order or pairs meet: feedback on what is misplaced; everything once the question is done.
 * @param {import("./marking.js").Question} question
 * @param {import("./marking.js").Answer} last without how sure the reader is
 * @param {boolean} done
 * @param {import("./dom.js").Words} words
 */
export function feedback({ items, before = {}, pairs }, last, done, words) {
  /** @type {[string, string, boolean | null][]} text, feedback, right */
  let notes;
  if (items) {
    /** @param {string} key */
    const misplaced = (key) => before[key].some((one) => last.indexOf(one) > last.indexOf(key));
    notes = Object.keys(items).filter((key) => misplaced(key)).map((key) => [items[key].text, items[key].feedback, null]);
  } else if (pairs) {
    notes = Object.keys(pairs).flatMap((key, index) =>
      done || last[index] !== key ? [[pairs[key].text, pairs[key].feedback, done ? last[index] === key : null]] : []);
  } else return null;
  return h("ul", { class: "fp-notes" }, ...notes.map(([text, note, good]) =>
    h("li", {}, h("strong", {}, text), good === null ? "" : mark(good, words), h("br"), note)));
}

/** The right answer in words. @param {import("./marking.js").Question} question @param {import("./dom.js").Words} words */
export function solution(question, words) {
  const { kind, items, pairs, options } = question;
  if (items) return h("ol", {}, ...Object.values(items).map((one) => h("li", {}, one.text)));
  if (pairs) return h("ul", {}, ...Object.values(pairs).map((one) => h("li", {}, `${label(words, one.text)} ${one.answer}`)));
  const good = Object.values(options || {}).filter((one) => one.correct).map((one) => h("li", {}, one.text));
  return h("ul", {}, kind === "reason" && h("li", {}, words[String(question.answer)]), ...good);
}
