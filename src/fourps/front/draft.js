// What is filled in on the page of an exercise: kept on the device after a yes, each control for itself, so that a second tab undoes nothing.
import { every } from "./answers.js";
import { draft, eraseDraft, keepDraft } from "./drafts.js";

/** @typedef {import("./drafts.js").Fields} Fields */
const PAUSE = 300;

/** @param {HTMLElement} list */
const order = (list) => every(list, "[data-letter]").map(({ dataset }) => dataset.letter).join("");

/** What is filled in. @param {HTMLFormElement} form @returns {Fields} */
function read(form) {
  /** @type {Fields} */
  const fields = {};
  for (const { name, value, type, checked } of every(form, "[name]")) {
    const ticks = type === "radio" || type === "checkbox";
    if (ticks ? checked : value) fields[name] = name in fields ? `${fields[name]} ${value}` : value;
  }
  for (const list of every(form, "[data-moved]")) fields[list.dataset.moved] = order(list);
  return fields;
}

/** Fill in. @param {HTMLFormElement} form @param {Fields} fields */
function fill(form, fields) {
  for (const one of every(form, "[name]")) {
    const value = Object.hasOwn(fields, one.name) ? fields[one.name] : "";
    if (one.type === "radio" || one.type === "checkbox") one.checked = value.split(" ").includes(one.value);
    else one.value = value;
  }
  for (const list of every(form, "[data-steps]")) {
    const given = Object.hasOwn(fields, list.dataset.steps) ? fields[list.dataset.steps] : "";
    const steps = every(list, "[data-letter]").sort((one, other) => (one.dataset.letter < other.dataset.letter ? -1 : 1));
    if ([...given].sort().join() === steps.map(({ dataset }) => dataset.letter).join()) {
      steps.sort((one, other) => given.indexOf(one.dataset.letter) - given.indexOf(other.dataset.letter));
      list.dataset.moved = list.dataset.steps;
    } else delete list.dataset.moved;
    list.append(...steps);
  }
}

/** The answers to one exercise, as this device keeps them. */
export class Draft {
  /** @param {HTMLFormElement} form @param {string} exercise @param {import("./store.js").Store} store */
  constructor(form, exercise, store) {
    this.form = form;
    this.exercise = exercise;
    this.store = store;
    /** @type {Fields} what was kept last */
    this.known = {};
    this.timer = 0;
    const soon = () => {
      clearTimeout(this.timer);
      this.timer = window.setTimeout(() => this.save(), PAUSE);
    };
    form.addEventListener("input", soon);
    form.addEventListener("change", soon);
    window.addEventListener("pagehide", () => this.save());
    document.addEventListener("visibilitychange", () => this.save());
  }

  /** Fill in what is kept; say whether anything is. */
  restore() {
    const kept = draft(this.store, this.exercise);
    if (kept) fill(this.form, kept);
    this.known = read(this.form);
    return Boolean(kept);
  }

  /** Keep what changed since. */
  save() {
    const now = read(this.form), names = new Set([...Object.keys(now), ...Object.keys(this.known)]);
    /** @type {Fields} */
    const changed = {};
    for (const name of names) if (now[name] !== this.known[name]) changed[name] = now[name] || "";
    if (Object.keys(changed).length && keepDraft(this.store, this.exercise, changed)) this.known = now;
  }

  /** Forget it here and on the device. */
  erase() {
    clearTimeout(this.timer);
    fill(this.form, {});
    this.known = {};
    eraseDraft(this.store, this.exercise);
  }
}
