// A figure that readers change: a static page carries every frame, a live kernel draws on demand.

import { button, fill, fold, h } from "./dom.js";

/** @typedef {{name: string, kind: "range" | "select", label: string, options: string[]}} Control */
/** @typedef {{svg: string | Element, alt: string, scale?: string}} Frame a drawing, or a table */
/** @typedef {{choice: number[], svg?: string, alt?: string, scale?: string, problem?: string}} LiveFrame */
/** @typedef {{caption: string, columns: string[], rows: string[][]}} Table */
/**
 * @typedef {object} Figure
 * @property {string} caption
 * @property {Control[]} controls
 * @property {Frame[]} [frames] in a static page: the last control moves first
 * @property {[number, number]} [size] width and height of the highest frame
 * @property {{ask: string, options: string[], told: string}} [guess] asked before anything is shown
 * @property {Table} [table] in JupyterLab
 * @property {HTMLElement} [data] the folded table of a static page
 */

const ENLARGED = 1.35; // as in fourps.book.figure
const GAP = 60; // CSS pixels: where a frame is lower by more, no room is kept for the highest
let figures = 0;

/**
 * The drawing or table as an element. It is parsed as XML, never as HTML, and no script in it would run.
 * @param {string | Element} text
 */
function drawing(text) {
  if (typeof text !== "string") return text;
  const root = new DOMParser().parseFromString(text, "application/xml").documentElement;
  if (!["svg", "table"].includes(root.localName)) throw new Error("a frame is neither SVG nor a table");
  return document.importNode(root, true);
}

/** @param {Table} table */
function tableOf(table) {
  const { caption } = table;
  const cells = table.rows.map(([first, ...others]) =>
    h("tr", {}, h("th", { scope: "row" }, first), ...others.map((text) => h("td", {}, text))));
  return h("div", { class: "fp-scroll", role: "group", tabindex: "0", "aria-label": caption },
    h("table", {}, h("caption", {}, caption),
      h("thead", {}, h("tr", {}, ...table.columns.map((text) => h("th", { scope: "col" }, text)))),
      h("tbody", {}, ...cells)));
}

/** One figure on a page or in a notebook: its guess, its controls, its frame and its table. */
class View {
  /** @param {import("./dom.js").Host} host */
  constructor({ model, el }) {
    this.model = model;
    this.el = el;
    /** @type {Figure} */
    this.figure = model.get("spec");
    /** @type {import("./dom.js").Words} */
    this.words = model.get("words");
    this.id = `fp-figure-${(figures += 1)}`;
    const { caption, size, guess, controls } = this.figure;
    // what tells this figure's controls from those of the next
    this.name = /^\S+ \d+(?=[.:])/.exec(caption)?.[0] || caption;
    /** @type {[number, number] | undefined} */
    this.highest = size;
    this.scale = "";
    this.box = h("div", { class: "fp-frame" });
    // polite: what is said waits until the control itself has been read out
    this.alt = h("p", { class: "fp-alt", role: "status" });
    this.note = h("p", { class: "fp-scale", role: "status" });
    this.told = guess && h("p", { class: "fp-told", tabindex: "-1" });
    this.parts = controls.map((control, place) => this.control(control, place));
    this.draw = () => this.drawFrame(); // bound, to be listened with
    this.changed = () => this.figure.frames ? this.draw() : this.parts.forEach((part) => part.show());
  }

  /** @returns {number[]} */
  choice() {
    return this.model.get("choice");
  }

  unseen() {
    return h("span", { class: "fp-unseen" }, `, ${this.name}`);
  }

  build() {
    const { el, words, figure: { caption, guess, data, table } } = this;
    el.classList.add("fp", "fp-figure");
    if (guess) el.classList.add("fp-asks");
    el.replaceChildren(h("figure", {}, h("figcaption", {}, caption), guess && this.asked(guess),
      h("div", { class: "fp-shown" }, this.told,
        h("div", { class: "fp-controls", role: "group", "aria-label": fill(words["figure-choose"], { name: this.name }) }, ...this.parts.map((part) => part.element)),
        this.note, this.box, this.alt,
        data || (table ? fold([words["figure-data"], this.unseen()], tableOf(table)) : null))));
  }

  /** What a reader expects, before anything is shown. @param {{ask: string, options: string[], told: string}} guess */
  asked({ ask, options, told: point }) {
    const { words } = this;
    const inputs = options.map((_, at) => /** @type {HTMLInputElement} */ (h("input", { type: "radio", name: `${this.id}-guess`, value: at })));
    const box = h("fieldset", { class: "fp-guess" }, h("legend", {}, `${words["figure-guess"]} ${ask}`),
      ...options.map((text, at) => h("label", {}, inputs[at], h("span", {}, text))),
      button(words["figure-show"], () => {
        const at = inputs.findIndex((input) => input.checked);
        const line = /** @type {HTMLElement} */ (this.told);
        line.textContent = at < 0 ? point : `${fill(words["figure-said"], { guess: options[at] })} ${point}`;
        box.remove();
        this.el.classList.remove("fp-asks");
        line.focus();
      }, { "aria-label": `${words["figure-show"]}, ${this.name}` }));
    return box;
  }

  /** @param {Control} control @param {number} place */
  control(control, place) {
    const own = `${this.id}-${control.name}`;
    const range = control.kind === "range";
    const input = /** @type {HTMLInputElement | HTMLSelectElement} */ (range
      ? h("input", { id: own, type: "range", min: 0, max: control.options.length - 1, step: 1 })
      : h("select", { id: own }, ...control.options.map((text, at) => h("option", { value: at }, text))));
    // in JupyterLab the arrow keys would lead to the next cell
    input.setAttribute("data-lm-suppress-shortcuts", "true");
    const width = Math.max(...control.options.map((text) => text.length));
    const output = range && h("output", { for: own, "aria-live": "off", style: `min-inline-size:${width}ch` });
    input.addEventListener("input", () => {
      this.model.set("choice", this.choice().map((old, at) => (at === place ? Number(input.value) : old)));
      this.model.save_changes();
    });
    const show = () => {
      const at = this.choice()[place];
      input.value = String(at);
      if (!output) return;
      input.setAttribute("aria-valuetext", control.options[at]);
      output.textContent = control.options[at];
    };
    return { element: h("div", { class: "fp-control" }, h("label", { for: own }, control.label, this.unseen()), input, output), show };
  }

  /** @returns {LiveFrame} */
  frame() {
    const { frames, controls } = this.figure;
    if (!frames) return this.model.get("frame");
    const choice = this.choice();
    const index = controls.reduce((sum, control, at) => sum * control.options.length + choice[at], 0);
    return /** @type {LiveFrame} */ (frames[index]);
  }

  /** Keep the room of the highest drawing, so that nothing below jumps, unless a gap would stay. @param {Element} shown */
  room(shown) {
    const [, , width, height] = (shown.getAttribute("viewBox") || "").split(" ").map(Number);
    if (height && (!this.highest || height / width > this.highest[1] / this.highest[0])) this.highest = [width, height];
    const { box, highest } = this, [wide, high] = height && highest && highest[1] - height <= GAP ? highest : [width, height];
    box.style.aspectRatio = height ? `${wide} / ${high}` : "";
    box.style.maxInlineSize = height ? `${Math.round(ENLARGED * wide)}px` : "";
  }

  drawFrame() {
    const { words, box, note, alt, scale } = this, now = this.frame();
    for (const part of this.parts) part.show();
    const text = now.problem ? `${words["figure-problem"]} ${now.problem}` : now.alt || "";
    box.replaceChildren();
    if (now.svg) {
      const shown = drawing(now.svg);
      // the words beside a drawing say the same; a table says it itself
      if (shown.localName === "svg") shown.setAttribute("aria-hidden", "true");
      // a wide one scrolls in its frame, which the keyboard must reach
      else for (const [key, value] of [["role", "group"], ["tabindex", "0"], ["aria-label", this.name]]) box.setAttribute(key, value);
      this.room(shown);
      box.append(shown);
    }
    note.textContent = scale && now.scale && scale !== now.scale ? fill(words["figure-scale"], { scale: now.scale }) : "";
    note.hidden = !note.textContent && !this.figure.frames?.some((one) => one.scale);
    this.scale = now.scale || scale;
    alt.classList.toggle("fp-problem", !!now.problem);
    if (alt.textContent !== text) alt.textContent = text;
  }
}

/** @param {import("./dom.js").Host} host */
export function renderExplore(host) {
  const { model } = host, view = new View(host);
  view.build();
  model.on("change:choice", view.changed);
  model.on("change:frame", view.draw);
  view.draw();
  return () => {
    model.off("change:choice", view.changed);
    model.off("change:frame", view.draw);
  };
}
