// What changed between the tests: counts from the records that this device keeps.
import { dayText, fill, h } from "./dom.js";
import { decodeQuiz, summary } from "./marking.js";
import { RecordError } from "./record.js";

/**
 * A row for each kept attempt at one of these tests.
 * @param {import("./marking.js").Quiz[]} quizzes
 * @param {import("./kept.js").KeptAttempt[]} attempts
 * @param {import("./dom.js").Words} words
 */
export function changeTable(quizzes, attempts, words) {
  /** @param {import("./marking.js").Quiz} quiz @param {import("./kept.js").KeptAttempt} attempt */
  function row(quiz, { record, at }) {
    const head = [h("th", { scope: "row" }, quiz.title), h("td", {}, dayText(at))];
    try {
      const found = summary(quiz, decodeQuiz(quiz, record));
      /** @param {number} right @param {number} count */
      const cell = (right, count) => h("td", {}, fill(words["change-of"], { right, count }));
      return h("tr", {}, ...head, cell(found.right, found.count),
        cell(found.situationsRight, found.situations), cell(found.sureRight, found.sure));
    } catch (error) {
      if (!(error instanceof RecordError)) throw error;
      return h("tr", {}, ...head, h("td", { colspan: "3" }, words["change-other"]));
    }
  }

  const rows = quizzes.flatMap((quiz) => attempts
    .filter((one) => one.record.startsWith(`fourps1:${quiz.id}:`)).map((one) => row(quiz, one)));
  if (!rows.length) return h("p", {}, words["change-none"]);
  const columns = ["test", "day", "right", "situations", "sure"];
  return h("div", { class: "fp-scroll", tabindex: "0", role: "region", "aria-label": words["change-right"] },
    h("table", { class: "fp-change" },
      h("thead", {}, h("tr", {}, ...columns.map((key) => h("th", { scope: "col" }, words[`change-${key}`])))),
      h("tbody", {}, ...rows)));
}

/**
 * @param {import("./dom.js").Host} host
 */
export function renderChange({ model, el, store }) {
  el.classList.add("fp");
  el.replaceChildren(changeTable(model.get("spec").quizzes, store?.read()?.attempts || [], model.get("words")));
  return () => undefined;
}
