// Where a hand-in is made: what is still open, the id, records of play, and the file.
import { LONGEST, answerOf, length } from "./answers.js";
import { LARGEST, asText, fileText, fits, pass, pseudonym, save, size } from "./answersfile.js";
import { button, fill, h } from "./dom.js";
import { draft } from "./drafts.js";
import { onShelf } from "./onshelf.js";
import { idOf } from "./record.js";

/** @typedef {import("./exercise.js").Exercise} Exercise */

/** A list that leads to tasks. @param {string} lead @param {HTMLElement[]} boxes */
const leading = (lead, boxes) => boxes.length > 0 && h("div", {}, h("p", {}, lead), h("ul", {}, ...boxes.map((box) =>
  h("li", {}, h("a", { href: `#${box.closest("section")?.id}` }, box.getAttribute("aria-label"))))));

export class HandIn {
  /** @param {Exercise} exercise */
  constructor(exercise) {
    this.exercise = exercise;
    this.words = exercise.words;
    this.id = /** @type {HTMLInputElement} */ (h("input", { type: "text", id: "learner", name: "learner", maxlength: 64, autocomplete: "off",
      autocapitalize: "none", spellcheck: "false", "aria-describedby": "learner-help" }));
    this.shape = h("div", { role: "status" });
    this.records = h("div");
    this.complaint = h("p", { class: "fp-complaint", role: "alert" });
    this.made = h("div", { tabindex: "-1", role: "status", class: "fp-made" });
  }

  /** @returns {HTMLElement[]} */
  parts() {
    const { words } = this;
    const offer = () => {
      this.id.value = pseudonym();
      this.id.dispatchEvent(new Event("change", { bubbles: true }));
    };
    return [
      h("p", {}, words["hand-what"]),
      h("p", { class: "fp-row fp-asking" }, button(words["hand-check"], () => this.look()), onShelf() ? null : button(words["hand-print"], () => window.print())),
      this.shape,
      h("div", { class: "fp-item fp-asking" }, h("label", { for: "learner" }, h("b", {}, words["hand-id"])),
        h("p", { class: "fp-small", id: "learner-help" }, words["hand-id-help"]),
        h("p", { class: "fp-row" }, this.id, button(words["hand-id-offer"], offer))),
      this.records, this.complaint,
      h("p", { class: "fp-row fp-asking" }, button(words["hand-make"], () => this.make(), { class: "fp-main" })),
      this.made,
    ];
  }

  /** Records of play that this device keeps of the module, of one kind or all. @param {string} [kind] */
  kept(kind) {
    const { spec, store } = this.exercise, attempts = store.read()?.attempts || [];
    return attempts.filter((one) => spec.plays.includes(idOf(one)) && (!kind || one.kind === kind)).map(({ record }) => record).slice(-100);
  }

  /** Offer what is kept now. */
  draw() {
    const { words } = this, count = this.kept().length;
    this.records.replaceChildren(...(count ? [h("label", { class: "fp-tick fp-asking" }, h("input", { type: "checkbox", name: "records", "aria-describedby": "records-help" }),
      h("span", {}, fill(words["hand-records"], { count }))), h("p", { class: "fp-small fp-asking", id: "records-help" }, words["hand-records-help"])] : []));
  }

  /** Say of every answer what can be said before it is handed in. */
  look() {
    const { words, exercise } = this, { boxes } = exercise, written = boxes.filter(answerOf);
    const unfit = written.filter((box) => exercise.unfit(box)), open = boxes.filter((box) => box.dataset.kind !== "line" && !written.includes(box));
    for (const box of unfit) exercise.say(box, exercise.unfit(box));
    this.shape.replaceChildren(...[leading(words["hand-open"], open), leading(words["hand-unfit"], unfit),
      written.length > 0 && !unfit.length && h("p", {}, words["hand-fit"])].filter((one) => one instanceof Node));
  }

  /** The answers, or nothing where it was said why there can be no hand-in. */
  answers() {
    const { words, exercise } = this;
    /** @type {Record<string, string>} */
    const answers = {};
    for (const box of exercise.boxes) {
      const answer = answerOf(box), signs = length(answer), title = box.getAttribute("aria-label") || "";
      if (signs > LONGEST) return this.refuse(fill(words["hand-long"], { title, signs: exercise.shown(signs), most: exercise.shown(LONGEST) }), /** @type {HTMLElement | null} */ (box.querySelector("textarea, input")));
      if (answer) answers[box.dataset.answer || ""] = answer;
    }
    if (!Object.keys(answers).length) return this.refuse(words["hand-none"]);
    return fits(this.id.value.trim()) ? answers : this.refuse(words["hand-id-unfit"], this.id);
  }

  /** @param {string} why @param {HTMLElement | null} [where] */
  refuse(why, where) {
    this.complaint.textContent = why;
    where?.focus();
    return null;
  }

  async make() {
    const { words, exercise } = this, { spec } = exercise, now = new Date();
    this.complaint.textContent = "";
    this.made.replaceChildren();
    exercise.draft.save();
    const answers = this.answers();
    if (!answers) return;
    const learner = this.id.value.trim(), given = this.records.querySelector("input:checked") ? this.kept() : [];
    const text = fileText(words["hand-first"], { ...spec, learner, answers, records: given }, now), name = `${spec.exercise}-${learner}.txt`;
    if (size(text) > LARGEST) {
      this.refuse(fill(words["hand-large"], { size: Math.ceil(size(text) / 1024), most: LARGEST / 1024 }));
      return;
    }
    const how = await pass(name, text);
    const time = now.toLocaleString(spec.language === "en" ? "en-GB" : spec.language, { dateStyle: "long", timeStyle: "short" });
    this.made.replaceChildren(
      h("p", { class: "fp-strong" }, how !== "stopped" && fill(words[`hand-${how}`], { name })),
      h("p", {}, fill(words["hand-made"], { time, learner })),
      ...(how === "saved" ? [] : [h("p", { class: "fp-row" }, button(words["hand-save"], () => save(name, text)))]),
      asText(text, words),
      ...(draft(exercise.draft.store, spec.exercise) ? [h("p", {}, words["hand-erase"]), h("p", { class: "fp-row" }, exercise.eraser())] : []));
    this.made.focus();
  }
}
