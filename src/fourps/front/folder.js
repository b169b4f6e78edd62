// The marking desk of a release: hand-ins from a folder, part 1 by the key, written tasks at the desk, feedback as files.
import { button, fill, h, label } from "./dom.js";
import { day } from "./day.js";
import { desk } from "./desk.js";
import { drawn } from "./drawn.js";
import { feedback, marksOf, marksTable } from "./givenout.js";
import { FolderStore } from "./folderstore.js";
import { Log, LogError } from "./log.js";
import { openAll } from "./opened.js";
import { zip } from "./zip.js";

/** @typedef {import("./opened.js").Opened} Opened */
/**
 * @typedef {object} FolderSpec
 * @property {import("./dom.js").Words} words
 * @property {string} template of feedback
 * @property {string} language
 * @property {Record<string, string>} desk what the desk says
 * @property {Record<string, {all: Record<string, string>, tasks: Record<string, Record<string, any>>}>} rubrics by exercise
 */

const KEPT = "fourps-desk";

/** @param {Blob} blob @param {string} name */
function give(blob, name) {
  const url = URL.createObjectURL(blob);
  h("a", { href: url, download: name }).click();
  // the browser reads it after this turn
  setTimeout(() => URL.revokeObjectURL(url), 60000);
}

/** A field for files, which can take the same ones again. @param {string} id @param {string} label @param {Record<string, any>} attributes @param {(files: File[]) => Promise<void>} take */
function chooser(id, label, attributes, take) {
  const input = /** @type {HTMLInputElement} */ (h("input", { type: "file", id, ...attributes, onchange: async () => {
    await take([...input.files || []]);
    input.value = "";
  } }));
  return h("p", { class: "choose" }, h("label", { for: id }, label), input);
}

/** @param {string} id @param {string} title @param {...(Node | false)} children */
const part = (id, title, ...children) => h("section", { "aria-labelledby": id }, h("h2", { id }, title), ...children);

class Folder {
  /** @param {HTMLElement} mount @param {HTMLElement} root of the desk @param {import("./opened.js").Spec & FolderSpec} spec @param {Log} log */
  constructor(mount, root, spec, log) {
    this.root = root;
    this.spec = spec;
    this.log = log;
    /** @type {Opened[]} */
    this.opened = [];
    this.task = "";
    /** @type {Awaited<ReturnType<typeof desk>> | null} */
    this.desk = null;
    this.said = h("p", { role: "status", id: "said" });
    this.refused = h("div");
    let pointed = false;
    this.choice = /** @type {HTMLSelectElement} */ (h("select", { id: "task",
      onpointerdown: () => { pointed = true; }, onkeydown: () => { pointed = false; }, onchange: async () => {
        await this.choose(this.choice.value);
        // whoever looks through the list by keys stays in it; whoever pointed goes on with the keys of the desk
        if (!pointed) this.choice.focus();
      } }));
    this.choosing = h("p", { class: "choose", hidden: true }, h("label", { for: "task" }, spec.words["folder-task"]), this.choice);
    this.kept = h("p", { id: "kept" });
    this.done = h("p", { role: "status", id: "done" });
    this.told = /** @type {HTMLInputElement} */ (h("input", { type: "checkbox", id: "told" }));
    this.gave = h("p", { role: "status", id: "gave" });
    this.fold = /** @type {HTMLDetailsElement} */ (h("details", { open: true }, h("summary", {}, spec.words["folder-files-fold"]),
      this.opening(), this.keeping(), this.giving()));
    const save = button(spec.words["folder-save"], () => this.save(), { id: "save" });
    mount.append(this.fold, h("div", { class: "strip" }, this.choosing, this.kept, h("p", {}, save)), this.done);
    log.changed = () => {
      this.count();
      // what was saved has not all of it any more
      if (log.unsaved) this.done.textContent = "";
    };
    addEventListener("beforeunload", (event) => { if (this.log.unsaved) event.preventDefault(); });
    this.count();
    mount.dataset.ready = "";
  }

  opening() {
    const { words } = this.spec, several = { multiple: true, accept: ".txt,text/plain" };
    /** @param {File[]} files what else a folder has is not meant */
    const those = (files) => this.take(files.filter(({ name }) => name.toLowerCase().endsWith(".txt")));
    return part("open", words["folder-open"], chooser("files", words["folder-files"], several, (files) => this.take(files)),
      "webkitdirectory" in HTMLInputElement.prototype && chooser("folder", words["folder-folder"], { webkitdirectory: true }, those),
      this.said, this.refused);
  }

  keeping() {
    const { words } = this.spec, file = { accept: ".json,application/json" };
    return part("keep", words["folder-where"], h("p", {}, words["folder-where-kept"]), h("p", {}, words["folder-where-browser"]),
      chooser("mine", words["folder-mine"], file, ([one]) => this.restore(one, true)),
      chooser("theirs", words["folder-theirs"], file, ([one]) => this.restore(one, false)));
  }

  giving() {
    const { words } = this.spec, label = h("label", { for: "told" }, words["folder-told"]);
    return part("give", words["folder-give"], h("p", {}, words["folder-give-help"]), h("p", { class: "tick" }, this.told, label),
      h("p", {}, button(words["folder-give-do"], () => this.give(), { id: "out" })), this.gave);
  }

  /** @param {File[]} files */
  async take(files) {
    const { words } = this.spec, { opened, refused, noted } = await openAll(this.spec, this.opened, files);
    this.opened = opened;
    this.said.textContent = fill(words["folder-opened"], { count: opened.length });
    this.refused.replaceChildren(...this.notes(words["folder-refused"], refused), ...this.notes(words["folder-noted"], noted));
    // what is said of a file is read first
    this.fold.open = refused.length + noted.length > 0 || !opened.length;
    await this.offer();
  }

  /** @param {string} title @param {import("./opened.js").Note[]} notes */
  notes(title, notes) {
    const { words } = this.spec, items = notes.map((error) => h("li", {}, h("bdi", {}, error.file), `${label(words, "")} ${fill(words[error.key], error.values)}`));
    return items.length ? [h("p", {}, h("strong", {}, title)), h("ul", {}, ...items)] : [];
  }

  /** What was written in a cell of an exercise; who wrote the same gets the same marks. @param {string} name */
  texts(name) {
    const [exercise, cell] = name.split("/"), /** @type {Map<string, import("./folderstore.js").Opened>} */ texts = new Map();
    for (const { answers, language, learner, texts: { [cell]: key } } of this.opened.filter((one) => one.exercise === exercise)) {
      const known = key && texts.get(key), text = answers[cell];
      if (known) known.who += `, ${learner}`;
      else if (key) texts.set(key, { key, html: drawn(text), words: text.split(/\s+/).filter(Boolean).length, language, who: learner });
    }
    return [...texts.values()];
  }

  /** @param {string} name */
  store(name) {
    const [assignment, cell] = name.split("/"), { language, desk: words, rubrics } = this.spec;
    const { all, tasks } = rubrics[assignment];
    const task = /** @type {any} */ ({ ...all, ...tasks[cell], assignment, cell, language, words });
    return new FolderStore(this.log, task, this.texts(name));
  }

  /** Offer the tasks for which somebody wrote something. */
  async offer() {
    const { exercises, language } = this.spec;
    const names = Object.entries(exercises).flatMap(([exercise, { written }]) => Object.keys(written).map((cell) => `${exercise}/${cell}`))
      .filter((name) => this.texts(name).length);
    this.choosing.hidden = !names.length;
    this.choice.replaceChildren(...names.map((name) => {
      const [exercise, cell] = name.split("/"), { title, tasks } = exercises[exercise].languages[language];
      return h("option", { value: name }, `${title}: ${tasks[cell].title}`);
    }));
    // whoever adds a hand-in stays at the task
    if (names.length) await this.choose(names.includes(this.task) ? this.task : names[0]);
  }

  /** @param {string} name */
  async choose(name) {
    await this.desk?.sent;
    const isLost = this.desk?.state.isUnsaved() && !confirm(this.spec.words["folder-unfinished"]);
    if (!isLost) this.task = name;
    this.choice.value = this.task;
    if (isLost) return;
    await this.desk?.close();
    this.desk = await desk(this.store(name), this.root);
  }

  count() {
    const { words } = this.spec, { count, unsaved } = this.log;
    this.kept.textContent = fill(words[this.log.database ? "folder-kept" : "folder-unkept"], { count, unsaved });
  }

  async save() {
    const name = `marking-${day()}.json`, count = this.log.rows.length;
    give(new Blob([this.log.text()], { type: "application/json" }), name);
    await this.log.saved(count);
    this.done.textContent = fill(this.spec.words["folder-saved"], { name });
  }

  /** @param {File | undefined} file @param {boolean} own */
  async restore(file, own) {
    if (!file) return;
    const { words } = this.spec;
    try {
      const count = await this.log.take(await file.text(), own);
      this.done.textContent = fill(words["folder-taken"], { count });
    } catch (error) {
      this.done.textContent = error instanceof LogError ? words[`marks-${error.key}`] : words["handin-unread"];
    }
    if (this.task) await this.choose(this.task);
  }

  /** One file for each exercise. */
  give() {
    const { spec } = this, names = [...new Set(this.opened.map(({ exercise }) => exercise))];
    let waiting = 0;
    for (const exercise of names) {
      const opened = this.opened.filter((one) => one.exercise === exercise);
      const stores = Object.fromEntries(Object.keys(spec.exercises[exercise].written).map((cell) => [cell, this.store(`${exercise}/${cell}`)]));
      /** @param {string} cell @param {string} key */
      const decided = (cell, key) => stores[cell].decided(key);
      waiting += opened.flatMap((one) => marksOf(spec, one, decided)).filter(({ state }) => state === "waits").length;
      const pages = opened.map((one) => /** @type {[string, string]} */ ([`feedback-${one.learner}.html`, feedback(spec, spec.template, one, decided, this.told.checked)]));
      give(zip([["marks.csv", marksTable(spec, opened, decided, spec.words)], ...pages]), `${exercise}-feedback.zip`);
    }
    const files = names.map((exercise) => `${exercise}-feedback.zip`).join(", ");
    this.gave.textContent = files ? fill(spec.words["folder-gave"], { names: files, count: waiting }) : spec.words["folder-gave-none"];
  }
}

const mount = /** @type {HTMLElement | null | undefined} */ (globalThis.document?.querySelector("[data-folder]"));
const root = globalThis.document?.getElementById("desk");
if (mount && root) {
  const spec = JSON.parse(mount.querySelector("script")?.textContent || "");
  Log.open(KEPT).then((log) => new Folder(mount, root, spec, log));
}
