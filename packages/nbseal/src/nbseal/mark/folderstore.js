// The desk's store over files that somebody opened: what they decide goes into the list of this browser.
import { standing } from "./log.js";
import { Refused, fill } from "./parts.js";
import { agreement, areApart, isStopped } from "./several.js";

/** @typedef {import("./several.js").Decision} Decision */
/** @typedef {import("./parts.js").Text} Text */
/** A text that is to be marked; its key is its hash. @typedef {{key: string, html: string, words: number, language: string, who: string}} Opened */
/** How a task is marked. @typedef {Omit<import("./parts.js").Task, "comments" | "texts"> & {assignment: string, cell: string}} Task */

// as many as there are digits that set no points
const SAVED = 6;

/** Of two texts the one whose key is less comes first: an order that says nothing, and another one for each task. @param {Opened} one @param {Opened} other */
const byKey = (one, other) => Number(one.key > other.key) - Number(one.key < other.key);

/** @param {Decision} decision @returns {import("./parts.js").Mark} */
const mark = ({ scores, cap, points, comment }) => ({ scores, cap, points: points || 0, comment });

export class FolderStore {
  /** @param {import("./log.js").Log} log @param {Task} task @param {Opened[]} texts */
  constructor(log, task, texts) {
    this.log = log;
    this.task = task;
    this.texts = [...texts].sort(byKey);
    /** @type {import("./log.js").Row[] | null} */
    this.read = null;
    /** @type {Map<string, Map<string, import("./log.js").Row>>} */
    this.now = new Map();
  }

  /** What stands of each text, worked out when the list has changed. */
  get standing() {
    if (this.read !== this.log.rows) {
      this.read = this.log.rows;
      this.now = standing(this.log.rows, this.task.assignment, this.task.cell, this.log.mine);
    }
    return this.now;
  }

  /** What each marker decided over a text, by marker. @param {string} key @returns {Map<string, import("./log.js").Row>} */
  rows(key) {
    return this.standing.get(key) || new Map();
  }

  /** @param {string} key @returns {Decision[]} */
  decided(key) {
    return [...this.rows(key).values()].flatMap(({ decision }) => decision || []);
  }

  /** All that the page shows. @returns {Promise<import("./parts.js").Task>} */
  async load() {
    return { ...this.task, comments: this.comments(), texts: this.texts.map((text) => this.shown(text)) };
  }

  /** What is told of a text: never what another marker decided before this one. @param {Opened} text @returns {Text} */
  shown({ key, html, words, language }) {
    const rows = this.rows(key), decisions = this.decided(key), mine = rows.get(this.log.marker)?.decision;
    const isHidden = isStopped(decisions), isMarked = mine?.kind === "mark", isBoth = isMarked && areApart(decisions);
    return {
      key, language, html: isHidden ? "" : html, words: isHidden ? 0 : words, seen: this.seen(key), mine: isMarked ? mark(mine) : null,
      waits: isHidden ? "stopped" : isBoth ? "both" : "", other: isBoth ? this.farthest(rows, mine) : null,
    };
  }

  /** The decision of another marker that is farthest away. @param {Map<string, import("./log.js").Row>} rows @param {Decision} mine */
  farthest(rows, mine) {
    const others = [...rows].flatMap(([marker, { decision }]) => marker !== this.log.marker && decision ? [{ ...mark(decision), marker }] : []);
    /** @param {{points: number | null}} one */
    const far = ({ points }) => Math.abs((points || 0) - (mine.points || 0));
    return others.sort((one, other) => far(other) - far(one))[0] || null;
  }

  /** What a page knows of a text. @param {string} key */
  seen(key) {
    return this.rows(key).get(this.log.marker)?.id || "";
  }

  /** What this marker wrote most often. */
  comments() {
    /** @type {Map<string, number>} */
    const times = new Map();
    for (const rows of this.standing.values()) {
      const comment = rows.get(this.log.marker)?.decision?.comment;
      if (comment) times.set(comment, (times.get(comment) || 0) + 1);
    }
    return [...times].sort(([, one], [, other]) => other - one).slice(0, SAVED).map(([comment]) => comment);
  }

  /**
   * Take a decision; what another window decided meanwhile is not overwritten.
   * @param {string} key @param {import("./parts.js").Decision} decision @param {string} seen
   */
  async put(key, decision, seen) {
    const text = this.texts.find((one) => one.key === key), { assignment, cell, words } = this.task;
    if (!text) throw new Refused(words["desk-gone"]);
    await this.log.change((kept) => {
      this.log.settle(kept, {});
      const row = this.rows(key).get(this.log.marker), about = { assignment, cell, text: key };
      if (decision.kind === "open") return { added: row?.decision?.kind === "stop" ? [this.log.row({ ...about, undoes: row.id })] : [] };
      if (decision.kind === "mark") this.refuse(text, seen);
      return { added: [this.log.row({ ...about, decision: this.made(decision) })] };
    });
    return { ...this.shown(text), comments: this.comments() };
  }

  /** Refuse a mark where something is other than its page knew. @param {Opened} text @param {string} seen */
  refuse(text, seen) {
    const now = this.shown(text);
    const why = now.waits === "stopped" ? "desk-not-stopped" : now.seen === seen ? "" : now.mine ? "desk-not-mine" : "desk-not-undone";
    if (why) throw new Refused(fill(this.task.words[why], { points: now.mine?.points || 0 }), now);
  }

  /** @param {{kind: string, scores?: number[], cap?: boolean, comment?: string}} decision @returns {Decision} */
  made({ kind, scores = [], cap = false, comment = "" }) {
    if (kind === "stop") return { kind, scores: [], cap: false, points: null, comment: "" };
    const all = scores.reduce((sum, one) => sum + one, 0), most = cap && this.task.cap ? this.task.cap.points : Infinity;
    return { kind: "mark", scores, cap, points: Math.min(all, most), comment };
  }

  /** Take this marker's last mark back. @returns {Promise<string | null>} its text */
  async undo() {
    const { assignment, cell } = this.task, /** @type {{key: string | null}} */ taken = { key: null };
    await this.log.change(({ rows }) => {
      const gone = new Set(rows.map(({ undoes }) => undoes)), here = new Set(this.texts.map(({ key }) => key));
      const last = [...rows].reverse().find((row) => row.decision?.kind === "mark" && !gone.has(row.id) && this.log.mine.includes(row.marker)
        && row.assignment === assignment && row.cell === cell && here.has(row.text));
      taken.key = last?.text || null;
      return { added: last ? [this.log.row({ assignment, cell, text: last.text, undoes: last.id })] : [] };
    });
    return taken.key;
  }

  /** Whose text it is, for whoever has to speak with the writer. @param {string} key */
  async who(key) {
    return this.texts.find((text) => text.key === key)?.who || "";
  }

  /** How far this marker agrees with the others, over the texts that both have marked. */
  async agreement() {
    /** @type {[Decision, Decision][]} */
    const pairs = [], of = this.texts.map(({ key }) => this.rows(key));
    for (const rows of of) {
      const mine = rows.get(this.log.marker)?.decision;
      for (const [marker, { decision }] of rows) if (marker !== this.log.marker && mine?.kind === "mark" && decision?.kind === "mark") pairs.push([mine, decision]);
    }
    const levels = pairs.flatMap(([one, other]) => one.scores.map((score, at) => /** @type {[number, number]} */ ([score, other.scores[at]])));
    const points = pairs.map(([one, other]) => /** @type {[number, number]} */ ([one.points || 0, other.points || 0]));
    const apart = of.filter((rows) => rows.has(this.log.marker) && areApart([...rows.values()].flatMap(({ decision }) => decision || []))).length;
    return { criteria: this.task.criteria.length ? agreement(levels) : null, points: agreement(points), apart };
  }
}
