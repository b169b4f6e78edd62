// The page "My course": what this device keeps of a reader's way through the course.
import { toldPlay, toldQuiz } from "./attempts.js";
import { later } from "./calendar.js";
import { carrying } from "./carry.js";
import { changeTable } from "./change.js";
import { dayText, fill, fold, h } from "./dom.js";
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

/** @param {HTMLElement} mount */
function start(mount) {
  /** @type {{spec: Course, words: import("./dom.js").Words}} */
  const { spec, words } = JSON.parse(/** @type {HTMLElement} */ (mount.querySelector("script[type='application/json']")).textContent || "");
  const level = Number(mount.dataset.level);
  const store = new Store(() => window.localStorage, () => say(words["kept-full"]));
  const said = h("p", { role: "status", class: "fp-said" });
  const three = h("section", { class: "fp-comes-back" }), modules = h("div", { class: "fp-modules" }), tests = h("div"), others = h("div");
  /** @param {string} text */
  const say = (text) => {
    said.textContent = text;
    draw();
  };
  const reminder = reminderForm(words, say);
  const carry = carrying(store, words, say);
  const panel = h("div");
  const saved = { label: words["course-erase-saved"], isThere: isAnySaved, erase: forgetAll };
  /** @param {string} text */
  const heading = (text) => h(`h${level}`, {}, text);

  /** @param {Play | Quiz} part @param {Kept} kept */
  function played(part, kept) {
    const own = kept.attempts.filter((one) => idOf(one) === part.spec.id).reverse();
    /** @param {import("./kept.js").KeptAttempt} attempt */
    const tell = (attempt) => part.kind === "scenario"
      ? toldPlay(part.spec, attempt, { words, announce: say }) : toldQuiz(part.spec, attempt, { words, announce: say });
    const stopped = Object.hasOwn(kept.stopped, part.spec.id);
    const [last, ...earlier] = own;
    return h("li", { class: !last && !stopped && "fp-none" },
      h("a", { href: part.href }, part.spec.title),
      stopped ? ` (${words["course-stopped"]})` : last ? null : ` (${words["course-unplayed"]})`,
      last && tell(last),
      earlier.length > 0 && fold(fill(words["course-earlier"], { count: earlier.length }), ...earlier.map(tell)));
  }

  /** @param {Page} page @param {Kept} kept */
  function read(page, kept) {
    const at = readOn(kept, page.name);
    return h("li", { class: !at && "fp-none" }, h("a", { href: page.href }, page.title),
      ` (${at ? fill(words["course-read"], { day: dayText(at) }) : words["course-unread"]})`);
  }

  /** What comes back, and when. @param {Kept} kept @param {Link} page */
  function comesBack(kept, { title, href }) {
    const all = spec.modules.map((one) => ({ ...one, steps: one.parts.map(step) }));
    const standings = programme(all, kept, day());
    return !standings.some(Boolean) ? []
      : [heading(title), toldStanding(all, standings, words, day()), h("p", {}, h("a", { class: "fp-btn", href }, title))];
  }

  /** What belongs to parts that this release does not have. @param {Kept} kept */
  function elsewhere(kept) {
    const parts = spec.modules.flatMap((one) => one.parts);
    const ids = new Set([...parts, ...spec.tests].map((one) => one.kind === "page" ? "" : one.spec.id));
    const names = new Set(parts.flatMap((one) => one.kind === "page" ? namesOf(one.name) : []));
    const lost = kept.attempts.filter((one) => !ids.has(idOf(one)))
      .map((one) => h("li", {}, `${idOf(one)}: ${dayText(one.at)}`));
    const gone = Object.entries(kept.read).filter(([name]) => !names.has(name))
      .map(([name, at]) => h("li", {}, `${name}: ${dayText(at)}`));
    return lost.length + gone.length === 0 ? []
      : [heading(words["course-others"]), h("p", {}, words["course-others-help"]), h("ul", {}, ...lost, ...gone)];
  }

  function draw() {
    const kept = store.read() || empty();
    modules.replaceChildren(...spec.modules.map(({ title, parts }) =>
      h("section", { class: "fp-kept-module" }, heading(title),
        h("ul", {}, ...parts.map((part) => part.kind === "page" ? read(part, kept) : played(part, kept))))));
    three.replaceChildren(...(spec.three ? comesBack(kept, spec.three) : []));
    tests.replaceChildren(changeTable(spec.tests.map((one) => one.spec), kept.attempts, words));
    others.replaceChildren(...elsewhere(kept));
    reminder.draw(lastTest(spec.reminder, kept, words));
    carry.draw();
  }

  /** @param {StorageEvent} event */
  const elsewhereWritten = ({ key, newValue }) => {
    if (key !== KEY && key !== null) return;
    store.overwritten(newValue);
    drawPanel();
    draw();
  };
  const drawPanel = () => panel.replaceChildren(keepPanel(store, words, say, draw, saved));
  drawPanel();
  draw();
  window.addEventListener("storage", elsewhereWritten);
  const el = h("div", { class: "fp fp-course" }, three, modules,
    h("section", { class: "fp-tests" }, heading(words["course-tests"]), tests), others,
    h("section", { class: "fp-tools" }, heading(words["course-remind"]), h("p", {}, words["course-remind-help"]), reminder.form),
    h("section", { class: "fp-tools" }, heading(words["course-data"]), panel, carry.el), said);
  /** @type {HTMLElement} */ (mount.querySelector(".fp-text")).hidden = true;
  mount.append(el);
  mount.dataset.ready = "";
}

for (const mount of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-course]"))) start(mount);
