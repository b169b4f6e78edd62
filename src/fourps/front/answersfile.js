// The file of a hand-in, which the reader gives to somebody. Nothing here sends anything.
import { h, taken } from "./dom.js";
import { onShelf } from "./onshelf.js";
import { saveFile } from "./panel.js";

export const LARGEST = 131072;
// as `LEARNER` in nbseal/base/handins.py
const LEARNER = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/;
const NAMES = "acacia alba amber aster bora canoa cedro coral delta duna fiora isla lago luna mira nova oasis ora palma rio sola terra vela viola zora".split(" ");

/** @param {string} id */
export const fits = (id) => LEARNER.test(id);

/** A name that is nobody's, and hardly anybody else's. */
export function pseudonym() {
  const [one, other, number] = crypto.getRandomValues(new Uint16Array(3));
  return `${NAMES[one % NAMES.length]}-${NAMES[other % NAMES.length]}-${100 + (number % 900)}`;
}

/**
 * @typedef {object} About
 * @property {string} exercise
 * @property {string} release
 * @property {string} language
 * @property {string} learner
 * @property {Record<string, string>} answers by grade_id
 * @property {string[]} records
 */

/** The file, as `fourps.handin.answers_file` reads it. @param {string} line the first, for whoever opens it @param {About} about @param {Date} now */
export function fileText(line, { exercise, release, language, learner, answers, records }, now) {
  const written = `${now.toISOString().slice(0, 16)}Z`;
  return `${line}\n\n${JSON.stringify({ format: 2, exercise, release, language, learner, written, answers, records }, null, 1)}\n`;
}

/** Bytes of a file. @param {string} text */
export const size = (text) => new TextEncoder().encode(text).length;

/** Put the file into the folder for downloads. @param {string} name @param {string} text */
export const save = (name, text) => saveFile(name, "text/plain", text);

/**
 * Hand the file to what the device offers: its sheet for passing on, or the folder for downloads.
 * @param {string} name
 * @param {string} text
 * @returns {Promise<"shared" | "saved" | "stopped">}
 */
export async function pass(name, text) {
  const files = [new File([text], name, { type: "text/plain" })];
  if (navigator.canShare?.({ files })) {
    try {
      await navigator.share({ files });
      return "shared";
    } catch (error) {
      // the reader closed it: whatever else went wrong, there is the folder
      if (error instanceof DOMException && error.name === "AbortError") return "stopped";
    }
  }
  save(name, text);
  return "saved";
}

/** The file as a text to copy: it stands open where a frame may let no file out. @param {string} text @param {import("./dom.js").Words} words */
export const asText = (text, words) => h("details", { class: "fp-fold", open: Boolean(onShelf()) }, h("summary", {}, words["hand-copy"]),
  taken(text, words["hand-text"]));
