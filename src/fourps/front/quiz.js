// The quiz player, for JupyterLab and for static pages alike.
import { controls } from "./controls.js";
import { button, fill, fold, h, paragraphs, recordFold, sourceLine } from "./dom.js";
import { ended } from "./ended.js";
import { feedback, solution } from "./feedback.js";
import { here } from "./rule.js";
import { decodeQuiz, encodeQuiz, most, outcome, summary, whole } from "./marking.js";
import { keepPanel } from "./panel.js";
import { RecordError } from "./record.js";
import { byOutcome, rows } from "./result.js";

/** @typedef {import("./marking.js").Answer} Answer */
/** @typedef {(Node | string | null | undefined | false)[]} Parts */
/** What the tab remembers. @typedef {{record: string, place: number, seed: number, drafts: Record<string, Answer>}} Memory */

const SURE = "3";
let quizzes = 0;

/** One quiz on a page: its questions one after the other, then how they went. */
class Player {
  /** @param {import("./dom.js").Host} host */
  constructor({ model, el, store, tab, practice }) {
    this.model = model;
    this.el = el;
    this.store = store;
    this.tab = tab;
    this.practice = practice;
    /** @type {import("./marking.js").Quiz} */
    this.quiz = model.get("spec");
    /** @type {import("./dom.js").Words} */
    this.words = model.get("words");
    /** @type {import("./result.js").Taught | undefined} */
    this.taught = model.get("taught");
    /** @type {Memory | null | undefined} */
    this.memory = tab?.read();
    this.seed = this.memory?.seed ?? model.get("seed");
    this.names = Object.keys(this.quiz.questions);
    this.id = `fp-quiz-${++quizzes}`;
    this.live = h("div", { role: "status", class: "fp-live" });
    this.screen = h("div", { class: "fp-screen" });
    this.place = 0;
    this.ours = false; // whether the answers are being changed by this player
    /** @type {Record<string, Answer>} what is ticked and not yet given */
    this.drafts = {};
    /** @param {string} text */
    this.announce = (text) => { this.live.textContent = text; };
    /** @param {string} name how a question went */
    this.result = (name) => outcome(this.quiz.questions[name], this.given(name), most(this.quiz));
    this.keepFinished = () => {
      if (this.finished()) {
        store?.finish(this.quiz.id, { kind: "quiz", record: this.record(), result: "done" });
        ended(this.quiz.id);
      } else if (Object.keys(this.tries()).length) store?.stop(this.quiz.id, this.record());
    };
    this.changed = () => { if (!this.ours) this.draw(false); };
    el.classList.add("fp", "fp-player");
    el.replaceChildren(this.live, this.screen);
    model.on("change:tries", this.changed);
    this.restore();
    this.draw(false);
  }

  /** @returns {Record<string, Answer[]>} */
  tries() {
    return this.model.get("tries");
  }

  /** @param {string} name */
  given(name) {
    return this.tries()[name] || [];
  }

  finished() {
    return this.names.every((name) => this.result(name) !== "open");
  }

  record() {
    return encodeQuiz(this.quiz, this.tries());
  }

  remember() {
    const { place, seed, drafts } = this;
    this.tab?.write({ record: this.record(), place, seed, drafts });
  }

  /** @param {Record<string, Answer[]>} next */
  set(next) {
    this.ours = true;
    this.model.set("tries", next);
    this.model.save_changes();
    this.ours = false;
  }

  /** @param {Record<string, Answer[]>} next */
  save(next) {
    this.drafts = {};
    this.set(next);
    this.keepFinished();
  }

  /** Stand where this tab stood before it was loaded again, or where the address leads: to where one stopped. */
  restore() {
    const { tab, quiz: { id } } = this, stopped = tab && location.hash === `#${id}` ? this.store?.stopped(id) : undefined;
    const record = stopped || this.memory?.record;
    if (!record) return;
    try {
      this.set(decodeQuiz(this.quiz, record));
    } catch (error) {
      if (!(error instanceof RecordError)) throw error;
      return; // the quiz has changed since
    }
    this.place = this.unanswered();
    if (stopped) {
      history.replaceState(history.state, "", location.pathname + location.search);
      this.remember();
    } else if (this.memory) ({ place: this.place, drafts: this.drafts } = this.memory);
  }

  /** The first question that is still open. */
  unanswered() {
    return Math.max(0, this.names.findIndex((name) => this.result(name) === "open"));
  }

  /** Take a record line; say what is wrong with one that is none. @param {string} line @param {HTMLElement} complaint */
  take(line, complaint) {
    try {
      this.save(decodeQuiz(this.quiz, line));
      this.turn(this.unanswered());
    } catch (error) {
      if (!(error instanceof RecordError)) throw error;
      complaint.textContent = fill(this.words[error.key], { step: error.step });
    }
  }

  /** @param {number} place */
  turn(place) {
    this.place = place;
    this.draw(true);
  }

  /** @param {string} text */
  heading(text) {
    return h(`h${this.model.get("level")}`, { id: this.id, tabindex: "-1", class: "fp-heading" }, text);
  }

  /** @param {string} text */
  subheading(text) {
    return h(`h${Math.min(6, this.model.get("level") + 1)}`, { class: "fp-subheading" }, text);
  }

  /** What a question is called where it is led to. @param {number} place */
  called(place) {
    return fill(this.words.question, { number: place + 1, count: this.names.length });
  }

  /** @param {number} place */
  link(place) {
    return button(this.called(place), () => this.turn(place), { class: "fp-link" });
  }

  /** @param {string} name @param {Answer} answer @param {HTMLElement} complaint */
  submit(name, answer, complaint) {
    if (!whole(this.quiz.questions[name], answer)) {
      complaint.textContent = this.words.incomplete;
      return;
    }
    this.save({ ...this.tries(), [name]: [...this.given(name), answer] });
    const how = this.result(name), { length } = this.names;
    if (how !== "open") this.practice?.answered(name, how);
    if (this.quiz.test) this.place = this.finished() ? length : Math.min(this.place + 1, length - 1);
    this.draw(true);
  }

  /** @param {string} name @returns {Parts} */
  asking(name) {
    const { words, quiz } = this, question = quiz.questions[name], given = this.given(name);
    const state = this.result(name), done = state !== "open", retry = given.length === 1 && !done;
    // in a test it is said how a question went when all is answered
    const told = done && (!quiz.test || this.finished());
    const last = (given[given.length - 1] || []).slice(question.confidence ? 1 : 0);
    const [box, read] = controls({
      name, question, given, done, told, words, seed: this.seed, group: `${this.id}-${name}`,
      draft: done ? undefined : this.drafts[name], announce: this.announce,
    });
    const complaint = h("p", { class: "fp-complaint", role: "alert" });
    const onsubmit = (/** @type {Event} */ event) => {
      event.preventDefault();
      this.submit(name, read(), complaint);
    };
    const onchange = () => {
      this.drafts = { ...this.drafts, [name]: read() };
      this.remember();
    };
    const verdict = done && !told ? words.answered : state === "first" ? words["right-first"] : state === "second" ? words["right-second"]
      : state === "shown" ? words.shown : retry ? words.retry : "";
    return [
      this.heading(this.called(this.place)),
      verdict ? h("p", { class: `fp-verdict fp-outcome-${state}` }, verdict) : null,
      retry ? feedback(question, last, false, words) : null,
      ...paragraphs(question.text),
      h("form", { onsubmit, onchange, "data-question": name }, box, complaint,
        !done && h("p", { class: "fp-row" }, h("button", { type: "submit", class: "fp-main fp-check" }, words[quiz.test ? "save-answer" : "check"]))),
      ...(told ? [
        this.subheading(words["answer-why"]),
        question.items || question.pairs || question.kind === "reason" ? solution(question, words) : null,
        ...paragraphs(question.why),
        given.length ? feedback(question, last, true, words) : null,
        sourceLine(question.sources, words), ...here(question.rule),
      ] : []),
      this.around(done),
    ];
  }

  /** The buttons that lead to the question before and after. @param {boolean} done */
  around(done) {
    const { words, place } = this, end = this.names.length - 1;
    return h("p", { class: "fp-row fp-tools" },
      place > 0 && button(words["previous-question"], () => this.turn(place - 1), { class: "fp-back" }),
      place < end && button(words["next-question"], () => this.turn(place + 1), { class: `fp-next${done ? " fp-main" : ""}` }),
      place === end && this.finished() && button(words.finish, () => this.turn(end + 1), { class: "fp-main fp-finish" }));
  }

  /** What a test says at its end. @returns {string[]} */
  scores() {
    const { right: good, count, sure, sureRight } = summary(this.quiz, this.tries());
    const { words } = this;
    return [fill(words["test-right"], { right: good, count }), ...(sure ? [fill(words["test-sure"], { right: sureRight, count: sure })] : [])];
  }

  /** The sure answers that were wrong: what one knows wrongly is worth reading first. */
  surelyWrong() {
    const wrong = this.names.filter((name) =>
      this.result(name) !== "first" && this.quiz.questions[name].confidence && (this.tries()[name] || [[]])[0][0] === SURE);
    return wrong.length > 0 && h("div", { class: "fp-surely-wrong" }, h("p", { class: "fp-strong" }, this.words["test-sure-wrong"]),
      h("ul", {}, ...wrong.map((name) => h("li", {}, this.link(this.names.indexOf(name))))));
  }

  /** @returns {Parts} */
  debrief() {
    const { quiz, words, practice } = this;
    return [
      this.heading(words["quiz-done"]),
      ...(quiz.test ? [...this.scores().map((text) => h("p", { class: "fp-strong" }, text)), this.surelyWrong()] : []),
      ...(this.taught ? byOutcome(rows(quiz, this.result), this.taught, words, (text) => this.subheading(text)) : []),
      h("ol", { class: "fp-outcomes" }, ...this.names.map((name, place) => {
        const state = this.result(name);
        return h("li", { class: `fp-outcome-${state}` }, this.link(place),
          `: ${words[`outcome-${state}`]} (${quiz.questions[name].objective})`);
      })),
      ...(practice ? practice.end() : [
        this.store && keepPanel(this.store, words, this.announce, this.keepFinished),
        recordFold(this.record(), words, this.announce),
        h("p", { class: "fp-row" }, button(words.again, () => { this.save({}); this.turn(0); }, { class: "fp-again" })),
      ]),
    ];
  }

  /** Shown on the first screen: go on where one stopped, here or from a pasted record. @returns {Parts} */
  resuming() {
    const { words } = this, field = /** @type {HTMLInputElement} */ (h("input", { type: "text", id: `${this.id}-resume`, autocomplete: "off" }));
    const complaint = h("p", { class: "fp-complaint", role: "alert" }), stopped = this.store?.stopped(this.quiz.id);
    return [
      stopped && h("p", { class: "fp-row" }, button(words.continue, () => this.take(stopped, complaint), { class: "fp-continue" })),
      fold(words.resume,
        h("p", { class: "fp-row" }, h("label", { for: field.id }, words["resume-field"]), field,
          button(words["resume-go"], () => this.take(field.value, complaint))),
        complaint),
    ];
  }

  /** @param {boolean} focus */
  draw(focus) {
    const { el, screen, place, names } = this;
    const parts = place < names.length ? this.asking(names[place]) : this.debrief();
    if (place === 0 && !this.practice && !Object.keys(this.tries()).length) parts.push(...this.resuming());
    screen.replaceChildren(...parts.filter((part) => part instanceof Node));
    el.dataset.place = String(place);
    if (!focus) return;
    this.remember();
    // the focus says only which question it is
    this.announce(screen.querySelector(".fp-verdict")?.textContent || "");
    /** @type {HTMLElement} */ (screen.querySelector(`#${this.id}`)).focus({ preventScroll: true });
    el.scrollIntoView({ block: "start" });
  }
}

/**
 * @param {import("./dom.js").Host} host
 * @returns {() => void} what undoes it
 */
export function renderQuiz(host) {
  const player = new Player(host);
  return () => host.model.off("change:tries", player.changed);
}
