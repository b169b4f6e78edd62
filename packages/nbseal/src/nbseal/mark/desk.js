// The desk: one written task, one text after the other, by keys, by mouse or by touch. It knows a store and nothing else.
import { Refused, fill, frame, h } from "./parts.js";

/** @typedef {import("./parts.js").Store} Store */
/** @typedef {import("./parts.js").Task} Task */
/** @typedef {import("./parts.js").Text} Text */
/** @typedef {import("./parts.js").Decision} Decision */
/** @typedef {{scores: (number | null)[], cap: boolean, comment: string, changed: boolean}} Draft */
/** @typedef {{group: HTMLElement, buttons: HTMLButtonElement[], chosen: HTMLElement}} Row */

const LEVELS = [3, 2, 1, 0];
// digits that set no points
const FIRST_SAVED = 4;
const PAUSE = 300, LONGEST_PAUSE = 8000;
const TYPING = "textarea, input[type=number]";
const PRESSED = "button, summary, a";

/** @param {number} points */
const figure = (points) => String(Math.round(points * 100) / 100);

/** Open the desk. @param {Store} store @param {HTMLElement} [root] */
export async function desk(store, root = document.body) {
  const page = new Desk(store, root, await store.load());
  page.begin();
  return page;
}

class Desk {
  /** @param {Store} store @param {HTMLElement} root @param {Task} task */
  constructor(store, root, task) {
    this.store = store;
    this.root = root;
    this.task = task;
    this.at = 0;
    this.now = 0;
    this.keys = true;
    this.practice = false;
    this.revealed = false;
    /** @type {Row[]} */
    this.rows = [];
    /** Sentences of what was not taken, by text. @type {Map<string, string>} */
    this.refusals = new Map();
    /** Texts of which it was said that another program has set something. @type {Set<string>} */
    this.warned = new Set();
    /** @type {Map<string, Draft>} */
    this.drafts = new Map();
    /** @type {Map<string, Decision>} */
    this.waiting = new Map();
    /** @type {Promise<void>} */
    this.sent = Promise.resolve();
    this.heading = h("h2", { tabindex: -1, id: "where" });
    this.state = h("div", { class: "state" });
    this.sheet = h("div", { class: "sheet" });
    this.live = h("p", { class: "heard", role: "status" });
    this.alert = h("p", { class: "alert", role: "alert" });
    this.trouble = h("div", { class: "alert", role: "alert" });
    this.left = h("p", { class: "left" });
    this.offer = h("div", { class: "offer" });
    this.comment = h("textarea", { id: "comment", rows: 4, maxlength: 4000, oninput: () => { Object.assign(this.draft, { comment: this.comment.value, changed: true }); } });
    this.saved = h("div", { class: "saved" });
    this.marks = h("div", { class: "criteria" });
    this.solution = h("div", {});
    this.sum = h("p", { class: "sum" });
    this.dialog = h("dialog", { "aria-labelledby": "keys" });
    this.report = h("div", {});
    this.form = h("section", { class: "marks", "aria-labelledby": "marks" });
    /** @type {HTMLInputElement | undefined} */
    this.number = undefined;
    /** @type {HTMLInputElement | undefined} */
    this.box = undefined;
    /** @type {HTMLElement | undefined} */
    this.stopped = undefined;
    /** @type {HTMLElement | undefined} */
    this.answer = undefined;
    /** @type {HTMLElement | undefined} */
    this.toggle = undefined;
  }

  begin() {
    document.documentElement.lang = this.task.language;
    document.title = this.say("title", { title: this.task.title });
    this.build();
    addEventListener("keydown", (event) => this.key(event));
    addEventListener("beforeunload", (event) => this.isUnsaved() && event.preventDefault());
    // a frame that has the focus would keep the keys to itself
    addEventListener("blur", () => setTimeout(() => {
      if (document.activeElement instanceof HTMLIFrameElement) this.heading.focus({ preventScroll: true });
    }));
    this.show(this.nextUnmarked(-1) ?? 0);
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

  // ---------------------------------------------------------------- what is done

  /** @param {number} at */
  show(at) {
    this.at = at;
    this.revealed = false;
    if (!this.text) return this.drawNothing();
    const open = this.draft.scores.indexOf(null);
    this.now = open < 0 ? 0 : open;
    this.draw();
    this.heading.focus({ preventScroll: true });
    scrollTo(0, 0);
    this.tell(this.where());
  }

  /** @param {number} step */
  move(step) {
    const count = this.texts.length;
    if (count) this.show((this.at + step + count) % count);
  }

  /** @param {number} criterion @param {number} score */
  set(criterion, score) {
    if (!this.canMark()) return;
    this.draft.scores[criterion] = score;
    this.draft.changed = true;
    const { key } = this.task.criteria[criterion];
    this.now = Math.min(criterion + 1, this.task.criteria.length - 1);
    this.drawMarks();
    const next = this.task.criteria[this.now];
    const said = this.now === criterion ? "set-last" : "set";
    this.tell(this.say(said, { key, score, next: `${next.key} ${plain(next.name)}`, points: figure(this.points) }));
  }

  toggleCap() {
    if (!this.task.cap || !this.canMark()) return;
    this.draft.cap = !this.draft.cap;
    this.draft.changed = true;
    this.drawMarks();
    this.tell(this.say(this.draft.cap ? "cap-on" : "cap-off", { most: this.task.cap.points, points: figure(this.points) }));
  }

  /** @param {number} at of the saved comments */
  insert(at) {
    const saved = this.task.comments[at];
    if (!saved || !this.canMark()) return;
    this.draft.comment = this.draft.comment ? `${this.draft.comment}\n${saved}` : saved;
    this.draft.changed = true;
    this.comment.value = this.draft.comment;
    this.tell(this.say("inserted", { comment: saved }));
  }

  canMark() {
    return this.text && !["stopped", "missing"].includes(this.text.waits);
  }

  save() {
    if (!this.canMark() || this.isIncomplete()) return;
    if (this.practice) return this.reveal();
    const { key, elsewhere } = this.text, draft = this.draft;
    if (elsewhere && !this.warned.has(key)) {
      // it is looked at before it is replaced
      this.warned.add(key);
      this.refusals.set(key, this.say("not-elsewhere"));
      return this.drawState();
    }
    const scores = /** @type {number[]} */ ([...draft.scores]);
    draft.changed = false;
    this.send({ kind: "mark", scores, cap: draft.cap, comment: draft.comment, ...(elsewhere && { over: true }) });
    this.goOn();
  }

  /** Say what is not entered yet, and go there. */
  isIncomplete() {
    const missing = this.draft.scores.findIndex((one) => one === null || !this.isPossible(one));
    if (missing < 0) return false;
    this.now = missing;
    this.drawMarks();
    const key = this.task.criteria[missing]?.key;
    this.warn(key ? this.say("incomplete", { key }) : this.say("range", { most: figure(this.task.most) }));
    if (!key) this.number?.focus();
    return true;
  }

  goOn() {
    const next = this.nextUnmarked(this.at);
    if (next !== undefined) return this.show(next);
    this.draw();
    this.tell(this.say("none-left"));
  }

  /** @param {number} score */
  isPossible(score) {
    return this.hasRubric ? LEVELS.includes(score) : Number.isFinite(score) && score >= 0 && score <= this.task.most;
  }

  /** Nothing of a real case stays on the page, whatever the store answers. */
  stop() {
    if (this.practice || !this.canMark()) return;
    const text = this.text;
    Object.assign(text, { html: "", words: 0, waits: "stopped", mine: null, other: null, anew: false });
    this.drafts.delete(text.key);
    this.refusals.delete(text.key);
    this.draw();
    this.stopped?.focus();
    this.tell(this.say("stopped"));
    this.send({ kind: "stop" });
  }

  async open() {
    const { key } = this.text;
    this.send({ kind: "open" });
    await this.sent;
    await this.renew(key);
  }

  async undo() {
    if (this.practice) return;
    await this.sent;
    try {
      const key = await this.store.undo();
      if (key === null) return this.tell(this.say("nothing-back"));
      await this.renew(key);
      this.tell(this.say("taken-back", { where: this.where() }));
    } catch {
      this.warn(this.say("not-back"));
    }
  }

  /** Read everything again, and show one text. @param {string} key */
  async renew(key) {
    this.task = await this.store.load();
    this.drafts.delete(key);
    this.show(Math.max(0, this.task.texts.findIndex((text) => text.key === key)));
  }

  /** Decisions go one after the other, each until it is taken or refused. @param {Decision} decision */
  send(decision) {
    const text = this.text;
    this.waiting.set(text.key, decision);
    this.refusals.delete(text.key);
    this.warn("");
    this.drawState();
    this.sent = this.sent.then(() => this.deliver(text, decision));
  }

  /** @param {Text} text @param {Decision} decision */
  async deliver(text, decision) {
    // the one before it was refused: somebody has to look first
    if (this.refusals.has(text.key)) return;
    for (let pause = PAUSE; ; pause = Math.min(LONGEST_PAUSE, pause * 2)) {
      try {
        const { comments, ...now } = await this.store.put(text.key, decision, text.seen);
        return this.taken(text, decision, now, comments);
      } catch (error) {
        if (error instanceof Refused) return this.refused(text, decision, error);
        this.warn(this.say("unsaved", { count: this.waiting.size }));
        await new Promise((then) => setTimeout(then, pause));
      }
    }
  }

  /** @param {Text} text @param {Decision} decision @param {Partial<Text>} now @param {string[]} comments */
  taken(text, decision, now, comments) {
    const { kind, scores = [], cap = false, comment = "" } = decision;
    if (kind === "mark") Object.assign(text, { mine: { scores, cap, points: this.sumOf(scores, cap), comment }, waits: "", elsewhere: null });
    Object.assign(text, now, kind === "stop" && { html: "" });
    this.task.comments = comments;
    if (this.waiting.get(text.key) === decision) this.waiting.delete(text.key);
    if (!this.drafts.get(text.key)?.changed) this.drafts.delete(text.key);
    this.warn("");
    this.drawState();
    this.drawSaved();
  }

  /** What was entered stays; nobody is taken to another text meanwhile. @param {Text} text @param {Decision} decision @param {Refused} error */
  refused(text, { scores = [], cap = false, comment = "" }, error) {
    this.waiting.delete(text.key);
    if (error.now) Object.assign(text, error.now);
    if (text.elsewhere) this.warned.add(text.key);
    const empty = Array(this.task.criteria.length || 1).fill(null);
    // of another text the numbers say nothing
    const kept = text.waits === "anew" ? empty : [...scores];
    this.drafts.set(text.key, { scores: kept, cap: cap && text.waits !== "anew", comment, changed: true });
    this.refusals.set(text.key, error.message);
    if (text === this.text) this.draw();
    else this.drawState();
  }

  reveal() {
    this.revealed = true;
    this.drawMarks();
    this.tell(this.say("revealed"));
    this.answer?.focus();
  }

  /** @param {boolean} on */
  practise(on) {
    this.practice = on;
    this.task.samples.forEach((_, at) => this.drafts.delete(`sample-${at}`));
    this.show(on ? 0 : this.nextUnmarked(-1) ?? 0);
  }

  // ---------------------------------------------------------------- keys

  /** @param {KeyboardEvent} event */
  key(event) {
    if (event.defaultPrevented || this.dialog.open || event.isComposing) return;
    const target = event.target instanceof Element ? event.target : this.root;
    const typing = target.matches(TYPING);
    if (event.key === "Escape") return typing ? this.heading.focus() : this.practice && this.practise(false);
    if (event.key === "Enter") return this.enter(event, target);
    if (typing || !this.keys || event.ctrlKey || event.altKey || event.metaKey) return;
    if (this.shortcut(event.key)) event.preventDefault();
  }

  /** @param {KeyboardEvent} event @param {Element} target */
  enter(event, target) {
    // in a comment it begins a line, and on a button it presses it
    if (!event.ctrlKey && !event.metaKey && target.matches(`textarea, ${PRESSED}`)) return;
    event.preventDefault();
    if (this.practice && this.revealed) return this.at + 1 < this.texts.length ? this.move(1) : this.practise(false);
    this.save();
  }

  /** @param {string} key @returns {boolean} whether it is one of ours */
  shortcut(key) {
    if (/^[0-9]$/.test(key) && !this.hasRubric) {
      this.number?.focus();
      this.number?.select();
      // the digit goes into the field
      return false;
    }
    if (/^[0-3]$/.test(key)) this.set(this.now, Number(key));
    else if (/^[4-9]$/.test(key)) this.insert(Number(key) - FIRST_SAVED);
    else if (key === "ArrowUp" || key === "ArrowDown") this.turn(key === "ArrowUp" ? -1 : 1);
    else if (key === "ArrowLeft") this.move(-1);
    else if (key === "ArrowRight") this.move(1);
    else if (key === "k") this.toggleCap();
    else if (key === "c") this.comment.focus();
    else if (key === "u") this.undo();
    else if (key === "s") this.stop();
    else if (key === "?") this.dialog.showModal();
    else return false;
    return true;
  }

  /** Go to another criterion. @param {number} step */
  turn(step) {
    if (!this.hasRubric) return;
    this.now = Math.max(0, Math.min(this.task.criteria.length - 1, this.now + step));
    this.drawMarks();
    const { key, name } = this.task.criteria[this.now];
    this.tell(`${key} ${plain(name)}`);
  }

  // ---------------------------------------------------------------- what is seen

  build() {
    this.buildKeys();
    const head = h("header", {}, h("h1", {}, this.task.title), this.buildTools(), this.left, this.alert, this.trouble);
    const text = h("section", { class: "text", "aria-labelledby": "where" }, this.buildTurns(), this.state, this.sheet);
    this.root.replaceChildren(head, h("main", {}, this.offer, text, this.form), this.live, this.dialog);
  }

  /** @param {string} word @param {() => unknown} press @param {Record<string, any>} [more] */
  button(word, press, more = {}) {
    return h("button", { type: "button", ...more, onclick: (/** @type {MouseEvent} */ event) => {
      press();
      // whoever points goes on with keys where they were
      if (event.detail && document.activeElement === event.target) this.heading.focus({ preventScroll: true });
    } }, this.say(word));
  }

  buildTools() {
    const { samples } = this.task;
    this.toggle = this.button("keys-on", () => {
      this.keys = !this.keys;
      this.toggle?.setAttribute("aria-pressed", String(this.keys));
    }, { "aria-pressed": "true" });
    return h("div", { class: "tools" },
      samples.length > 0 && this.button("practise", () => this.practise(!this.practice)),
      this.button("undo", () => this.undo()),
      this.store.agreement && this.button("agreement", () => this.showAgreement()),
      this.toggle,
      h("button", { type: "button", onclick: () => this.dialog.showModal() }, this.say("keys")));
  }

  buildTurns() {
    return h("div", { class: "turns" }, this.heading,
      this.button("previous", () => this.move(-1)), this.button("next", () => this.move(1)));
  }

  buildKeys() {
    const rows = this.say("key-list").split("\n").map((row) => row.split(" = "));
    const usable = this.hasRubric ? rows : rows.filter(([key]) => !/^(0|4|k|↑)/.test(key));
    const list = h("dl", {}, ...usable.flatMap(([key, does]) => [h("dt", {}, h("kbd", {}, key)), h("dd", {}, does)]));
    const close = h("form", { method: "dialog" }, h("button", {}, this.say("close")));
    this.dialog.append(this.report, h("h2", { id: "keys" }, this.say("keys")), list, close);
    this.dialog.addEventListener("close", () => this.report.replaceChildren());
  }

  async showAgreement() {
    if (!this.store.agreement) return;
    await this.sent;
    const { criteria, points, apart } = await this.store.agreement();
    const lines = [];
    for (const [what, pairs] of /** @type {const} */ ([["criteria", criteria], ["points", points]])) {
      if (!pairs?.count) continue;
      const kappa = pairs.kappa === null || what === "points" ? "" : this.say("kappa", { kappa: pairs.kappa.toFixed(2) });
      lines.push(`${this.say(`agree-${what}`, { count: pairs.count, exact: pairs.exact, within: pairs.within })} ${kappa}`);
    }
    lines.push(points.count ? this.say("agree-apart", { count: apart }) : this.say("agree-none"));
    this.report.replaceChildren(h("h2", {}, this.say("agreement")), ...lines.map((line) => h("p", {}, line)));
    this.dialog.showModal();
  }

  drawNothing() {
    this.left.textContent = this.say("nobody");
  }

  draw() {
    this.drawOffer();
    this.drawState();
    this.drawSheet();
    this.drawForm();
  }

  where() {
    const values = { number: this.at + 1, count: this.texts.length };
    const who = this.text.who ? ` (${this.text.who})` : "";
    return this.say(this.practice ? "sample" : "where", values) + who;
  }

  drawState() {
    this.heading.textContent = this.where();
    const left = this.task.texts.filter((text) => this.isToMark(text)).length;
    const unsaved = this.waiting.size ? this.say("saving", { count: this.waiting.size }) : this.say("all-saved");
    this.left.textContent = this.practice ? this.say("practice") : `${left ? this.say("left", { count: left }) : this.say("none-left")} ${unsaved}`;
    const parts = this.practice ? [] : this.stateOf(this.text);
    this.state.replaceChildren(...parts.map((part) => h("p", {}, part)));
    this.drawRefusals();
  }

  /** Each decision that was not taken is named, with the way there. */
  drawRefusals() {
    const items = [...this.refusals].map(([key, sentence]) => {
      const at = this.task.texts.findIndex((text) => text.key === key);
      const where = this.say("where", { number: at + 1, count: this.task.texts.length });
      const here = !this.practice && at === this.at;
      return h("p", {}, `${where}: ${sentence} `, !here && h("button", { type: "button", onclick: () => {
        this.practice = false;
        this.show(at);
      } }, this.say("show", { number: at + 1 })));
    });
    this.trouble.replaceChildren(...items);
  }

  /** @param {Text} text @returns {string[]} */
  stateOf(text) {
    const { mine, other, elsewhere } = text, most = figure(this.task.most);
    const points = figure(mine?.points ?? 0);
    const parts = text.words ? [this.say("words", { count: text.words })] : [];
    if (this.waiting.has(text.key)) parts.push(this.say("being-saved"));
    else if (text.waits === "missing") parts.push(this.say("missing"));
    else if (text.waits === "anew") parts.push(this.say("anew", { points }));
    else if (text.waits === "again") parts.push(this.say("again"));
    else if (other) parts.push(this.say("both", { points, theirs: figure(other.points), other: other.marker }));
    else if (mine) parts.push(this.say("marked", { points, most }));
    else if (text.empty) parts.push(this.say("empty"));
    else if (text.waits !== "stopped" && !elsewhere) parts.push(this.say("new"));
    if (other) parts.push(this.compared(text));
    if (elsewhere) parts.push(elsewhere.points === null ? this.say("elsewhere") : this.say("elsewhere-points", { points: figure(elsewhere.points) }));
    if (elsewhere?.comment) parts.push(this.say("elsewhere-comment", { comment: elsewhere.comment }));
    return parts;
  }

  /** Each criterion in which two differ. @param {Text} text */
  compared({ mine, other }) {
    if (!mine || !other) return "";
    const different = this.task.criteria.flatMap(({ key }, at) =>
      mine.scores[at] === other.scores[at] ? [] : [this.say("differ", { key, mine: mine.scores[at], theirs: other.scores[at] })]);
    if (mine.cap !== other.cap) different.push(this.say(mine.cap ? "differ-cap-mine" : "differ-cap-theirs"));
    return different.join(" ");
  }

  drawOffer() {
    const fresh = !this.practice && this.task.samples.length > 0 && this.task.texts.every((text) => !text.mine);
    const { before, notes } = this.task;
    const about = [before, notes].filter(Boolean).map((html) => h("div", { html }));
    this.offer.replaceChildren(...[
      fresh && h("p", {}, `${this.say("first-samples")} `, this.button("practise", () => this.practise(true))),
      about.length > 0 && h("details", {}, h("summary", {}, this.say("before")), ...about),
    ].filter((part) => part instanceof Node));
  }

  drawSheet() {
    const { html, language, waits } = this.text;
    this.stopped = undefined;
    if (waits === "stopped") return this.sheet.replaceChildren(this.drawStopped());
    this.sheet.replaceChildren(html ? frame(html, language, this.where()) : h("p", {}, this.say("no-text")));
  }

  drawStopped() {
    this.stopped = h("h3", { tabindex: -1 }, this.say("stopped"));
    const whose = h("p", { role: "status" });
    const ask = async () => { whose.textContent = this.say("whose", { who: await this.store.who?.(this.text.key) ?? "" }); };
    const agree = h("details", {}, h("summary", {}, this.say(this.text.anew ? "open-new" : "mistake")),
      h("p", {}, this.say(this.text.anew ? "open-new-why" : "mistake-why")), this.button("open", () => this.open()));
    return h("div", { class: "stopped" }, this.stopped, h("div", { html: this.task.stop }),
      this.store.who && h("p", {}, this.button("who", ask)), whose, agree);
  }

  drawForm() {
    const hidden = !this.canMark();
    this.form.hidden = hidden;
    if (hidden) return this.form.replaceChildren();
    this.comment.value = this.draft.comment;
    this.rows = this.task.criteria.map((_, at) => this.drawCriterion(at));
    this.solution = h("div", {});
    this.marks.replaceChildren(...(this.hasRubric ? this.rows.map(({ group }) => group) : [this.drawNumber()]),
      ...(this.task.cap ? [this.drawCap()] : []), this.solution);
    this.form.replaceChildren(h("h2", { id: "marks" }, this.say("marks")), this.marks,
      ...(this.practice ? [] : [h("div", { class: "comment" }, h("label", { for: "comment" }, this.say("comment")), this.comment, this.saved)]),
      h("div", { class: "end" }, this.sum,
        this.button(this.practice ? "compare" : "save", () => this.practice && this.revealed ? this.move(1) : this.save(), { class: "save" }),
        !this.practice && this.button("stop", () => this.stop(), { class: "stop" })));
    this.drawMarks();
    this.drawSaved();
  }

  /** What is entered, in what is there. */
  drawMarks() {
    this.rows.forEach(({ group, buttons, chosen }, at) => {
      const score = this.draft.scores[at], now = at === this.now;
      group.classList.toggle("now", now);
      if (now) group.setAttribute("aria-current", "step");
      else group.removeAttribute("aria-current");
      buttons.forEach((button, place) => button.setAttribute("aria-pressed", String(LEVELS[place] === score)));
      chosen.innerHTML = now || score === null ? "" : this.task.criteria[at].levels[LEVELS.indexOf(score)];
    });
    if (this.box) this.box.checked = this.draft.cap;
    this.solution.replaceChildren(...(this.revealed ? [this.drawAnswer()] : []));
    this.rows[this.now]?.group.scrollIntoView({ block: "nearest" });
    this.sum.textContent = this.say("sum", { points: figure(this.points || 0), most: figure(this.task.most) });
  }

  /** @param {number} at @returns {Row} */
  drawCriterion(at) {
    const { key, name, levels } = this.task.criteria[at];
    const legend = h("h3", { id: `criterion-${key}`, html: `${key}. ${name}` });
    const buttons = LEVELS.map((score, place) => h("button", { type: "button", onclick: (/** @type {MouseEvent} */ event) => {
      this.set(at, score);
      if (event.detail) this.heading.focus({ preventScroll: true });
    } }, h("b", {}, String(score)), " ", h("span", { html: levels[place] })));
    // the buttons say it too
    const chosen = h("p", { class: "chosen", "aria-hidden": "true" });
    const here = (/** @type {Event} */ event) => {
      const target = /** @type {Element} */ (event.target);
      if (this.now === at || (event.type === "focusin" ? !target.matches(":focus-visible") : target.closest("button"))) return;
      this.now = at;
      this.drawMarks();
    };
    const group = h("div", { class: "criterion", role: "group", "aria-labelledby": legend.id, onclick: here, onfocusin: here },
      legend, h("div", { class: "levels" }, ...buttons), chosen);
    return { group, buttons, chosen };
  }

  drawNumber() {
    this.number = h("input", { type: "number", id: "points", min: 0, max: this.task.most, step: "any", inputmode: "decimal", value: this.draft.scores[0], oninput: () => {
      const { value, valueAsNumber } = /** @type {HTMLInputElement} */ (this.number);
      Object.assign(this.draft, { scores: [value === "" ? null : valueAsNumber], changed: true });
      this.sum.textContent = this.say("sum", { points: figure(this.points || 0), most: figure(this.task.most) });
    } });
    return h("p", { class: "number" }, h("label", { for: "points" }, this.say("points", { most: figure(this.task.most) })), " ", this.number);
  }

  drawCap() {
    const { points, html } = /** @type {{points: number, html: string}} */ (this.task.cap);
    this.box = h("input", { type: "checkbox", id: "cap", onclick: () => this.toggleCap() });
    return h("div", { class: "cap" }, this.box, h("label", { for: "cap" }, h("b", {}, this.say("cap", { most: points })), " ", h("span", { html })));
  }

  /** The rubric's own numbers of a sample. */
  drawAnswer() {
    const sample = this.task.samples[this.at];
    const rows = this.task.criteria.map(({ key }, at) => h("tr", {}, h("th", { scope: "row" }, key),
      h("td", {}, String(this.draft.scores[at])), h("td", {}, String(sample.scores[at]))));
    const head = ["criterion", "yours", "rubrics"].map((word) => h("th", { scope: "col" }, this.say(word)));
    this.answer = h("h3", { tabindex: -1 }, sample.title);
    return h("div", { class: "answer" }, this.answer,
      h("table", {}, h("thead", {}, h("tr", {}, ...head)), h("tbody", {}, ...rows)), h("div", { html: sample.why }));
  }

  drawSaved() {
    const { comments } = this.task;
    if (!comments.length) return this.saved.replaceChildren();
    const items = comments.map((text, at) => h("li", { value: at + FIRST_SAVED }, h("button", { type: "button", onclick: () => this.insert(at) }, text)));
    this.saved.replaceChildren(h("h3", {}, this.say("saved")), h("ol", { start: FIRST_SAVED }, ...items));
  }

  /** Have a screen reader say something. @param {string} text */
  tell(text) {
    this.live.textContent = text;
  }

  /** @param {string} text */
  warn(text) {
    this.alert.textContent = text;
  }
}

/** The text of clean markup. @param {string} html */
function plain(html) {
  return new DOMParser().parseFromString(html, "text/html").body.textContent ?? "";
}
