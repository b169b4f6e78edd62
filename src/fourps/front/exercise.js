// The page of an exercise: what a check can say of each answer, a draft after a yes, and the hand-in.
import { LONGEST, answerOf, counted, every, length } from "./answers.js";
import { shapeOf } from "./answershape.js";
import { button, fill, h } from "./dom.js";
import { Draft } from "./draft.js";
import { HandIn } from "./handin.js";
import { marks } from "./mark.js";
import { FILLED, moving } from "./moving.js";
import { onShelf, windowStore } from "./onshelf.js";
import { isRecord } from "./record.js";
import { askFirst, askToErase, refusal } from "./panel.js";
import { inPrint, inReach } from "./room.js";
import { KEY, Store } from "./store.js";

/** @typedef {import("./dom.js").Words} Words */
/**
 * What a page says of its exercise.
 * @typedef {object} Spec
 * @property {string} exercise
 * @property {string} release
 * @property {string} language
 * @property {Record<string, import("./answershape.js").Check[]>} checks by grade_id
 * @property {string[]} plays ids of what is played in its module
 * @property {Words} words
 * @property {Words} said what checks say
 */

/** What is said below an answer. @param {HTMLElement} box */
const shape = (box) => /** @type {HTMLElement} */ (box.querySelector(".fp-shape"));

export class Exercise {
  /** @param {HTMLFormElement} form @param {HTMLElement} mount where the hand-in is made */
  constructor(form, mount) {
    /** @type {Spec} */
    this.spec = JSON.parse(/** @type {HTMLElement} */ (mount.querySelector("script")).textContent || "");
    this.words = this.spec.words;
    this.full = h("p", { class: "fp-complaint", role: "alert" });
    this.live = h("p", { role: "status", class: "fp-live" });
    this.store = new Store(() => window.localStorage, () => { this.full.textContent = this.words["kept-full"]; });
    /** @type {HTMLElement[]} */
    this.boxes = every(form, "[data-answer]");
    this.keep = /** @type {HTMLElement} */ (form.querySelector("[data-keep]"));
    this.handIn = new HandIn(this);
    mount.replaceChildren(...this.handIn.parts());
    this.draft = new Draft(form, this.spec.exercise, onShelf() ? windowStore() : this.store);
    for (const box of this.boxes) this.begin(box);
    this.draft.restore();
    this.filled();
    this.offer();
    window.addEventListener("storage", ({ key }) => { if (key === KEY || key === null) this.offer(); });
    mount.dataset.ready = "";
  }

  /** Let an answer say what its check says: when the reader asks, or leaves the task. @param {HTMLElement} box */
  begin(box) {
    box.querySelector("[data-check]")?.addEventListener("click", () =>
      this.say(box, answerOf(box) ? this.unfit(box) || this.words["task-fits"] : this.words["task-empty"]));
    box.addEventListener("focusout", ({ relatedTarget }) => {
      if (!(relatedTarget instanceof Node && box.contains(relatedTarget))) this.say(box, this.unfit(box));
    });
    for (const room of every(box, "textarea")) room.addEventListener("input", () => this.count(box));
    for (const list of every(box, "[data-steps]")) moving(list, this.words, (text) => { this.live.textContent = text; });
    if (box.dataset.kind === "line") this.takeRecord(box);
    if (box.dataset.kind === "text") inReach(box, this.words["task-again"]);
  }

  /** Offer the record of the story that this device keeps. @param {HTMLElement} box */
  takeRecord(box) {
    const field = /** @type {HTMLInputElement} */ (box.querySelector("input"));
    const last = this.handIn.kept("scenario").pop();
    if (last) field.after(h("p", { class: "fp-row fp-asking" }, button(this.words["task-record-kept"], () => {
      field.value = last;
      field.dispatchEvent(new Event("change", { bubbles: true }));
    })));
  }

  /** @param {HTMLElement} box @param {string} text */
  say(box, text) {
    if (shape(box).textContent !== text) shape(box).textContent = text;
  }

  /** What is wrong with the form of an answer; of an empty one nothing. @param {HTMLElement} box */
  unfit(box) {
    const answer = answerOf(box), signs = length(answer);
    if (signs > LONGEST) return this.long(signs);
    // whether a record ends is seen where it is replayed
    if (box.dataset.kind === "line" && answer && !isRecord(answer)) return this.words["record-damaged"];
    return answer ? shapeOf(this.spec.checks[box.dataset.answer || ""] || [], answer, this.spec.said) : "";
  }

  /** A number as the page's language writes it. @param {number} count */
  shown(count) {
    return count.toLocaleString(this.spec.language);
  }

  /** @param {number} signs */
  long(signs) {
    const { words } = this;
    return fill(words["task-long"], { signs: this.shown(signs), most: this.shown(LONGEST) });
  }

  /** Say how much is written. @param {HTMLElement} box */
  count(box) {
    const signs = length(answerOf(box)), long = signs > LONGEST;
    for (const room of every(box, "textarea")) {
      const line = /** @type {HTMLElement} */ (document.getElementById(`${room.id}-count`));
      line.textContent = long ? this.long(signs) : fill(this.words["task-count"], { words: counted(room.value), signs: this.shown(signs), most: this.shown(LONGEST) });
      line.classList.toggle("fp-complaint", long);
    }
  }

  /** All controls were filled in, or emptied, at once. */
  filled() {
    for (const box of this.boxes) {
      this.count(box);
      this.say(box, "");
      for (const list of every(box, "[data-steps]")) list.dispatchEvent(new Event(FILLED));
    }
  }

  /** Ask whether to keep what is written, or say that it is kept; offer the records that are. */
  offer() {
    const { words, draft: { store } } = this, kept = store.look().state === "kept", lasts = kept && onShelf()?.held !== false;
    const mine = { ...words, "keep-question": words["draft-question"], "keep-yes": words["draft-yes"], "keep-declined": words["draft-declined"], kept: words["draft-kept"] };
    const asked = kept ? null : askFirst(store, mine, (text) => { this.live.textContent = text; }, () => this.draft.save());
    this.keep.replaceChildren(this.live, asked || h("div", { class: "fp-keep" }, h("p", {}, mine[lasts ? "kept" : "keep-declined"]),
      h("p", { class: "fp-row" }, kept ? this.eraser() : button(mine["keep-yes"], () => this.agree(), { class: "fp-agree" }))), this.full);
    this.keep.dataset.ready = "";
    this.handIn.draw();
  }

  /** Say yes after a no. */
  agree() {
    if (!this.store.agree()) this.full.textContent = refusal(this.store, this.words);
    this.draft.save();
    this.offer();
  }

  /** The button that erases the answers to this exercise, after a question. */
  eraser() {
    const { words } = this, mine = { ...words, "erase-question": words["draft-erase-question"], "erase-help": words["draft-erase-help"] };
    return button(words["draft-erase"], () => askToErase(mine, () => {
      this.draft.erase();
      this.filled();
      this.handIn.made.replaceChildren();
      this.live.textContent = words["draft-erased"];
    }), { class: "fp-erase" });
  }
}

const form = document.querySelector("form[data-exercise]"), mount = document.querySelector("[data-handin]");
if (form instanceof HTMLFormElement && mount instanceof HTMLElement) new Exercise(form, mount);
inPrint();
marks();
