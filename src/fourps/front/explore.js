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

const ENLARGED = 1.35; // as in fourps.lab.style
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

/** @param {import("./dom.js").Host} host */
export function renderExplore({ model, el }) {
  /** @type {Figure} */
  const figure = model.get("spec");
  /** @type {import("./dom.js").Words} */
  const words = model.get("words");
  const id = `fp-figure-${(figures += 1)}`;
  /** @type {() => number[]} */
  const choice = () => model.get("choice");
  // what tells this figure's controls from those of the next
  const name = /^\S+ \d+(?=[.:])/.exec(figure.caption)?.[0] || figure.caption;
  let highest = figure.size, scale = "";
  const unseen = () => h("span", { class: "fp-unseen" }, `, ${name}`);

  const box = h("div", { class: "fp-frame" });
  // polite: what is said waits until the control itself has been read out
  const alt = h("p", { class: "fp-alt", role: "status" });
  const note = h("p", { class: "fp-scale", role: "status" });
  const told = figure.guess && h("p", { class: "fp-told", tabindex: "-1" });
  const parts = figure.controls.map((control, place) => one(control, place));

  /** What a reader expects, before anything is shown. @param {{ask: string, options: string[], told: string}} guess */
  function asked({ ask, options, told: point }) {
    const inputs = options.map((_, at) => /** @type {HTMLInputElement} */ (h("input", { type: "radio", name: `${id}-guess`, value: at })));
    const box = h("fieldset", { class: "fp-guess" }, h("legend", {}, `${words["figure-guess"]} ${ask}`),
      ...options.map((text, at) => h("label", {}, inputs[at], h("span", {}, text))),
      button(words["figure-show"], () => {
        const at = inputs.findIndex((input) => input.checked);
        const line = /** @type {HTMLElement} */ (told);
        line.textContent = at < 0 ? point : `${fill(words["figure-said"], { guess: options[at] })} ${point}`;
        box.remove();
        el.classList.remove("fp-asks");
        line.focus();
      }, { "aria-label": `${words["figure-show"]}, ${name}` }));
    return box;
  }

  /** @param {Control} control @param {number} place */
  function one(control, place) {
    const own = `${id}-${control.name}`;
    const range = control.kind === "range";
    const input = /** @type {HTMLInputElement | HTMLSelectElement} */ (range
      ? h("input", { id: own, type: "range", min: 0, max: control.options.length - 1, step: 1 })
      : h("select", { id: own }, ...control.options.map((text, at) => h("option", { value: at }, text))));
    // in JupyterLab the arrow keys would lead to the next cell
    input.setAttribute("data-lm-suppress-shortcuts", "true");
    const width = Math.max(...control.options.map((text) => text.length));
    const output = range && h("output", { for: own, "aria-live": "off", style: `min-inline-size:${width}ch` });
    input.addEventListener("input", () => {
      model.set("choice", choice().map((old, at) => (at === place ? Number(input.value) : old)));
      model.save_changes();
    });
    return {
      element: h("div", { class: "fp-control" }, h("label", { for: own }, control.label, unseen()), input, output),
      show() {
        const at = choice()[place];
        input.value = String(at);
        if (!output) return;
        input.setAttribute("aria-valuetext", control.options[at]);
        output.textContent = control.options[at];
      },
    };
  }

  /** @returns {LiveFrame} */
  function frame() {
    if (!figure.frames) return model.get("frame");
    const index = figure.controls.reduce((sum, control, at) => sum * control.options.length + choice()[at], 0);
    return /** @type {LiveFrame} */ (figure.frames[index]);
  }

  /** Keep the room of the highest drawing, so that nothing below jumps, unless a gap would stay. @param {Element} shown */
  function room(shown) {
    const [, , width, height] = (shown.getAttribute("viewBox") || "").split(" ").map(Number);
    if (height && (!highest || height / width > highest[1] / highest[0])) highest = [width, height];
    const [wide, high] = height && highest && highest[1] - height <= GAP ? highest : [width, height];
    box.style.aspectRatio = height ? `${wide} / ${high}` : "";
    box.style.maxInlineSize = height ? `${Math.round(ENLARGED * wide)}px` : "";
  }

  function draw() {
    const now = frame();
    for (const part of parts) part.show();
    const text = now.problem ? `${words["figure-problem"]} ${now.problem}` : now.alt || "";
    box.replaceChildren();
    if (now.svg) {
      const shown = drawing(now.svg);
      // the words beside a drawing say the same; a table says it itself
      if (shown.localName === "svg") shown.setAttribute("aria-hidden", "true");
      // a wide one scrolls in its frame, which the keyboard must reach
      else for (const [key, value] of [["role", "group"], ["tabindex", "0"], ["aria-label", name]]) box.setAttribute(key, value);
      room(shown);
      box.append(shown);
    }
    note.textContent = scale && now.scale && scale !== now.scale ? fill(words["figure-scale"], { scale: now.scale }) : "";
    note.hidden = !note.textContent && !figure.frames?.some((one) => one.scale);
    scale = now.scale || scale;
    alt.classList.toggle("fp-problem", !!now.problem);
    if (alt.textContent !== text) alt.textContent = text;
  }

  el.classList.add("fp", "fp-figure");
  if (figure.guess) el.classList.add("fp-asks");
  el.replaceChildren(h("figure", {}, h("figcaption", {}, figure.caption), figure.guess && asked(figure.guess),
    h("div", { class: "fp-shown" }, told,
      h("div", { class: "fp-controls", role: "group", "aria-label": `${words["figure-choose"]}: ${name}` }, ...parts.map((part) => part.element)),
      note, box, alt,
      figure.data || (figure.table ? fold([words["figure-data"], unseen()], tableOf(figure.table)) : null))));
  const changed = () => figure.frames ? draw() : figure.controls.forEach((_, at) => parts[at].show());
  model.on("change:choice", changed);
  model.on("change:frame", draw);
  draw();
  return () => {
    model.off("change:choice", changed);
    model.off("change:frame", draw);
  };
}
