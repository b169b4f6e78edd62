// What is filled in on the page of an exercise, as the answers that its notebook would have.

/** A line that begins with a name. @typedef {HTMLElement} Line */

export const LONGEST = 8000;

/** Signs as Python counts them. @param {string} text */
export const length = (text) => [...text].length;

/** @param {string} text */
export const counted = (text) => (text.match(/\S+/gu) || []).length;

/** Halves of a character, which no file can hold, become question marks. @param {string} text */
export const whole = (text) => text.replace(/\p{Surrogate}/gu, "?");

/** @param {ParentNode} box @param {string} selector @returns {any[]} */
export const every = (box, selector) => [...box.querySelectorAll(selector)];

/** What is filled in of one line; of an order nothing, until somebody says that it is theirs. @param {Line} line */
function filled(line) {
  const mine = /** @type {HTMLInputElement | null} */ (line.querySelector("[data-order]"));
  if (mine) return mine.checked ? every(line, "[data-letter]").map((step) => step.dataset.letter).join(", ") : "";
  const ticked = every(line, ":checked:not(option)");
  return ticked.length ? ticked.map(({ value }) => value).join(", ")
    : every(line, "select, input:not([type=radio], [type=checkbox])").map(({ value }) => value.trim()).filter(Boolean).join(" ");
}

/** A text in Markdown: each part under its title, and lines that end where their writer ended them. @param {HTMLElement} box */
function text(box) {
  const rooms = every(box, "textarea").filter(({ value }) => value.trim());
  return rooms.map(({ value, dataset }) => {
    const lines = value.trim().replace(/([^\n])\n(?!\n)/g, "$1  \n");
    return dataset.part ? `**${dataset.part}**\n\n${lines}` : lines;
  }).join("\n\n");
}

/** An answer as the notebook has it; nothing where nothing is filled in. @param {HTMLElement} box */
export function answerOf(box) {
  if (box.dataset.kind === "text") return whole(text(box));
  const lines = every(box, "[data-line]"), given = lines.map(filled);
  if (!given.some(Boolean)) return "";
  return whole(lines.map(({ dataset }, place) => (dataset.line ? `${dataset.line}: ${given[place]}` : given[place]).trimEnd()).join("\n"));
}
