// Tables that a spreadsheet opens and does not run: as `nbseal.base.spreadsheet` writes them.

/** @typedef {string | number | null} Cell */

// what a spreadsheet takes for the beginning of a formula
const FORMULA = /^[=+\-@\t\r\n]/;

/** @param {Cell} cell */
function written(cell) {
  const text = typeof cell === "string" && FORMULA.test(cell) ? `'${cell}` : String(cell ?? "");
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Rows as CSV, with the mark that Excel looks for. @param {Cell[][]} rows */
export const table = (rows) => `\ufeff${rows.map((row) => `${row.map(written).join(",")}\r\n`).join("")}`;
