// What the marking desk of a release gives out: a page of feedback for each learner, and one table for whoever marks.
import { page } from "./feedbackpage.js";
import { counting, isStopped } from "./several.js";
import { table } from "./table.js";

/** @typedef {import("./opened.js").Opened} Opened */
/** @typedef {import("./opened.js").Spec} Spec */
/** @typedef {import("./several.js").Decision} Decision */
/** What each marker decided over a text, by its task and its hash. @typedef {(cell: string, hash: string) => Decision[]} Decided */

const LEVELS = [3, 2, 1, 0];

/** @param {string} hash @param {string} cell @param {Decided} decided @returns {{state: "marked" | "waits" | "stopped", decision: Decision | null}} */
function stateOf(hash, cell, decided) {
  // a blank answer waits for nobody
  if (!hash) return { state: "marked", decision: null };
  const markers = decided(cell, hash), decision = counting(markers);
  return { state: isStopped(markers) ? "stopped" : decision ? "marked" : "waits", decision };
}

/** Points as they are added up in a gradebook. @param {number[]} points */
const sum = (points) => points.reduce((total, one) => total + one, 0);

/**
 * What is known of one learner's tasks: points are null where a person has still to look, or stopped.
 * @param {Spec} spec @param {Opened} one @param {Decided} decided
 */
export function marksOf(spec, one, decided) {
  const exercise = spec.exercises[one.exercise];
  const checked = Object.entries(one.marks).map(([cell, { points, said }]) =>
    ({ cell, state: /** @type {"marked"} */ ("marked"), points, most: exercise.tasks[cell].most, said, decision: null }));
  const written = Object.entries(exercise.written).map(([cell, most]) => {
    const { state, decision } = stateOf(one.texts[cell] || "", cell, decided);
    return { cell, state, points: state === "marked" ? decision?.points || 0 : 0, most, said: "", decision };
  });
  return [...checked, ...written];
}

/**
 * The page of a learner, in the language of the hand-in.
 * @param {Spec} spec @param {string} template @param {Opened} one @param {Decided} decided
 * @param {boolean} told whether the rubric's own lines may be told: nothing more can be handed in
 */
export function feedback(spec, template, one, decided, told) {
  const exercise = spec.exercises[one.exercise], said = exercise.languages[one.language], language = spec.languages[one.language];
  const marks = marksOf(spec, one, decided), points = sum(marks.map((mark) => mark.points)), most = sum(marks.map((mark) => mark.most));
  return page(template, {
    language: one.language, words: language.page, title: said.title, learner: one.learner, points, most: exercise.most, late: 0,
    parts: [{ name: language.part, points, most }], notes: [language.note], troubles: [], notebooks: [],
    tasks: marks.map(({ cell, state, points, most, said: check, decision }) => {
      const { title, read } = said.tasks[cell], rubric = said.rubrics[cell], isShown = state !== "stopped";
      return {
        title, state, points, most, corrected: false, comment: isShown && decision?.comment || "", check, read, code: false,
        answer: isShown ? (one.answers[cell] || "").trim() : "",
        criteria: isShown && decision ? criteria(rubric, decision, told) : [],
        cap: isShown && decision?.cap && rubric.cap !== null ? { most: rubric.cap, line: told ? rubric.cap_text : "" } : null,
      };
    }),
  });
}

/** @param {import("./opened.js").Rubric} rubric @param {Decision} decision @param {boolean} told */
const criteria = (rubric, { scores }, told) => rubric.criteria.slice(0, scores.length).map(({ name, levels }, place) =>
  ({ name, points: scores[place], most: LEVELS[0], line: told && levels[LEVELS.indexOf(scores[place])] || "" }));

/**
 * All marks of an exercise, for a spreadsheet.
 * @param {Spec} spec @param {Opened[]} opened of one exercise @param {Decided} decided
 * @param {import("./dom.js").Words} words
 */
export function marksTable(spec, opened, decided, words) {
  const rows = opened.map((one) => {
    const marks = marksOf(spec, one, decided), said = { waits: words["folder-waits"], stopped: words["folder-stopped"] };
    return [one.learner, one.language, ...marks.map(({ state, points }) => state === "marked" ? points : said[state]), sum(marks.map(({ points }) => points))];
  });
  const [{ exercise }] = opened, { tasks, written } = spec.exercises[exercise];
  return table([["learner", "language", ...Object.keys(tasks), ...Object.keys(written), "points"], ...rows]);
}
