// What a learner wrote as Markdown, as HTML that does nothing: every sign of theirs is text, and links lead nowhere.

/** @type {Record<string, string>} */
const ESCAPED = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#x27;" };
/** @param {string} text */
export const escaped = (text) => text.replace(/[&<>"']/g, (sign) => ESCAPED[sign]);

/** @param {string} text @returns {string} */
const inline = (text) => escaped(text)
  .replace(/`([^`\n]+)`/g, "<code>$1</code>")
  .replace(/\*\*([^*\n]+)\*\*/g, "<strong>$1</strong>")
  .replace(/(?<![\w*])\*([^*\n]+)\*(?![\w*])/g, "<em>$1</em>")
  .replaceAll("\n", "<br>");

const HEADING = /^#{1,6} +(.*)$/, BULLET = /^ {0,3}[-*+] +/, NUMBER = /^ {0,3}\d{1,9}[.)] +/, QUOTE = /^ {0,3}> ?/;
// quotations within quotations
const DEEPEST = 5;

/** Lines that belong together: an item goes on in lines without a mark. @param {string[]} lines @param {RegExp} mark */
function items(lines, mark) {
  /** @type {string[]} */
  const found = [];
  for (const line of lines) {
    if (mark.test(line)) found.push(line.replace(mark, ""));
    else found[found.length - 1] += `\n${line.trim()}`;
  }
  return found.map((item) => `<li dir="auto">${inline(item)}</li>`).join("");
}

/** @param {string} text of one block @param {number} depth @returns {string} */
function block(text, depth) {
  const lines = text.split("\n"), [first] = lines, heading = HEADING.exec(first);
  if (heading) {
    const rest = lines.slice(1).join("\n");
    return `<p dir="auto"><strong>${inline(heading[1])}</strong></p>${rest ? block(rest, depth) : ""}`;
  }
  if (BULLET.test(first)) return `<ul>${items(lines, BULLET)}</ul>`;
  if (NUMBER.test(first)) return `<ol start="${parseInt(first, 10)}">${items(lines, NUMBER)}</ol>`;
  if (depth < DEEPEST && lines.every((line) => QUOTE.test(line))) return `<blockquote>${blocks(lines.map((line) => line.replace(QUOTE, "")).join("\n"), depth + 1)}</blockquote>`;
  return `<p dir="auto">${inline(text)}</p>`;
}

/** @param {string} text @param {number} depth @returns {string} */
const blocks = (text, depth) => text.split(/\n[ \t]*\n/).map((one) => one.replace(/^\n+|\s+$/g, "")).filter(Boolean).map((one) => block(one, depth)).join("\n");

/** Lines stay lines, as whoever writes into a form means them. @param {string} text */
export const drawn = (text) => blocks(text.replace(/\r\n?/g, "\n"), 0);
