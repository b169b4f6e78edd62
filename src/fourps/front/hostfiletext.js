// The text of `local.css`, as it is written and read again on `setup.html`; all other pages read the property alone.
import { LIMIT, parseLocal } from "./hostfile.js";
import { RecordError } from "./record.js";

/** @typedef {import("./hostfile.js").Local} Local */
/** The file as it is written; with anything else in it, it is not ours. */
const FILE = /^(?:\/\*[^*]*\*\/)?\s*:root, :host \{ --fourps-local: "([^"\\]*)"; \}\s*$/, NOTHING = /^(?:\/\*[^*]*\*\/)?\s*$/;
const EMPTY = "/* Nothing is filled in. setup.html writes this file. */\n";

/**
 * Read the text of a file; null where nothing is filled in.
 * @param {string} file
 * @returns {Local | null}
 */
export function readLocal(file) {
  if (file.length > LIMIT) throw new RecordError("local-large");
  if (NOTHING.test(file)) return null;
  const held = FILE.exec(file);
  if (!held) throw new RecordError("local-foreign");
  return parseLocal(held[1]);
}

/** The text of the file; null fills nothing in. @param {Local | null} local */
export const writeLocal = (local) => local === null ? EMPTY : `:root, :host { --fourps-local: "${encodeURIComponent(JSON.stringify(local))}"; }\n`;
