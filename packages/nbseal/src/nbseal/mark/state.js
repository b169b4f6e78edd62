// What the page knows: the task, what is entered, and what is on its way to the store.
import { fill } from "./parts.js";

/** @typedef {import("./parts.js").Task} Task */
/** @typedef {import("./parts.js").Text} Text */
/** @typedef {import("./parts.js").Decision} Decision */
/** @typedef {{scores: (number | null)[], cap: boolean, comment: string, changed: boolean}} Draft */

export const LEVELS = [3, 2, 1, 0];

/** Points as they are shown. @param {number} points */
export function figure(points) {
  return String(Math.round(points * 100) / 100);
}

/** The text of clean markup. @param {string} html */
export function plain(html) {
  return new DOMParser().parseFromString(html, "text/html").body.textContent ?? "";
}

export class State {
  /** @param {Task} task */
  constructor(task) {
    this.task = task;
    /** Which text is shown, and which criterion is next. */
    this.at = 0;
    this.now = 0;
    this.keys = true;
    this.practice = false;
    this.revealed = false;
    /** @type {Map<string, Draft>} */
    this.drafts = new Map();
    /** Decisions on their way, by text. @type {Map<string, Decision>} */
    this.waiting = new Map();
    /** Sentences of what was not taken, by text. @type {Map<string, string>} */
    this.refusals = new Map();
    /** Texts of which it was said that another program has set something. @type {Set<string>} */
    this.warned = new Set();
  }

  /** @param {string} key @param {Record<string, string | number>} [values] */
  say(key, values = {}) {
    return fill(this.task.words[`desk-${key}`] ?? key, values);
  }

  get texts() {
    return this.practice ? this.samples : this.task.texts;
  }

  /** Samples as texts that nobody keeps. @returns {Text[]} */
  get samples() {
    return this.task.samples.map((sample, at) => ({
      key: `sample-${at}`, html: sample.html, words: 0, language: this.task.language, seen: "", mine: null, waits: "",
    }));
  }

  get text() {
    return this.texts[this.at];
  }

  get hasRubric() {
    return this.task.criteria.length > 0;
  }

  /** What is entered for the text that is shown. @returns {Draft} */
  get draft() {
    const { key, mine, waits } = this.text;
    let draft = this.drafts.get(key);
    if (!draft) {
      const kept = waits === "anew" ? null : mine;
      const empty = Array(this.task.criteria.length || 1).fill(null);
      draft = { scores: kept ? [...kept.scores] : empty, cap: kept?.cap ?? false, comment: kept?.comment ?? "", changed: false };
      this.drafts.set(key, draft);
    }
    return draft;
  }

  get points() {
    return this.sumOf(this.draft.scores, this.draft.cap);
  }

  /** @param {(number | null)[]} scores @param {boolean} cap */
  sumOf(scores, cap) {
    const sum = scores.reduce((/** @type {number} */ all, one) => all + (one ?? 0), 0);
    return cap && this.task.cap ? Math.min(sum, this.task.cap.points) : sum;
  }

  /** @param {Text} text */
  isToMark(text) {
    if (this.refusals.has(text.key)) return true;
    if (this.waiting.has(text.key) || text.empty || ["stopped", "missing"].includes(text.waits)) return false;
    return !text.mine ? !text.elsewhere : text.waits === "anew" || text.waits === "again";
  }

  isUnsaved() {
    return this.waiting.size > 0 || (!this.practice && [...this.drafts.values()].some((draft) => draft.changed));
  }

  /** @param {number} from @returns {number | undefined} */
  nextUnmarked(from) {
    const count = this.task.texts.length;
    return [...Array(count).keys()].map((step) => (from + 1 + step + count) % count).find((at) => this.isToMark(this.task.texts[at]));
  }

  canMark() {
    return this.text && !["stopped", "missing"].includes(this.text.waits);
  }

  /** @param {number} score */
  isPossible(score) {
    return this.hasRubric ? LEVELS.includes(score) : Number.isFinite(score) && score >= 0 && score <= this.task.most;
  }

  where() {
    const values = { number: this.at + 1, count: this.texts.length };
    const who = this.text.who ? ` (${this.text.who})` : "";
    return this.say(this.practice ? "sample" : "where", values) + who;
  }
}
