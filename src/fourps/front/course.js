// The page "My course": what this device keeps of a reader's way through the course.
import { look, practise, toldPlay, toldQuiz } from "./attempts.js";
import { later } from "./calendar.js";
import { carrying } from "./carry.js";
import { changeTable } from "./change.js";
import { day } from "./day.js";
import { button, dayText, fill, fold, h, label, put } from "./dom.js";
import { isDone } from "./finished.js";
import { empty, namesOf, readOn } from "./kept.js";
import { next } from "./next.js";
import { onShelf } from "./onshelf.js";
import { keepPanel } from "./panel.js";
import { idOf } from "./record.js";
import { reminderForm } from "./reminder.js";
import { forgetAll, isAnySaved } from "./saved.js";
import { toldStanding } from "./standing.js";
import { KEY, Store } from "./store.js";
import { isDue, programme } from "./weeks.js";

/** @typedef {{kind: "page", name: string, title: string, href: string}} Page */
/** @typedef {{kind: "scenario", href: string, spec: import("./engine.js").Scenario}} Play */
/** @typedef {{kind: "quiz", href: string, spec: import("./marking.js").Quiz}} Quiz */
/** @typedef {{title: string, href: string, parts: (Page | Play | Quiz)[], three: string[]}} Module */
/** @typedef {{href: string, title: string}} Link */
/** @typedef {{modules: Module[], tests: Quiz[], others: Module[], reminder: {test: string, weeks: number}, three: Link | null, start: string}} Course */
/** @typedef {import("./kept.js").Kept} Kept */

// of what is worth doing again
const MOST = 5;

/** What of a module's parts can be finished. @param {Page | Play | Quiz} part @returns {import("./finished.js").Step} */
const step = (part) => part.kind === "page" ? { ...part, id: part.name }
  : { kind: part.kind, id: part.spec.id, title: part.spec.title, href: part.href };

/** @param {Play | Quiz} part @param {Kept} kept */
const lastOf = ({ spec }, { attempts }) => attempts.filter((one) => idOf(one) === spec.id).pop();

/** What the last attempt shows is still to practise. @param {Play | Quiz} part @param {Kept} kept @param {import("./dom.js").Words} words */
function toPractise(part, kept, words) {
  const last = lastOf(part, kept);
  return !last ? "" : part.kind === "scenario" ? practise(part.spec, last, words) : look(part.spec, last, words);
}

/** How much is kept. @param {Kept} kept */
const counted = ({ attempts, stopped, read, asked, drafts }) =>
  ({ attempts: attempts.length, places: Object.keys({ ...stopped, ...drafts }).length, pages: Object.keys(read).length, answers: Object.keys(asked).length });

/**
 * When to take the last test: some weeks after the one before.
 * @param {Course["reminder"]} reminder @param {Kept} kept @param {import("./dom.js").Words} words
 */
function lastTest({ test, weeks }, kept, words) {
  const finished = kept.attempts.filter((one) => idOf(one) === test).pop();
  const why = finished ? fill(words["course-remind-after"], { day: dayText(finished.at), weeks }) : fill(words["course-remind-none"], { weeks });
  return { why, day: later(finished ? finished.at : day(), weeks) };
}

/** What is folded: summary and text. @param {string} title @param {...(Node | string | null)} children */
const more = (title, ...children) => /** @type {HTMLDetailsElement} */ (fold([h("strong", {}, title)], ...children));

class MyCourse {
  /** @param {HTMLElement} mount */
  constructor(mount) {
    /** @type {{spec: Course, words: import("./dom.js").Words}} */
    const { spec, words } = JSON.parse(/** @type {HTMLElement} */ (mount.querySelector("script[type='application/json']")).textContent || "");
    this.spec = spec;
    this.words = words;
    this.level = Number(mount.dataset.level);
    const steps = (/** @type {Module} */ one) => ({ ...one, steps: one.parts.map(step) });
    this.all = spec.modules.map(steps);
    this.apart = spec.others.map(steps);
    this.said = h("p", { role: "status", class: "fp-said" });
    /** @param {string} text */
    this.say = (text) => {
      this.said.textContent = text;
      this.draw();
    };
    this.store = new Store(() => window.localStorage, () => this.say(words["kept-full"]));
    this.way = h("section", { class: "fp-far" });
    this.again = h("section", { class: "fp-worth" });
    this.modules = h("div", { class: "fp-modules" });
    this.tests = h("div", { class: "fp-tests" });
    this.others = h("div");
    this.counts = h("p", {});
    this.paper = h("div", {}, h("p", {}, button(words["course-print"], () => window.print(), { class: "fp-print" })), h("p", { class: "fp-small" }, words["course-print-help"]));
    this.panel = h("div");
    this.erase = more(words["kept-erase"]);
    this.reminder = reminderForm(words, this.say);
    this.carry = carrying(this.store, spec.tests.map((one) => one.spec), words, this.say);
    const page = this.page();
    this.drawPanel();
    this.draw();
    window.addEventListener("storage", (event) => this.written(event));
    /** @type {HTMLElement} */ (mount.querySelector(".fp-text")).hidden = true;
    mount.append(page);
    mount.dataset.ready = "";
  }

  /** @param {string} text */
  heading(text) {
    return h(`h${this.level}`, {}, text);
  }

  page() {
    const { words } = this;
    return h("div", { class: "fp fp-course" }, h("p", { class: "fp-printed" }, fill(words["course-printed"], { day: dayText(day()) })), this.way, this.again,
      this.heading(words["course-practised"]), this.modules,
      h("details", { class: "fp-kept-module" }, h("summary", {}, h("strong", {}, words["course-tests"])), this.tests),
      this.others,
      h("section", { class: "fp-tools" }, this.heading(words["course-kept"]), this.counts, this.panel,
        !onShelf() && this.paper,
        more(words["course-data"], this.carry.el),
        !onShelf() && more(words["course-remind"], h("p", {}, words["course-remind-help"]), this.reminder.form),
        this.erase),
      this.said);
  }

  /** @param {Play | Quiz} part @param {Kept} kept */
  played(part, kept) {
    const { words } = this, own = kept.attempts.filter((one) => idOf(one) === part.spec.id).reverse();
    /** @param {import("./kept.js").KeptAttempt} attempt */
    const tell = (attempt) => part.kind === "scenario"
      ? toldPlay(part.spec, attempt, { words, announce: this.say }) : toldQuiz(part.spec, attempt, { words, announce: this.say });
    const stopped = Object.hasOwn(kept.stopped, part.spec.id);
    const [last, ...earlier] = own;
    return h("li", { class: !last && !stopped && "fp-none" },
      h("a", { href: part.href }, part.spec.title),
      stopped ? ` (${words["course-stopped"]})` : last ? null : ` (${words["course-unplayed"]})`,
      last && tell(last),
      earlier.length > 0 && fold(fill(words["course-earlier"], { count: earlier.length }), ...earlier.map(tell)));
  }

  /** @param {Page} page @param {Kept} kept */
  read(page, kept) {
    const { words } = this, at = readOn(kept, page.name);
    return h("li", { class: !at && "fp-none" }, h("a", { href: page.href }, page.title),
      ` (${at ? fill(words["course-read"], { day: dayText(at) }) : words["course-unread"]})`);
  }

  /** How far one is, and where it goes on. @param {Kept} kept */
  onward(kept) {
    const { spec, words, all } = this, steps = all.flatMap((one) => one.steps), done = steps.filter((one) => isDone(one, kept)).length;
    const course = { modules: all, tests: spec.tests.map(step), others: this.apart, three: spec.three };
    const found = next(course, kept, day()) || (done < steps.length && spec.start ? { word: "start", title: "", href: spec.start } : null);
    const far = fill(words["course-far"], { done, count: steps.length });
    return [h("p", { id: "fp-far", class: "fp-strong" }, far),
      h("progress", { max: steps.length, value: done, "aria-labelledby": "fp-far" }),
      h("p", {}, found ? h("a", { class: "fp-btn", href: found.href }, fill(words[`front-${found.word}`], found)) : done === steps.length && words["course-over"])];
  }

  /** What is worth doing again: questions that come back, then stories and quizzes in which something is to practise. @param {Kept} kept */
  worth(kept) {
    const { spec, words, all } = this, standings = spec.three ? programme(all, kept, day()) : [];
    const played = [...this.apart, ...all].flatMap((one) => one.parts).flatMap((part) =>
      part.kind === "page" ? [] : [{ part, text: toPractise(part, kept, words) }]);
    const found = played.filter(({ text }) => text).sort((one, other) => Number(one.part.kind === "quiz") - Number(other.part.kind === "quiz"));
    const due = standings.some((one) => isDue(one, day()));
    return [this.heading(words["course-again"]),
      spec.three && due && h("p", { class: "fp-due" }, h("a", { href: spec.three.href }, words["front-three"])),
      found.length > 0 && h("ul", {}, ...found.slice(0, MOST).map(({ part, text }) => h("li", {}, h("a", { href: part.href }, part.spec.title), h("span", { class: "fp-small" }, text)))),
      !due && !found.length && h("p", {}, words["course-again-none"]),
      spec.three && standings.some(Boolean) && more(spec.three.title, toldStanding(all, standings, words, day()), h("p", {}, h("a", { href: spec.three.href }, spec.three.title)))];
  }

  /** What belongs to parts that this release does not have. @param {Kept} kept */
  elsewhere(kept) {
    const { words, spec } = this, parts = [...spec.modules, ...spec.others].flatMap((one) => one.parts);
    const ids = new Set([...parts, ...spec.tests].map((one) => one.kind === "page" ? "" : one.spec.id));
    const names = new Set(parts.flatMap((one) => one.kind === "page" ? namesOf(one.name) : []));
    const lost = kept.attempts.filter((one) => !ids.has(idOf(one)))
      .map((one) => h("li", {}, `${label(words, idOf(one))} ${dayText(one.at)}`));
    const gone = Object.entries(kept.read).filter(([name]) => !names.has(name))
      .map(([name, at]) => h("li", {}, `${label(words, name)} ${dayText(at)}`));
    return lost.length + gone.length === 0 ? []
      : [this.heading(words["course-others"]), h("p", {}, words["course-others-help"]), h("ul", {}, ...lost, ...gone)];
  }

  draw() {
    const { spec, words, store } = this, { state, kept: found } = store.look(), kept = found || empty();
    put(this.way, this.onward(kept));
    put(this.again, this.worth(kept));
    const open = [...this.modules.children].map((one) => one.hasAttribute("open"));
    const apart = this.apart.filter(({ steps }) => steps.some((one) => isDone(one, kept)));
    this.modules.replaceChildren(...[...this.all, ...apart].map(({ title, parts }, place) => this.module(title, parts, kept, open[place])));
    this.tests.replaceChildren(changeTable(spec.tests.map((one) => one.spec), kept.attempts, words));
    this.others.replaceChildren(...this.elsewhere(kept));
    this.counts.textContent = state === "kept" ? fill(words["course-counts"], counted(kept)) : "";
    this.erase.hidden = this.paper.hidden = state !== "kept";
    // the question stands open, and so does what follows from a yes; later it is folded
    if (state === "kept" && this.panel.parentElement !== this.erase) {
      this.erase.open = this.panel.isConnected;
      this.erase.append(this.panel);
    } else if (state !== "kept" && this.panel.parentElement === this.erase) this.counts.after(this.panel);
    this.reminder.draw(lastTest(spec.reminder, kept, words));
    this.carry.draw();
  }

  /** @param {string} title @param {(Page | Play | Quiz)[]} parts @param {Kept} kept @param {boolean} open */
  module(title, parts, kept, open) {
    const done = parts.filter((part) => isDone(step(part), kept)).length;
    return h("details", { class: `fp-kept-module${done ? "" : " fp-none"}`, open },
      h("summary", {}, h("strong", {}, title), " ", h("span", { class: "fp-small" }, fill(this.words["course-of"], { done, count: parts.length }))),
      h("ul", {}, ...parts.map((part) => part.kind === "page" ? this.read(part, kept) : this.played(part, kept))));
  }

  drawPanel() {
    const saved = { label: this.words["course-erase-saved"], isThere: isAnySaved, erase: forgetAll };
    this.panel.replaceChildren(keepPanel(this.store, this.words, this.say, () => this.draw(), saved));
  }

  /** In another tab. @param {StorageEvent} event */
  written({ key, newValue }) {
    if (key !== KEY && key !== null) return;
    this.store.overwritten(newValue);
    this.drawPanel();
    this.draw();
  }
}

for (const mount of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-course]"))) new MyCourse(mount);
