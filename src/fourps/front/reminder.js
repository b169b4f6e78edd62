// A calendar file that reminds the reader of what comes later, in words of their own.
import { calendar } from "./calendar.js";
import { fill, h } from "./dom.js";
import { saveFile } from "./panel.js";

const NAME = "reminder.ics";

/** As RFC 4122 writes a random one; `crypto.randomUUID` is not there without TLS. */
function randomId() {
  const digits = [...crypto.getRandomValues(new Uint8Array(16))].map((one) => one.toString(16).padStart(2, "0")).join("");
  return digits.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, "$1-$2-4$3-8$4-$5");
}

/** The day that is proposed, why, and for how many weeks. @typedef {{why: string, day: string, weeks?: number}} Proposal */

/**
 * @param {import("./dom.js").Words} words
 * @param {(text: string) => void} announce
 * @returns {{form: HTMLElement, draw: (proposal: Proposal) => void}}
 */
export function reminderForm(words, announce) {
  const title = /** @type {HTMLInputElement} */ (
    h("input", { type: "text", id: "fp-remind-title", value: words["course-remind-default"], required: true, maxlength: 200, autocomplete: "off" }));
  const when = /** @type {HTMLInputElement} */ (h("input", { type: "date", id: "fp-remind-day", required: true, max: "9999-12-31" }));
  const from = h("p", {});
  let proposed = "", times = 1;
  const save = (/** @type {Event} */ event) => {
    event.preventDefault();
    saveFile(NAME, "text/calendar", calendar(title.value, when.value, randomId(), new Date(), times));
    announce(fill(words["course-remind-saved"], { name: NAME }));
  };
  const form = h("form", { class: "fp-remind", onsubmit: save },
    from,
    h("p", { class: "fp-row" }, h("label", { for: when.id }, words["course-remind-day"]), when),
    h("p", { class: "fp-row" }, h("label", { for: title.id }, words["course-remind-title"]), title),
    h("p", {}, h("button", { type: "submit" }, words["course-remind-save"])));
  /** @param {Proposal} proposal */
  const draw = ({ why, day, weeks = 1 }) => {
    from.textContent = why;
    times = weeks;
    // a day that the reader chose stays
    if (when.value === proposed) when.value = proposed = day;
  };
  return { form, draw };
}
