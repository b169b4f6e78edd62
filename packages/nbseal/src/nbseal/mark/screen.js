// What is seen and heard of the desk.
import { frame, h } from "./parts.js";
import { LEVELS, figure, plain } from "./state.js";

/** @typedef {import("./parts.js").Text} Text */
/** @typedef {import("./parts.js").Agreement} Agreement */
/** @typedef {import("./state.js").State} State */
/** @typedef {{group: HTMLElement, buttons: HTMLButtonElement[], chosen: HTMLElement}} Row */
/**
 * What a person can do.
 * @typedef {object} Acts
 * @property {(step: number) => void} move
 * @property {(at: number) => void} show
 * @property {(criterion: number, score: number) => void} set
 * @property {() => void} toggleCap
 * @property {(at: number) => void} insert
 * @property {() => void} save
 * @property {() => void} stop
 * @property {() => void} open
 * @property {() => void} undo
 * @property {(on: boolean) => void} practise
 * @property {((key: string) => Promise<string>) | undefined} who
 * @property {(() => void) | undefined} agreement
 */

export const FIRST_SAVED = 4;

export class Screen {
  /** @param {State} state @param {Acts} acts @param {HTMLElement} root */
  constructor(state, acts, root) {
    this.state = state;
    this.acts = acts;
    this.root = root;
    /** @type {Row[]} */
    this.rows = [];
    this.heading = h("h2", { tabindex: -1, id: "where" });
    this.notes = h("div", { class: "state" });
    this.sheet = h("div", { class: "sheet" });
    this.live = h("p", { class: "heard", role: "status" });
    this.alert = h("p", { class: "alert", role: "alert" });
    this.trouble = h("div", { class: "alert", role: "alert" });
    this.left = h("p", { class: "left" });
    this.offer = h("div", { class: "offer" });
    this.comment = h("textarea", { id: "comment", rows: 4, maxlength: 4000, oninput: () => { Object.assign(this.state.draft, { comment: this.comment.value, changed: true }); } });
    this.saved = h("div", { class: "saved" });
    this.marks = h("div", { class: "criteria" });
    this.solution = h("div", {});
    this.sum = h("p", { class: "sum" });
    this.dialog = h("dialog", { "aria-labelledby": "dialog" });
    this.form = h("section", { class: "marks", "aria-labelledby": "marks" });
    /** @type {HTMLInputElement | undefined} */
    this.number = undefined;
    /** @type {HTMLInputElement | undefined} */
    this.box = undefined;
    /** @type {HTMLElement | undefined} */
    this.saving = undefined;
    /** @type {HTMLElement | undefined} */
    this.stopped = undefined;
    /** @type {HTMLElement | undefined} */
    this.answer = undefined;
    /** @type {HTMLElement | undefined} */
    this.toggle = undefined;
  }

  build() {
    document.documentElement.lang = this.state.task.language;
    document.title = this.state.say("title", { title: this.state.task.title });
    const head = h("header", {}, h("h1", {}, this.state.task.title), this.buildTools(), this.left, this.alert, this.trouble);
    const text = h("section", { class: "text", "aria-labelledby": "where" }, this.buildTurns(), this.notes, this.sheet);
    this.root.replaceChildren(head, h("main", {}, this.offer, text, this.form), this.live, this.dialog);
  }

  /** @param {string} word @param {() => unknown} press @param {Record<string, any>} [more] */
  button(word, press, more = {}) {
    return h("button", { type: "button", ...more, onclick: (/** @type {MouseEvent} */ event) => {
      press();
      // whoever points goes on with keys where they were
      if (event.detail && document.activeElement === event.target) this.heading.focus({ preventScroll: true });
    } }, this.state.say(word));
  }

  buildTools() {
    const { samples } = this.state.task;
    this.toggle = this.button("keys-on", () => {
      this.state.keys = !this.state.keys;
      this.toggle?.setAttribute("aria-pressed", String(this.state.keys));
    }, { "aria-pressed": "true" });
    return h("div", { class: "tools" },
      samples.length > 0 && this.button("practise", () => this.acts.practise(!this.state.practice)),
      this.button("undo", () => this.acts.undo()),
      this.acts.agreement && this.button("agreement", this.acts.agreement),
      this.toggle,
      h("button", { type: "button", onclick: () => this.showKeys() }, this.state.say("keys")));
  }

  buildTurns() {
    return h("div", { class: "turns" }, this.heading,
      this.button("previous", () => this.acts.move(-1)), this.button("next", () => this.acts.move(1)));
  }

  showKeys() {
    const rows = this.state.say("key-list").split("\n").map((row) => row.split(" = "));
    const usable = this.state.hasRubric ? rows : rows.filter(([key]) => !/^(0|4|k|↑)/.test(key));
    this.open("keys", h("dl", {}, ...usable.flatMap(([key, does]) => [h("dt", {}, h("kbd", {}, key)), h("dd", {}, does)])));
  }

  /** @param {string} title @param {...Node} parts */
  open(title, ...parts) {
    const close = h("form", { method: "dialog" }, h("button", {}, this.state.say("close")));
    this.dialog.replaceChildren(h("h2", { id: "dialog" }, this.state.say(title)), ...parts, close);
    this.dialog.showModal();
  }

  /** @param {Agreement} agreement */
  showAgreement({ criteria, points, apart }) {
    const lines = [];
    for (const [what, pairs] of /** @type {const} */ ([["criteria", criteria], ["points", points]])) {
      if (!pairs?.count) continue;
      const kappa = pairs.kappa === null || what === "points" ? "" : this.state.say("kappa", { kappa: pairs.kappa.toFixed(2) });
      lines.push(`${this.state.say(`agree-${what}`, { count: pairs.count, exact: pairs.exact, within: pairs.within })} ${kappa}`);
    }
    lines.push(points.count ? this.state.say("agree-apart", { count: apart }) : this.state.say("agree-none"));
    this.open("agreement", ...lines.map((line) => h("p", {}, line)));
  }

  drawNothing() {
    this.left.textContent = this.state.say("nobody");
  }

  draw() {
    this.drawOffer();
    this.drawState();
    this.drawSheet();
    this.drawForm();
  }

  drawState() {
    this.heading.textContent = this.state.where();
    const left = this.state.task.texts.filter((text) => this.state.isToMark(text)).length;
    const stops = this.state.task.texts.filter((text) => text.waits === "stopped").length;
    const unsaved = this.state.waiting.size ? this.state.say("saving", { count: this.state.waiting.size }) : this.state.say("all-saved");
    const told = [left ? this.state.say("left", { count: left }) : this.state.say("none-left"), stops && this.state.say("stops", { count: stops }), unsaved];
    this.left.textContent = this.state.practice ? this.state.say("practice") : told.filter(Boolean).join(" ");
    const parts = this.state.practice ? [] : this.stateOf(this.state.text);
    this.notes.replaceChildren(...parts.map((part) => h("p", {}, part)));
    this.drawRefusals();
  }

  /** Each decision that was not taken is named, with the way there. */
  drawRefusals() {
    const items = [...this.state.refusals].map(([key, sentence]) => {
      const at = this.state.task.texts.findIndex((text) => text.key === key);
      const where = this.state.say("where", { number: at + 1, count: this.state.task.texts.length });
      const here = !this.state.practice && at === this.state.at;
      return h("p", {}, `${where}: ${sentence} `, !here && h("button", { type: "button", onclick: () => {
        this.state.practice = false;
        this.acts.show(at);
      } }, this.state.say("show", { number: at + 1 })));
    });
    this.trouble.replaceChildren(...items);
  }

  /** @param {Text} text @returns {string[]} */
  stateOf(text) {
    const { mine, other, elsewhere } = text, most = figure(this.state.task.most);
    const points = figure(mine?.points ?? 0);
    const parts = text.words ? [this.state.say("words", { count: text.words })] : [];
    if (this.state.waiting.has(text.key)) parts.push(this.state.say("being-saved"));
    else if (text.waits === "missing") parts.push(this.state.say("missing"));
    else if (text.waits === "anew") parts.push(this.state.say("anew", { points }));
    else if (text.waits === "again") parts.push(this.state.say("again"));
    else if (other) parts.push(this.state.say("both", { points, theirs: figure(other.points), other: other.marker }));
    else if (mine) parts.push(this.state.say("marked", { points, most }));
    else if (text.empty) parts.push(this.state.say("empty"));
    else if (text.waits !== "stopped" && !elsewhere) parts.push(this.state.say("new"));
    if (other) parts.push(this.compared(text));
    if (elsewhere) parts.push(elsewhere.points === null ? this.state.say("elsewhere") : this.state.say("elsewhere-points", { points: figure(elsewhere.points) }));
    if (elsewhere?.comment) parts.push(this.state.say("elsewhere-comment", { comment: elsewhere.comment }));
    return parts;
  }

  /** Each criterion in which two differ. @param {Text} text */
  compared({ mine, other }) {
    if (!mine || !other) return "";
    const different = this.state.task.criteria.flatMap(({ key }, at) =>
      mine.scores[at] === other.scores[at] ? [] : [this.state.say("differ", { key, mine: mine.scores[at], theirs: other.scores[at] })]);
    if (mine.cap !== other.cap) different.push(this.state.say(mine.cap ? "differ-cap-mine" : "differ-cap-theirs"));
    return different.join(" ");
  }

  drawOffer() {
    const fresh = !this.state.practice && this.state.task.samples.length > 0 && this.state.task.texts.every((text) => !text.mine);
    const { before, notes } = this.state.task;
    const about = [before, notes].filter(Boolean).map((html) => h("div", { html }));
    this.offer.replaceChildren(...[
      fresh && h("p", {}, `${this.state.say("first-samples")} `, this.button("practise", () => this.acts.practise(true))),
      about.length > 0 && h("details", {}, h("summary", {}, this.state.say("before")), ...about),
    ].filter((part) => part instanceof Node));
  }

  drawSheet() {
    const { html, language, waits } = this.state.text;
    this.stopped = undefined;
    if (waits === "stopped") return this.sheet.replaceChildren(this.drawStopped());
    this.sheet.replaceChildren(html ? frame(html, language, this.state.where()) : h("p", {}, this.state.say("no-text")));
  }

  drawStopped() {
    this.stopped = h("h3", { tabindex: -1 }, this.state.say("stopped"));
    const whose = h("p", { role: "status" });
    const ask = async () => { whose.textContent = this.state.say("whose", { who: await this.acts.who?.(this.state.text.key) ?? "" }); };
    const agree = h("details", {}, h("summary", {}, this.state.say(this.state.text.anew ? "open-new" : "mistake")),
      h("p", {}, this.state.say(this.state.text.anew ? "open-new-why" : "mistake-why")), this.button("open", () => this.acts.open()));
    return h("div", { class: "stopped" }, this.stopped, h("div", { html: this.state.task.stop }),
      this.acts.who && h("p", {}, this.button("who", ask)), whose, agree);
  }

  drawForm() {
    const hidden = !this.state.canMark();
    this.form.hidden = hidden;
    if (hidden) return this.form.replaceChildren();
    this.comment.value = this.state.draft.comment;
    this.rows = this.state.task.criteria.map((_, at) => this.drawCriterion(at));
    this.saving = this.button("save", () => this.acts.save(), { class: "save" });
    this.solution = h("div", {});
    this.marks.replaceChildren(...(this.state.hasRubric ? this.rows.map(({ group }) => group) : [this.drawNumber()]),
      ...(this.state.task.cap ? [this.drawCap()] : []), this.solution);
    this.form.replaceChildren(h("h2", { id: "marks" }, this.state.say("marks")), this.marks,
      ...(this.state.practice ? [] : [h("div", { class: "comment" }, h("label", { for: "comment" }, this.state.say("comment")), this.comment, this.saved)]),
      h("div", { class: "end" }, this.sum,
        this.saving,
        !this.state.practice && this.button("stop", () => this.acts.stop(), { class: "stop" })));
    this.drawMarks();
    this.drawSaved();
  }

  /** What is entered, in what is there. */
  drawMarks() {
    this.rows.forEach(({ group, buttons, chosen }, at) => {
      const score = this.state.draft.scores[at], now = at === this.state.now;
      group.classList.toggle("now", now);
      if (now) group.setAttribute("aria-current", "step");
      else group.removeAttribute("aria-current");
      buttons.forEach((button, place) => button.setAttribute("aria-pressed", String(LEVELS[place] === score)));
      chosen.innerHTML = now || score === null ? "" : this.state.task.criteria[at].levels[LEVELS.indexOf(score)];
    });
    if (this.box) this.box.checked = this.state.draft.cap;
    this.solution.replaceChildren(...(this.state.revealed ? [this.drawAnswer()] : []));
    this.rows[this.state.now]?.group.scrollIntoView({ block: "nearest" });
    const act = this.state.revealed ? "next-sample" : "compare";
    if (this.saving) this.saving.textContent = this.state.say(this.state.practice ? act : "save");
    this.sum.textContent = this.state.say("sum", { points: figure(this.state.points || 0), most: figure(this.state.task.most) });
  }

  /** @param {number} at @returns {Row} */
  drawCriterion(at) {
    const { key, name, levels } = this.state.task.criteria[at];
    const legend = h("h3", { id: `criterion-${key}`, html: `${key}. ${name}` });
    const buttons = LEVELS.map((score, place) => h("button", { type: "button", onclick: (/** @type {MouseEvent} */ event) => {
      this.acts.set(at, score);
      if (event.detail) this.heading.focus({ preventScroll: true });
    } }, h("b", {}, String(score)), " ", h("span", { html: levels[place] })));
    // the buttons say it too
    const chosen = h("p", { class: "chosen", "aria-hidden": "true" });
    const here = (/** @type {Event} */ event) => {
      const target = /** @type {Element} */ (event.target);
      if (this.state.now === at || (event.type === "focusin" ? !target.matches(":focus-visible") : target.closest("button"))) return;
      this.state.now = at;
      this.drawMarks();
    };
    const group = h("div", { class: "criterion", role: "group", "aria-labelledby": legend.id, onclick: here, onfocusin: here },
      legend, h("div", { class: "levels" }, ...buttons), chosen);
    return { group, buttons, chosen };
  }

  drawNumber() {
    this.number = h("input", { type: "number", id: "points", min: 0, max: this.state.task.most, step: "any", inputmode: "decimal", value: this.state.draft.scores[0], oninput: () => {
      const { value, valueAsNumber } = /** @type {HTMLInputElement} */ (this.number);
      Object.assign(this.state.draft, { scores: [value === "" ? null : valueAsNumber], changed: true });
      this.sum.textContent = this.state.say("sum", { points: figure(this.state.points || 0), most: figure(this.state.task.most) });
    } });
    return h("p", { class: "number" }, h("label", { for: "points" }, this.state.say("points", { most: figure(this.state.task.most) })), " ", this.number);
  }

  drawCap() {
    const { points, html } = /** @type {{points: number, html: string}} */ (this.state.task.cap);
    this.box = h("input", { type: "checkbox", id: "cap", onclick: () => this.acts.toggleCap() });
    return h("div", { class: "cap" }, this.box, h("label", { for: "cap" }, h("b", {}, this.state.say("cap", { most: points })), " ", h("span", { html })));
  }

  /** The rubric's own numbers of a sample. */
  drawAnswer() {
    const sample = this.state.task.samples[this.state.at];
    const rows = this.state.task.criteria.map(({ key }, at) => h("tr", {}, h("th", { scope: "row" }, key),
      h("td", {}, String(this.state.draft.scores[at])), h("td", {}, String(sample.scores[at]))));
    const head = ["criterion", "yours", "rubrics"].map((word) => h("th", { scope: "col" }, this.state.say(word)));
    this.answer = h("h3", { tabindex: -1 }, sample.title);
    return h("div", { class: "answer" }, this.answer,
      h("table", {}, h("thead", {}, h("tr", {}, ...head)), h("tbody", {}, ...rows)), h("div", { html: sample.why }));
  }

  drawSaved() {
    const { comments } = this.state.task;
    if (!comments.length) return this.saved.replaceChildren();
    const items = comments.map((text, at) => h("li", { value: at + FIRST_SAVED }, h("button", { type: "button", onclick: () => this.acts.insert(at) }, text)));
    this.saved.replaceChildren(h("h3", {}, this.state.say("saved")), h("ol", { start: FIRST_SAVED }, ...items));
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
