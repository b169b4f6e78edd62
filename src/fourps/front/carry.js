// What is kept, in the reader's hands: as a file to carry away, from a file.
import { button, fill, h, taken } from "./dom.js";
import { LIMIT, parse } from "./kept.js";
import { onShelf } from "./onshelf.js";
import { saveFile } from "./panel.js";
import { RecordError } from "./record.js";
import { day } from "./day.js";
import { testsFile } from "./tests.js";

/** @param {Record<string, unknown>} before @param {Record<string, unknown>} after */
const news = (before, after) => Object.keys(after).filter((key) => JSON.stringify(after[key]) !== JSON.stringify(before[key])).length;

/**
 * Add what a file holds.
 * @param {File} file
 * @param {import("./store.js").Store} store
 * @param {import("./dom.js").Words} words
 * @returns {Promise<string>} what came of it, in words
 */
async function take(file, store, words) {
  if (file.size > LIMIT) return words["import-large"];
  let theirs;
  try {
    // one that lies elsewhere, or on a stick that is gone, cannot be read
    const text = await file.text().catch(() => { throw new RecordError("import-unread"); });
    theirs = parse(text);
  } catch (error) {
    if (!(error instanceof RecordError)) throw error;
    return words[error.key];
  }
  const before = store.read();
  if (!store.add(theirs)) return words["kept-full"];
  const after = store.read();
  if (!before || !after) return words["kept-full"];
  const attempts = after.attempts.length - before.attempts.length;
  const places = news(before.stopped, after.stopped) + news(before.drafts, after.drafts), pages = news(before.read, after.read), answers = news(before.asked, after.asked);
  return attempts + places + pages + answers > 0
    ? fill(words["course-added"], { attempts, places, pages, answers }) : words["course-added-none"];
}

/**
 * @param {import("./store.js").Store} store
 * @param {import("./marking.js").Quiz[]} tests
 * @param {import("./dom.js").Words} words
 * @param {(text: string) => void} announce
 * @returns {{el: HTMLElement, draw: () => void}}
 */
export function carrying(store, tests, words, announce) {
  const el = h("div", { class: "fp-carry" }), shown = h("div");
  /** @param {string} name tells nothing of the course @param {string} text */
  const save = (name, text) => {
    saveFile(name, "application/json", text);
    // a frame may let no file out, without a word
    if (onShelf()) shown.replaceChildren(taken(text, name));
    announce(fill(words["course-saved"], { name }));
  };
  const given = () => testsFile(tests, store.read()?.attempts || []);
  const chooser = /** @type {HTMLInputElement} */ (h("input", { type: "file", id: "fp-import", accept: ".json,application/json",
    onchange: async () => {
      const [file] = chooser.files || [];
      if (file) announce(await take(file, store, words));
      chooser.value = "";
    } }));
  const saving = h("div", {}, h("p", {}, words["course-save-help"]),
    h("p", {}, button(words["course-save"], () => save(`notes-${day()}.json`, store.look().text), { class: "fp-export" })));
  const giving = h("div", {}, h("p", {}, words["course-tests-help"]),
    h("p", {}, button(words["course-tests-save"], () => save(`answers-${day()}.json`, given()), { class: "fp-tests-only" })));
  const adding = h("p", { class: "fp-row" }, h("label", { for: chooser.id }, words["course-add"]), chooser);
  const asking = h("p", {}, words["course-add-ask"]);
  const draw = () => {
    const { state, text } = store.look();
    // only what changes, so that what has the focus keeps it
    saving.hidden = !text;
    giving.hidden = !given();
    adding.hidden = state !== "kept";
    asking.hidden = state !== "nothing";
  };
  el.append(saving, giving, shown, adding, asking);
  draw();
  return { el, draw };
}
