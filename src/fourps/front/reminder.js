// A calendar file that reminds the reader of the later test, in words of their own.
import { calendar, later } from "./calendar.js";
import { dayText, fill, h } from "./dom.js";
import { saveFile } from "./panel.js";
import { day } from "./store.js";

const NAME = "reminder.ics";

/** As RFC 4122 writes a random one; `crypto.randomUUID` is not there without TLS. */
function randomId() {
  const digits = [...crypto.getRandomValues(new Uint8Array(16))].map((one) => one.toString(16).padStart(2, "0")).join("");
  return digits.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, "$1-$2-4$3-8$4-$5");
}

/**
 * @param {{test: string, weeks: number}} reminder after which test, and how much later
 * @param {import("./dom.js").Words} words
 * @param {(text: string) => void} announce
 * @returns {{form: HTMLElement, draw: (attempts: import("./kept.js").KeptAttempt[]) => void}}
 */
export function reminderForm({ test, weeks }, words, announce) {
  const title = /** @type {HTMLInputElement} */ (
    h("input", { type: "text", id: "fp-remind-title", value: words["course-remind-default"], required: true, maxlength: 200, autocomplete: "off" }));
  const when = /** @type {HTMLInputElement} */ (h("input", { type: "date", id: "fp-remind-day", required: true, max: "9999-12-31" }));
  const from = h("p", {});
  const save = (/** @type {Event} */ event) => {
    event.preventDefault();
    saveFile(NAME, "text/calendar", calendar(title.value, when.value, randomId(), new Date()));
    announce(fill(words["course-remind-saved"], { name: NAME }));
  };
  const form = h("form", { class: "fp-remind", onsubmit: save },
    from,
    h("p", { class: "fp-row" }, h("label", { for: when.id }, words["course-remind-day"]), when),
    h("p", { class: "fp-row" }, h("label", { for: title.id }, words["course-remind-title"]), title),
    h("p", {}, h("button", { type: "submit" }, words["course-remind-save"])));
  let proposed = "";
  const draw = (/** @type {import("./kept.js").KeptAttempt[]} */ attempts) => {
    const finished = attempts.filter((one) => one.record.startsWith(`fourps1:${test}:`)).pop();
    from.textContent = finished
      ? fill(words["course-remind-after"], { day: dayText(finished.at), weeks })
      : fill(words["course-remind-none"], { weeks });
    // a day that the reader chose stays
    if (when.value === proposed) when.value = proposed = later(finished ? finished.at : day(), weeks);
  };
  return { form, draw };
}
