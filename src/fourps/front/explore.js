// A figure that readers change: a static page carries every frame, a live kernel draws on demand.

import { fold, h } from "./dom.js";

/** @typedef {{name: string, kind: "range" | "select", label: string, options: string[]}} Control */
/** @typedef {{svg: string | Element, alt: string}} Frame */
/** @typedef {{choice: number[], svg?: string, alt?: string, problem?: string}} LiveFrame */
/**
 * @typedef {object} Figure
 * @property {string} caption
 * @property {Control[]} controls
 * @property {Frame[]} [frames] in a static page: the last control moves first
 * @property {[number, number]} [size] width and height of the highest frame
 * @property {{columns: string[], rows: string[][]}} [table] in JupyterLab
 * @property {HTMLElement} [data] the folded table of a static page
 */

const ENLARGED = 1.6; // CSS pixels for one point of the plot, where there is room
let figures = 0;

/**
 * The drawing as an element. It is parsed as XML, never as HTML, and no script in it would run.
 * @param {string | Element} svg
 */
function drawing(svg) {
  if (typeof svg !== "string") return svg;
  const root = new DOMParser().parseFromString(svg, "image/svg+xml").documentElement;
  if (root.localName !== "svg") throw new Error("a frame is no SVG");
  return document.importNode(root, true);
}

/** @param {{columns: string[], rows: string[][]}} table @param {string} caption */
function tableOf(table, caption) {
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
  let highest = figure.size, longest = "";

  const box = h("div", { class: "fp-frame" });
  // polite: what is said waits until the control itself has been read out
  const said = h("span");
  const alt = h("p", { class: "fp-alt", role: "status" }, said);
  const parts = figure.controls.map((control, place) => one(control, place));

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
      element: h("div", { class: "fp-control" }, h("label", { for: own }, control.label), input, output),
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

  function draw() {
    const now = frame();
    for (const part of parts) part.show();
    const text = now.problem ? `${words["figure-problem"]} ${now.problem}` : now.alt || "";
    if (now.svg) {
      const svg = drawing(now.svg);
      svg.setAttribute("role", "img");
      svg.setAttribute("aria-label", text);
      const [, , width, height] = (svg.getAttribute("viewBox") || "0 0 1 1").split(" ").map(Number);
      if (!highest || height / width > highest[1] / highest[0]) highest = [width, height];
      box.style.aspectRatio = `${highest[0]} / ${highest[1]}`;
      box.style.maxInlineSize = `${Math.round(ENLARGED * highest[0])}px`;
      box.replaceChildren(svg);
    } else {
      box.replaceChildren();
    }
    for (const one of figure.frames || [{ alt: text }]) if (one.alt.length > longest.length) longest = one.alt;
    alt.dataset.longest = longest;
    if (said.textContent !== text) said.textContent = text;
  }

  el.classList.add("fp", "fp-figure");
  el.replaceChildren(
    h("div", { class: "fp-controls", role: "group", "aria-label": words["figure-choose"] }, ...parts.map((part) => part.element)),
    h("figure", {}, h("figcaption", {}, figure.caption), box, alt),
    figure.data || (figure.table ? fold(words["figure-data"], tableOf(figure.table, figure.caption)) : ""),
  );
  const changed = () => figure.frames ? draw() : figure.controls.forEach((_, at) => parts[at].show());
  model.on("change:choice", changed);
  model.on("change:frame", draw);
  draw();
  return () => {
    model.off("change:choice", changed);
    model.off("change:frame", draw);
  };
}
