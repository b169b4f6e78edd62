// What kept attempts tell: how a play ended, its bands and its way; how a quiz went.
import { dayText, fill, fold, h, label, recordFold } from "./dom.js";
import { decode, follow, replay } from "./engine.js";
import { decodeQuiz, most, outcome } from "./marking.js";
import { RecordError } from "./record.js";

/** @typedef {import("./kept.js").KeptAttempt} KeptAttempt */
/**
 * @typedef {object} Telling
 * @property {import("./dom.js").Words} words
 * @property {(text: string) => void} announce
 */

/**
 * Day and result, and what `show` makes of the record where it can still be read.
 * @param {KeptAttempt} attempt
 * @param {Telling} telling
 * @param {() => [string, ...(Node | string)[]]} show
 */
function told({ at, result, record }, { words, announce }, show) {
  /** @type {[string, ...(Node | string)[]]} */
  let parts;
  try {
    parts = show();
  } catch (error) {
    if (!(error instanceof RecordError)) throw error;
    parts = [words[`kind-${result}`] || "", h("p", { class: "fp-older" }, words["course-older"])];
  }
  const [title, ...rest] = parts;
  return h("div", { class: "fp-attempt" },
    h("p", {}, h("strong", {}, title ? `${label(words, dayText(at))} ${title}` : dayText(at))), ...rest, recordFold(record, words, announce));
}

/**
 * @param {import("./engine.js").Scenario} scenario without the texts that are played
 * @param {KeptAttempt} attempt
 * @param {Telling} telling
 */
export function toldPlay(scenario, attempt, telling) {
  const { words } = telling;
  return told(attempt, telling, () => {
    const path = decode(scenario, attempt.record), now = replay(scenario, path);
    const end = scenario.endings.find((one) => one.id === now.ending);
    if (!end) throw new RecordError("record-step", path.length);
    const places = follow(scenario, path).passed.map(({ node }) => scenario.nodes[node].title);
    return [
      words[`kind-${end.kind}`],
      h("ul", {}, ...Object.entries(scenario.competencies).map(([name, one]) =>
        h("li", { class: `fp-band-${now.bands[name]}` }, `${label(words, one.title)} `, h("strong", {}, words[`band-${now.bands[name]}`])))),
      fold(words.way, h("ol", {}, ...[...places, end.title].map((place) => h("li", {}, place)))),
    ];
  });
}

/**
 * @param {import("./marking.js").Quiz} quiz without its texts
 * @param {KeptAttempt} attempt
 * @param {Telling} telling
 */
export function toldQuiz(quiz, attempt, telling) {
  const { words } = telling;
  return told(attempt, telling, () => {
    const tries = decodeQuiz(quiz, attempt.record);
    const found = Object.entries(quiz.questions).map(([name, question]) =>
      ({ objective: question.objective, how: outcome(question, tries[name] || [], most(quiz)) }));
    /** @param {string} how */
    const count = (how) => found.filter((one) => one.how === how).length;
    const again = new Set(found.filter(({ how }) => how === "shown").map(({ objective }) => objective));
    const outcomes = [...again].sort().join(", ");
    return [
      fill(words["course-quiz"], { first: count("first"), second: count("second"), count: found.length }),
      ...(outcomes ? [h("p", {}, fill(words["course-look"], { outcomes }))] : []),
    ];
  });
}
