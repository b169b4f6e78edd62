// What the desk is made of: its data, small helpers, and the frame that holds what a learner wrote.

/**
 * @typedef {object} Decision
 * @property {"mark" | "stop" | "open"} kind `stop`: a text tells a real case; `open`: that was taken back
 * @property {number[]} [scores] of each criterion; without a rubric one number
 * @property {boolean} [cap]
 * @property {string} [comment]
 * @property {boolean} [over] whether it may replace what another program set, which was said before
 */
/** @typedef {{scores: number[], cap: boolean, points: number, comment: string}} Mark */
/**
 * @typedef {object} Text
 * @property {string} key
 * @property {string} html
 * @property {number} words
 * @property {string} language
 * @property {string} seen handed back with a decision
 * @property {Mark | null} mine
 * @property {"" | "stopped" | "missing" | "anew" | "both" | "again"} waits
 * @property {boolean} [anew] something else was handed in since somebody stopped
 * @property {(Mark & {marker: string}) | null} [other] of another marker, where both have to talk
 * @property {{points: number | null, comment: string} | null} [elsewhere] what another program set
 * @property {boolean} [empty] nothing was written
 * @property {string | null} [who] shown only if somebody asked for ids
 */
/** @typedef {{title: string, html: string, scores: number[], points: number, why: string}} Sample */
/** @typedef {{key: string, name: string, levels: string[]}} Criterion */
/**
 * Texts of the rubric are HTML that is clean.
 * @typedef {object} Task
 * @property {string} title
 * @property {string} language
 * @property {Record<string, string>} words
 * @property {Criterion[]} criteria none: points and a comment
 * @property {{points: number, html: string} | null} cap
 * @property {number} most
 * @property {Sample[]} samples
 * @property {string} before
 * @property {string} notes
 * @property {string} stop
 * @property {string[]} comments that this marker wrote before
 * @property {Text[]} texts
 */
/** @typedef {{count: number, exact: number, within: number, kappa: number | null}} Pairs */
/** @typedef {{criteria: Pairs | null, points: Pairs, apart: number}} Agreement */
/**
 * Where decisions are kept. What `put` gives is laid over the text; it throws `Refused` where a decision was not taken,
 * and whatever else where it could not be: then it is asked again.
 * @typedef {object} Store
 * @property {() => Promise<Task>} load
 * @property {(key: string, decision: Decision, seen: string) => Promise<Partial<Text> & {seen: string, comments: string[]}>} put
 * @property {() => Promise<string | null>} undo gives the key of the text whose mark was taken back
 * @property {(key: string) => Promise<string>} [who]
 * @property {() => Promise<Agreement>} [agreement]
 */

/** A decision that a store did not take. */
export class Refused extends Error {
  /** @param {string} why a sentence @param {Text} [now] the text as it is by now */
  constructor(why, now) {
    super(why);
    this.now = now;
  }
}

/**
 * Make an element.
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Record<string, any>} [attributes] `on…` functions listen; `html` is clean markup
 * @param {...(Node | string | null | undefined | false)} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "html") element.innerHTML = value;
    else if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value != null) element.setAttribute(name, String(value));
  }
  for (const child of children) if (child) element.append(child);
  return element;
}

/**
 * Fill the places of a sentence.
 * @param {string} text
 * @param {Record<string, string | number>} values
 */
export function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (place, name) => String(values[name] ?? place));
}

// in one line: the page's headers name this style by its hash
export const FRAME_STYLE = ":root{color-scheme:light dark}body{margin:0;padding:1px;font:1.0625rem/1.6 system-ui,sans-serif;overflow-wrap:anywhere}img{max-width:100%}pre{white-space:pre-wrap;font:inherit}table{border-collapse:collapse}td,th{border:1px solid;padding:.15rem .4rem}a{text-decoration:underline}";
const FRAME_CSP = "default-src 'none'; img-src data:; style-src 'unsafe-inline'";

/**
 * Make the frame that holds a text: nothing in it runs, nothing is fetched, and no link leads anywhere.
 * @param {string} html
 * @param {string} language
 * @param {string} title
 */
export function frame(html, language, title) {
  const head = `<meta charset=utf-8><meta http-equiv=Content-Security-Policy content="${FRAME_CSP}"><style>${FRAME_STYLE}</style>`;
  const lang = language.replace(/[^\w-]/g, "");
  // its page may be measured, and still runs no script
  const element = h("iframe", { title, sandbox: "allow-same-origin", tabindex: -1, srcdoc: `<!doctype html><html lang="${lang}">${head}<title>-</title><body>${html}` });
  const fit = () => {
    const root = element.contentDocument?.documentElement;
    if (root) element.style.blockSize = `${Math.ceil(root.getBoundingClientRect().height)}px`;
  };
  element.addEventListener("load", () => {
    for (const link of element.contentDocument?.querySelectorAll("a[href]") ?? []) {
      link.append(` (${link.getAttribute("href")})`);
      link.removeAttribute("href");
    }
    fit();
  });
  new ResizeObserver(fit).observe(element);
  return element;
}
