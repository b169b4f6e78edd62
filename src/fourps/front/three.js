// The page "Three questions": what a module asks again each week after its first story or quiz, on the quiz player's
// own screens. Whoever did not say yes to keeping sees the page's own text: nothing is read, and nothing changes.
import { later } from "./calendar.js";
import { day } from "./day.js";
import { button, dayText, fill, h, label } from "./dom.js";
import { localModel } from "./host.js";
import { refusal } from "./panel.js";
import { renderQuiz } from "./quiz.js";
import { reminderForm } from "./reminder.js";
import { ROOT } from "./saved.js";
import { toldStanding, weekText } from "./standing.js";
import { KEY, Store } from "./store.js";
import { Tab } from "./tab.js";
import { WEEKS, isDue, programme, sitting } from "./weeks.js";

/** @typedef {import("./weeks.js").Module} Module */
/** @typedef {import("./weeks.js").Standing} Standing */
/** @typedef {import("./marking.js").Quiz} Quiz */
/** What is asked in this tab. @typedef {{module: string, week: number, names: string[]}} Set */

/** The quizzes whose questions were loaded. @type {Map<string, Quiz>} */
const banks = new Map();

/** A page from disk can read nothing but scripts. @param {string} id */
const load = (id) => banks.has(id) ? null : new Promise((resolve) => {
  document.head.append(h("script", { src: `${ROOT}three/${id}.js`, onload: resolve, onerror: resolve }));
});

/** The questions of a module. @param {Module} module */
const questions = (module) => module.three.flatMap((id) => Object.entries(banks.get(id)?.questions || {})
  .map(([name, question]) => ({ name: `${id}/${name}`, outcome: question.objective, question, version: banks.get(id)?.version })));

/**
 * Some questions as a quiz; its version is theirs, so that what a tab remembers fits or is left alone.
 * @param {Module} module @param {string[]} names
 * @returns {Quiz | null} nothing where one of them is gone
 */
function quizOf(module, names) {
  const bank = questions(module);
  const found = names.flatMap((name) => bank.filter((one) => one.name === name));
  if (!found.length || found.length < names.length) return null;
  return {
    id: "three",
    version: found.map(({ name, version }) => `${name}@${version}`).join("+"),
    title: module.title,
    questions: Object.fromEntries(found.map(({ name, question }) => [name,
      { ...question, sources: question.sources.map(({ label, href }) => ({ label, href: href && ROOT + href })) }])),
  };
}

/** For how long a reminder is wanted, and from which day. @param {(Standing | null)[]} standings @param {string} today */
function reminding(standings, today) {
  const open = standings.flatMap((one) => one?.due ? [one] : []);
  if (!open.length) return null;
  const isNow = open.some((one) => isDue(one, today));
  let [first] = open.map(({ due }) => due).sort();
  while (first <= today) first = later(first, 1);
  return { day: first, weeks: Math.max(1, ...open.map(({ week }) => WEEKS + 1 - week - Number(isNow))) };
}

/** The page of one book: which modules ask now, the three questions of one, and where all of them stand. */
class ThreeQuestions {
  /** @param {HTMLElement} mount */
  constructor(mount) {
    /** @type {{spec: {modules: Module[]}, words: import("./dom.js").Words}} */
    const { spec: { modules }, words } = JSON.parse(/** @type {HTMLElement} */ (mount.querySelector("script")).textContent || "");
    this.modules = modules;
    this.words = words;
    this.text = /** @type {HTMLElement} */ (mount.querySelector(".fp-text"));
    this.level = Number(mount.dataset.level);
    this.said = h("p", { role: "status", class: "fp-said" });
    /** @param {string} what */
    this.say = (what) => { this.said.textContent = what; };
    this.store = new Store(() => window.localStorage, () => this.say(words["kept-full"]));
    this.memory = new Tab("three-set");
    this.el = h("div", { class: "fp fp-three" });
    this.lead = h("p", { class: "fp-strong" });
    this.heading = h(`h${this.level}`, {});
    this.others = h("p", { class: "fp-row" });
    this.list = h("div");
    this.player = h("div");
    this.asking = -1;
    this.reminder = reminderForm(words, this.say);
    this.remind = h("section", {}, h(`h${this.level}`, {}, words["three-remind"]), h("p", {}, words["course-remind-help"]), this.reminder.form);
    this.shown = ""; // which kind of screen
    window.addEventListener("storage", ({ key, newValue }) => {
      if (key !== KEY && key !== null) return;
      this.store.overwritten(newValue);
      this.draw();
    });
    mount.append(this.el);
    this.draw().then(() => { mount.dataset.ready = ""; });
  }

  /** @returns {(Standing | null)[]} */
  standings() {
    const kept = this.store.read();
    return kept ? programme(this.modules, kept, day()) : [];
  }

  /** The modules whose questions are due. */
  due() {
    return this.standings().flatMap((one, place) => isDue(one, day()) ? [place] : []);
  }

  /** Below the last of three answers. @param {number} place */
  end(place) {
    const { words } = this, now = this.standings()[place];
    return now ? [h("p", { class: "fp-strong" }, now.due ? fill(words["three-done"], { day: dayText(now.due) }) : words["three-module-end"])] : [];
  }

  /**
   * What a module asks now, or what this tab has just asked.
   * @param {Module} module @param {Standing} standing
   * @returns {Set}
   */
  set(module, standing) {
    const { week } = standing, [key] = module.three;
    /** @type {Set | null} */
    const before = this.memory.read();
    return before && before.module === key && (!isDue(standing, day()) || before.week === week) ? before
      : { module: key, week, names: sitting(questions(module), standing.given).map(({ name }) => name) };
  }

  /** Ask what a module asks now. @param {number} place @param {boolean} [focus] */
  async ask(place, focus) {
    const { words } = this, module = this.modules[place];
    await Promise.all(module.three.map(load));
    const standing = this.standings()[place];
    if (!standing) return;
    const set = this.set(module, standing), quiz = quizOf(module, set.names);
    this.heading.textContent = `${label(words, module.title)} ${weekText(set, words)}`;
    if (!quiz) return this.say(words["three-broken"]);
    this.memory.write(set);
    this.asking = place;
    const model = localModel({ spec: quiz, words, level: Math.min(6, this.level + 1), tries: {}, seed: Math.floor(Math.random() * 2 ** 31) });
    const screen = h("div");
    const answered = (/** @type {string} */ name, /** @type {import("./kept.js").How} */ how) => {
      this.store.answer(name, how);
      this.tell();
    };
    renderQuiz({ model, el: screen, tab: new Tab("three"), practice: { answered, end: () => this.end(place) } });
    this.player.replaceWith(screen);
    this.player = screen;
    this.tell();
    if (focus) {
      screen.scrollIntoView({ block: "start" });
      /** @type {HTMLElement} */ (screen.querySelector(".fp-heading")).focus({ preventScroll: true });
    }
  }

  /** What changes with each answer: nothing that has the focus. */
  tell() {
    const { modules, words } = this, all = this.standings(), now = this.due();
    const [next] = all.flatMap((one) => one?.due ? [one.due] : []).sort();
    const titles = now.map((place) => modules[place].title).join(", ");
    this.lead.textContent = now.length ? fill(words["three-due"], { titles })
      : next ? fill(words["three-rest"], { day: dayText(next) }) : words["three-end"];
    this.others.replaceChildren(...now.filter((place) => place !== this.asking).map((place) =>
      button(fill(words["three-begin"], { title: modules[place].title }), () => this.ask(place, true))));
    this.list.replaceChildren(toldStanding(modules, all, words, day()));
    const proposal = reminding(all, day());
    this.remind.hidden = !proposal;
    if (proposal) this.reminder.draw({ ...proposal, why: fill(words["three-remind-why"], { weeks: proposal.weeks }) });
  }

  /** The module whose questions stand open in this tab, or were just answered here, or the first that is due. */
  toAsk() {
    const [first] = this.due(), before = this.memory.read();
    const place = this.modules.findIndex(({ three }) => three.length > 0 && three[0] === before?.module);
    const standing = this.standings()[place];
    const isOpen = standing && (isDue(standing, day()) ? before.week === standing.week : first === undefined);
    return isOpen ? place : first;
  }

  async draw() {
    const { modules, words, store, el } = this, { state, kept } = store.look();
    const kind = state !== "kept" ? state : kept && programme(modules, kept, day()).some(Boolean) ? "asking" : "none";
    this.text.hidden = kind === "asking" || kind === "none";
    if (kind === "asking" && this.shown === kind) return this.tell();
    this.shown = kind;
    el.replaceChildren();
    if (kind === "newer" || kind === "damaged") el.append(h("p", {}, refusal(store, words)));
    if (kind === "none") el.append(h("p", {}, words["three-none"]));
    if (kind !== "asking") return;
    this.tell();
    const place = this.toAsk();
    if (place !== undefined) await this.ask(place);
    el.append(this.lead, ...(place === undefined ? [] : [this.heading, this.player, this.others]),
      h("section", {}, h(`h${this.level}`, {}, words["three-where"]), this.list), this.remind, this.said);
  }
}

/** What the questions of a quiz call once they are loaded. */
Object.assign(window, { Three: { set: (/** @type {string} */ id, /** @type {Quiz} */ quiz) => banks.set(id, quiz) } });
for (const mount of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-three]"))) new ThreeQuestions(mount);
