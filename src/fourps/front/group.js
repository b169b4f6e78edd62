// The group page of whoever runs a course: counts from the files that people gave. Nothing is kept, and nothing is sent.
import { fill, h } from "./dom.js";
import { right, summary } from "./marking.js";
import { together } from "./tests.js";

/** @typedef {import("./marking.js").Quiz} Quiz */
/** @typedef {import("./tests.js").Person} Person */
/** @typedef {{tests: Quiz[], outcomes: Record<string, string>, enough: number, words: import("./dom.js").Words}} Spec */

// in the whole group less is right of what has to be taught again, in per cent
const AGAIN = 60;

/** A share to five per cent, of whole numbers, so that no half of a step depends on the machine. @param {number} part @param {number} all */
const share = (part, all) => 5 * Math.floor((40 * part + all) / (2 * all));

/** How many answers to a test are right, of all. @param {Quiz} quiz @param {Person[]} people */
function rights(quiz, people) {
  const found = people.map((one) => summary(quiz, one[quiz.id]));
  /** @param {"right" | "count"} key */
  const sum = (key) => found.reduce((total, one) => total + one[key], 0);
  return share(sum("right"), sum("count"));
}

/** The share of right answers by outcome. @param {Quiz} quiz @param {Person[]} people @returns {Record<string, number>} */
function byOutcome(quiz, people) {
  /** @type {Record<string, number[]>} */
  const answers = {};
  for (const [name, question] of Object.entries(quiz.questions)) {
    (answers[question.objective] ||= []).push(...people.map((one) => Number(right(question, one[quiz.id][name][0]))));
  }
  return Object.fromEntries(Object.entries(answers).map(([number, all]) => [number, share(all.reduce((sum, one) => sum + one, 0), all.length)]));
}

/**
 * What may be said of a group. By outcome it is said once: beside a second group, that differs by one person, it would say what they answered.
 * @param {Spec} spec @param {Person[]} people
 */
export function counted({ tests, enough }, people) {
  const [first, ...later] = tests;
  /** @param {...Quiz} quizzes */
  const who = (...quizzes) => people.filter((one) => quizzes.every(({ id }) => Object.hasOwn(one, id)));
  const each = tests.map((quiz) => ({ quiz, people: who(quiz).length, right: who(quiz).length < enough ? null : rights(quiz, who(quiz)) }));
  const pairs = later.map((quiz) => {
    const both = who(first, quiz);
    return { quiz, people: both.length, shares: both.length < enough ? null : [rights(first, both), rights(quiz, both)] };
  });
  const [next] = later, both = next ? who(first, next) : [];
  if (both.length < enough) return { each, pairs, outcomes: [], again: [] };
  const before = byOutcome(first, both), after = byOutcome(next, both);
  const numbers = Object.keys(before).filter((number) => number in after).sort((one, other) => Number(one) - Number(other));
  const outcomes = numbers.map((number) => ({ number, before: before[number], after: after[number] }));
  return { each, pairs, outcomes, again: outcomes.filter((one) => one.after < AGAIN).map(({ number }) => number) };
}

/** @param {string[]} head @param {string[][]} rows @param {string} caption */
const table = (head, rows, caption) => h("table", {}, h("caption", {}, caption),
  h("thead", {}, h("tr", {}, ...head.map((one) => h("th", { scope: "col" }, one)))),
  h("tbody", {}, ...rows.map(([first, ...rest]) => h("tr", {}, h("th", { scope: "row" }, first), ...rest.map((one) => h("td", {}, one))))));

class Group {
  /** @param {HTMLElement} mount */
  constructor(mount) {
    /** @type {Spec} */
    this.spec = JSON.parse(/** @type {HTMLElement} */ (mount.querySelector("script")).textContent || "");
    /** @type {{name: string, text: string | null}[]} */
    this.files = [];
    const { words } = this.spec;
    this.out = h("div");
    this.said = h("p", { role: "status" });
    this.chooser = /** @type {HTMLInputElement} */ (h("input", { type: "file", id: "files", multiple: true, accept: ".json,application/json",
      onchange: async () => {
        await this.take([...this.chooser.files || []]);
        this.chooser.value = "";
      } }));
    this.forget = h("button", { type: "button", hidden: true, onclick: () => this.clear() }, words["group-forget"]);
    mount.append(h("p", { class: "drop" }, h("label", { for: "files" }, words["group-choose"]), this.chooser), h("p", {}, this.forget), this.said, this.out);
    // dropped wherever it may be: a browser would leave the page to show the file
    window.addEventListener("dragover", (event) => event.preventDefault());
    window.addEventListener("drop", (event) => {
      event.preventDefault();
      this.take([...event.dataTransfer?.files || []]);
    });
    mount.dataset.ready = "";
  }

  /** @param {File[]} files */
  async take(files) {
    for (const file of files) this.files.push({ name: file.name, text: await file.text().catch(() => null) });
    if (this.files.length) this.draw();
  }

  clear() {
    this.files = [];
    this.said.textContent = this.spec.words["group-forgotten"];
    this.out.replaceChildren();
    this.forget.hidden = true;
    this.chooser.focus();
  }

  draw() {
    const { tests, enough, words } = this.spec, { people, notes } = together(tests, this.files);
    const isEnough = people.length >= enough;
    this.said.textContent = isEnough ? fill(words["group-read"], { files: this.files.length, people: people.length })
      : fill(words["group-few"], { files: this.files.length, enough });
    this.forget.hidden = false;
    const told = notes.map(({ name, other = "", ...error }) => h("li", {}, fill(words[error.key], { name, other })));
    this.out.replaceChildren(...(told.length ? [h("h2", {}, words["group-notes"]), h("ul", {}, ...told)] : []),
      ...(isEnough ? this.results(people) : []));
  }

  /** @param {Person[]} people */
  results(people) {
    const { spec } = this, { words, outcomes: texts } = spec, { each, pairs, outcomes, again } = counted(spec, people);
    const [first] = spec.tests;
    /** @param {number | null | undefined} value */
    const percent = (value) => value == null ? words["group-hidden"] : fill(words["group-percent"], { value });
    /** @param {number} number @param {unknown} isShown */
    const count = (number, isShown) => isShown == null ? words["group-under"] : String(number);
    /** @param {string} number */
    const named = (number) => `${number} ${texts[number] || ""}`.trim();
    return [h("h2", {}, words["group-results"]),
      table([words["change-test"], words["group-people"], words["change-right"]],
        each.map((one) => [one.quiz.title, count(one.people, one.right), percent(one.right)]), words["group-each"]),
      table([words["change-test"], words["group-people"], words["group-before"], words["group-later"]],
        pairs.map(({ quiz, people: number, shares }) => [`${first.title} → ${quiz.title}`, count(number, shares), percent(shares?.[0]), percent(shares?.[1])]), words["group-same"]),
      ...(outcomes.length ? [
        h("h3", {}, words["group-again"]),
        again.length ? h("ul", { class: "again" }, ...again.map((number) => h("li", {}, named(number)))) : h("p", {}, words["group-again-none"]),
        table([words["group-outcome"], words["group-before"], words["group-later"]],
          outcomes.map(({ number, before, after }) => [named(number), percent(before), percent(after)]), words["group-outcomes"])] : []),
      h("p", {}, words["group-chance"])];
  }
}

for (const mount of /** @type {NodeListOf<HTMLElement>} */ (globalThis.document?.querySelectorAll("[data-group]") || [])) new Group(mount);
