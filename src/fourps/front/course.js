// The page "My course": what this device keeps of a reader's way through the course.
import { toldPlay, toldQuiz } from "./attempts.js";
import { later } from "./calendar.js";
import { carrying } from "./carry.js";
import { changeTable } from "./change.js";
import { dayText, fill, fold, h, label } from "./dom.js";
import { empty, namesOf, readOn } from "./kept.js";
import { keepPanel } from "./panel.js";
import { idOf } from "./record.js";
import { reminderForm } from "./reminder.js";
import { forgetAll, isAnySaved } from "./saved.js";
import { toldStanding } from "./standing.js";
import { KEY, Store, day } from "./store.js";
import { programme } from "./weeks.js";

/** @typedef {{kind: "page", name: string, title: string, href: string}} Page */
/** @typedef {{kind: "scenario", href: string, spec: import("./engine.js").Scenario}} Play */
/** @typedef {{kind: "quiz", href: string, spec: import("./marking.js").Quiz}} Quiz */
/** @typedef {{title: string, parts: (Page | Play | Quiz)[], three: string[]}} Module */
/** @typedef {{href: string, title: string}} Link */
/** @typedef {{modules: Module[], tests: Quiz[], reminder: {test: string, weeks: number}, three: Link | null}} Course */
/** @typedef {import("./kept.js").Kept} Kept */

/** What of a module's parts can be finished. @param {Page | Play | Quiz} part @returns {import("./finished.js").Step} */
const step = (part) => part.kind === "page" ? { ...part, id: part.name }
  : { kind: part.kind, id: part.spec.id, title: part.spec.title, href: part.href };

/**
 * When to take the last test: some weeks after the one before.
 * @param {Course["reminder"]} reminder @param {Kept} kept @param {import("./dom.js").Words} words
 */
function lastTest({ test, weeks }, kept, words) {
  const finished = kept.attempts.filter((one) => idOf(one) === test).pop();
  const why = finished ? fill(words["course-remind-after"], { day: dayText(finished.at), weeks }) : fill(words["course-remind-none"], { weeks });
  return { why, day: later(finished ? finished.at : day(), weeks) };
}

class MyCourse {
  /** @param {HTMLElement} mount */
  constructor(mount) {
    /** @type {{spec: Course, words: import("./dom.js").Words}} */
    const { spec, words } = JSON.parse(/** @type {HTMLElement} */ (mount.querySelector("script[type='application/json']")).textContent || "");
    this.spec = spec;
    this.words = words;
    this.level = Number(mount.dataset.level);
    this.said = h("p", { role: "status", class: "fp-said" });
    /** @param {string} text */
    this.say = (text) => {
      this.said.textContent = text;
      this.draw();
    };
    this.store = new Store(() => window.localStorage, () => this.say(words["kept-full"]));
    this.three = h("section", { class: "fp-comes-back" });
    this.modules = h("div", { class: "fp-modules" });
    this.tests = h("div");
    this.others = h("div");
    this.panel = h("div");
    this.reminder = reminderForm(words, this.say);
    this.carry = carrying(this.store, words, this.say);
    this.drawPanel();
    this.draw();
    window.addEventListener("storage", (event) => this.written(event));
    /** @type {HTMLElement} */ (mount.querySelector(".fp-text")).hidden = true;
    mount.append(this.page());
    mount.dataset.ready = "";
  }

  /** @param {string} text */
  heading(text) {
    return h(`h${this.level}`, {}, text);
  }

  page() {
    const { words } = this, heading = (/** @type {string} */ text) => this.heading(text);
    return h("div", { class: "fp fp-course" }, this.three, this.modules,
      h("section", { class: "fp-tests" }, heading(words["course-tests"]), this.tests), this.others,
      h("section", { class: "fp-tools" }, heading(words["course-remind"]), h("p", {}, words["course-remind-help"]), this.reminder.form),
      h("section", { class: "fp-tools" }, heading(words["course-data"]), this.panel, this.carry.el), this.said);
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

  /** What comes back, and when. @param {Kept} kept @param {Link} page */
  comesBack(kept, { title, href }) {
    const all = this.spec.modules.map((one) => ({ ...one, steps: one.parts.map(step) }));
    const standings = programme(all, kept, day());
    return !standings.some(Boolean) ? []
      : [this.heading(title), toldStanding(all, standings, this.words, day()), h("p", {}, h("a", { class: "fp-btn", href }, title))];
  }

  /** What belongs to parts that this release does not have. @param {Kept} kept */
  elsewhere(kept) {
    const { words, spec } = this, parts = spec.modules.flatMap((one) => one.parts);
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
    const { spec, words, store } = this, kept = store.read() || empty();
    this.modules.replaceChildren(...spec.modules.map(({ title, parts }) =>
      h("section", { class: "fp-kept-module" }, this.heading(title),
        h("ul", {}, ...parts.map((part) => part.kind === "page" ? this.read(part, kept) : this.played(part, kept))))));
    this.three.replaceChildren(...(spec.three ? this.comesBack(kept, spec.three) : []));
    this.tests.replaceChildren(changeTable(spec.tests.map((one) => one.spec), kept.attempts, words));
    this.others.replaceChildren(...this.elsewhere(kept));
    this.reminder.draw(lastTest(spec.reminder, kept, words));
    this.carry.draw();
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
