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

/** What is read of a record, where it can still be read. @template T @param {() => T} read */
function known(read) {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof RecordError)) throw error;
    return null;
  }
}

/**
 * Day and result, and what `show` makes of the record where it can still be read.
 * @param {KeptAttempt} attempt
 * @param {Telling} telling
 * @param {() => [string, ...(Node | string)[]]} show
 */
function told({ at, result, record }, { words, announce }, show) {
  const [title, ...rest] = known(show) || [words[`kind-${result}`] || "", h("p", { class: "fp-older" }, words["course-older"])];
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

/** What a play shows is still to practise; empty where it is nothing, or cannot be known. @param {import("./engine.js").Scenario} scenario @param {KeptAttempt} attempt @param {import("./dom.js").Words} words */
export function practise(scenario, { record }, words) {
  const { bands = {} } = known(() => replay(scenario, decode(scenario, record))) || {};
  const found = Object.entries(scenario.competencies).filter(([name]) => bands[name] === "practise").map(([, { title }]) => title);
  return found.length ? `${label(words, words["band-practise"])} ${found.join(", ")}` : "";
}

/** The outcomes of the questions whose answer had to be shown; empty where it was none. @param {import("./marking.js").Quiz} quiz @param {KeptAttempt} attempt @param {import("./dom.js").Words} words */
export function look(quiz, { record }, words) {
  const tries = known(() => decodeQuiz(quiz, record)) || {};
  const found = Object.entries(quiz.questions).filter(([name, one]) => outcome(one, tries[name] || [], most(quiz)) === "shown");
  const outcomes = [...new Set(found.map(([, { objective }]) => objective))].sort().join(", ");
  return outcomes && fill(words["course-look"], { outcomes });
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
    const again = look(quiz, attempt, words);
    return [
      fill(words["course-quiz"], { first: count("first"), second: count("second"), count: found.length }),
      ...(again ? [h("p", {}, again)] : []),
    ];
  });
}
