// What the organisation that hosts the course filled in for its place. It comes from one file beside the site, `local.css`,
// in which a custom property carries it as data: it is read, bounded and checked, and never run. A model in
// `course/local.py` says the same, and `setup.html` writes the file (`hostfiletext.js`).
import { RecordError } from "./record.js";
import { ID, hasShape, isDay, isTable } from "./shape.js";

/** The most that the file may have, in bytes; a longer one is as if it were not there. */
export const LIMIT = 60_000;
/** The code of a language, or none. */
export const LANGUAGE = /^([a-z]{2,3}(-[A-Za-z0-9]{2,8})*)?$/;
const LOGO = /^data:image\/(png|jpeg|webp);base64,[A-Za-z0-9+/]+=*$/;
// what would break a line, or turn the rest of it about
export const UNSEEN = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/;
// no data at all: what stands for a file with rules of its own
const OTHER = "!!";

/** @typedef {{line: string, second: string}} Line what stands for one question, and the same in the second language, or "" */
/** @typedef {{line: string, second: string, who: string, checked: string}} RuleLine who wrote it (a role), and the day on which it was checked */
/**
 * @typedef {object} Local
 * @property {1} format
 * @property {string} name of the organisation, or ""
 * @property {string} logo a small picture as a `data:` address, or ""
 * @property {string} second the code of the second language, or ""
 * @property {string} saved the day on which the file was written, or ""
 * @property {string} checked the day of the last check, or ""
 * @property {string} next the day of the next check
 * @property {Record<string, Line>} lines by id, as `book/lines.yaml` has them; what is not filled in is not there
 * @property {Record<string, RuleLine>} rules by the id of a rule, as `book/rules.yaml` has them
 */

/** @param {number} most @returns {(value: unknown) => boolean} */
const text = (most) => (value) => typeof value === "string" && value.length <= most && !UNSEEN.test(value);
/** @param {unknown} value */
const isDayOrNone = (value) => value === "" || isDay(value);
/** @param {unknown} value */
const isWritten = (value) => text(600)(value) && /** @type {string} */ (value).trim() !== "";

/** @param {unknown} value @returns {value is Local} */
const isLocal = (value) => hasShape(value, {
  format: (one) => one === 1,
  name: text(120),
  logo: (one) => one === "" || (text(30_000)(one) && LOGO.test(one)),
  second: (one) => text(20)(one) && LANGUAGE.test(one),
  saved: isDayOrNone,
  checked: isDayOrNone,
  next: isDay,
  lines: (one) => isTable(one, ID, (line) => hasShape(line, { line: isWritten, second: text(600) })),
  rules: (one) => isTable(one, ID, (line) => hasShape(line, { line: isWritten, second: text(600), who: text(120), checked: isDayOrNone })),
});

/**
 * Read the data of the property, which stand percent-encoded between quotation marks; what cannot be used is refused.
 * @param {string} encoded
 * @returns {Local}
 */
export function parseLocal(encoded) {
  if (encoded.length > LIMIT) throw new RecordError("local-large");
  let value;
  try {
    value = JSON.parse(decodeURIComponent(encoded));
  } catch {
    throw new RecordError("local-broken");
  }
  if (typeof value?.format === "number" && value.format !== 1) throw new RecordError("local-version");
  if (!isLocal(value)) throw new RecordError("local-broken");
  return value;
}

/** Whether the next check is overdue: then each line counts as not filled in. @param {Local} local @param {string} today */
export const isOverdue = ({ next }, today) => next < today;

/**
 * The value of the property, "" where there is none. The file is loaded into a tree of its own that is never shown, so that
 * whatever else stands in it changes nothing of the page; a browser that lets us look refuses it.
 * @param {string} address
 * @returns {Promise<string>}
 */
function held(address) {
  const unshown = document.createElement("div"), host = document.createElement("div"), link = document.createElement("link");
  unshown.style.display = "none";
  link.rel = "stylesheet";
  host.attachShadow({ mode: "closed" }).append(link);
  unshown.append(host);
  return new Promise((resolve) => {
    /** @param {string} value */
    const end = (value) => { unshown.remove(); resolve(value); };
    link.onerror = () => end("");
    link.onload = () => {
      const value = getComputedStyle(host).getPropertyValue("--fourps-local").trim();
      let rules = 1;
      try {
        rules = link.sheet?.cssRules.length ?? 1;
      } catch {
        // Chromium lets nobody look into a file of a folder
      }
      end(rules > 1 ? OTHER : value);
    };
    link.href = address;
    document.body.append(unshown);
  });
}

/**
 * What the file beside the site says, null where it says nothing; what cannot be used is refused.
 * Where the file is stands in the page's head, if the page shows anything of it.
 * @returns {Promise<Local | null>}
 */
export async function loadLocal() {
  const address = /** @type {HTMLMetaElement | null} */ (document.querySelector("meta[name='fourps-local']"))?.content;
  const value = address ? await held(address) : "";
  return value ? parseLocal(value.slice(1, -1)) : null;
}

/**
 * What the host filled in, or null where there is nothing, or nothing that can be used.
 * @returns {Promise<Local | null>}
 */
export const local = () => loadLocal().catch(() => null);
