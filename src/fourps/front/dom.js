// Small helpers for the two players. Only textContent is ever set, never markup.

/** @typedef {Record<string, string>} Words */
/** @typedef {{label: string, href?: string}} SourceLink */
/**
 * What both players need of a model: anywidget's in JupyterLab, `host.js`'s in a static page.
 * @typedef {object} Model
 * @property {(name: string) => any} get
 * @property {(name: string, value: any) => void} set
 * @property {() => void} save_changes
 * @property {(event: string, callback: () => void) => void} on
 * @property {(event: string, callback: () => void) => void} off
 */
/**
 * @typedef {object} Host
 * @property {Model} model
 * @property {HTMLElement} el
 * @property {import("./store.js").Store} [store] only where a device can keep something
 * @property {import("./tab.js").Tab} [tab] only where a reload would lose the attempt
 * @property {Practice} [practice] only where questions come back, which are no attempt of their own
 */
/**
 * @typedef {object} Practice
 * @property {(name: string, how: import("./kept.js").How) => void} answered
 * @property {() => Node[]} end what stands below the last answer
 */

/**
 * Make an element.
 * @param {string} tag
 * @param {Record<string, any>} [attributes] `on…` functions listen; true is an empty attribute;
 *   false, null and undefined are left out
 * @param {...(Node | string | null | undefined | false)} children
 * @returns {HTMLElement}
 */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value != null) element.setAttribute(name, String(value));
  }
  for (const child of children) if (child) element.append(child);
  return element;
}

/**
 * Let an element hold these nodes and no others; one that it holds already stays, and need not be laid out again.
 * @param {HTMLElement} element
 * @param {(Node | string | null | undefined | false)[]} parts
 */
export function put(element, parts) {
  const nodes = parts.filter((part) => part instanceof Node);
  for (const old of [...element.childNodes]) if (!nodes.includes(old)) old.remove();
  nodes.forEach((node, place) => {
    if (element.childNodes[place] !== node) element.insertBefore(node, element.childNodes[place] || null);
  });
}

/**
 * A word with what follows a name in the reader's language: a colon, in French after a space.
 * @param {Words} words
 * @param {string} what
 */
export const label = (words, what) => fill(words.label, { what });

/**
 * Fill the braces of a word.
 * @param {string} word
 * @param {Record<string, string | number>} values
 */
export function fill(word, values) {
  return word.replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
}

/** A day such as 2026-11-24 as the page's language writes it. @param {string} at */
export function dayText(at) {
  const { lang } = document.documentElement;
  return new Date(`${at}T00:00`).toLocaleDateString(lang === "en" ? "en-GB" : lang, { dateStyle: "long" });
}

/**
 * One paragraph for each text.
 * @param {string[]} texts
 */
export const paragraphs = (texts) => texts.map((text) => h("p", {}, text));

/**
 * @param {string} label
 * @param {() => void} act
 * @param {Record<string, any>} [attributes]
 */
export const button = (label, act, attributes = {}) =>
  h("button", { type: "button", onclick: act, ...attributes }, label);

/**
 * The sources of a choice or question, as links where the page knows an address; without any it is advice.
 * @param {SourceLink[] | undefined} links
 * @param {Words} words
 */
export function sourceLine(links, words) {
  if (!links?.length) return h("p", { class: "fp-source" }, words.advice);
  const line = h("p", { class: "fp-source" }, `${label(words, links.length > 1 ? words.sources : words.source)} `);
  links.forEach((link, index) => {
    if (index) line.append("; ");
    line.append(link.href ? h("a", { href: link.href }, link.label) : link.label);
  });
  return line;
}

/**
 * A folded part of a screen.
 * @param {string | (string | Node)[]} summary
 * @param {...(Node | string | null)} children
 */
export const fold = (summary, ...children) =>
  h("details", { class: "fp-fold" }, h("summary", {}, ...[summary].flat()), ...children);

/**
 * Copy a text.
 * @param {string} text
 * @param {() => void} select marks it on the page: what is marked is all that can be copied from file://, and in some frames
 */
export async function copy(text, select) {
  select();
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    document.execCommand("copy");
  }
}

/** A text to take along, all of which is marked once one is in it. @param {string} text @param {string} label */
export const taken = (text, label) => h("textarea", { readonly: true, rows: 6, "aria-label": label,
  onfocus: (/** @type {FocusEvent} */ event) => /** @type {HTMLTextAreaElement} */ (event.target).select() }, text);

/**
 * The record line with its copy button.
 * @param {string} record
 * @param {Words} words
 * @param {(text: string) => void} announce
 */
export function recordFold(record, words, announce) {
  const field = /** @type {HTMLInputElement} */ (
    h("input", { type: "text", readonly: true, value: record, class: "fp-record", "aria-label": words.record })
  );
  const copied = async () => {
    await copy(record, () => field.select());
    announce(words.copied);
  };
  return fold(words.record, h("p", {}, words["record-help"]), h("p", { class: "fp-row" }, field, button(words.copy, copied)));
}
