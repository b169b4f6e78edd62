// The page "Three questions": what a finished module asks again each week, on the quiz player's own screens. Whoever
// did not say yes to keeping sees the page's own text: nothing is read, and nothing changes.
import { later } from "./calendar.js";
import { button, dayText, fill, h } from "./dom.js";
import { isDone } from "./finished.js";
import { localModel } from "./host.js";
import { refusal } from "./panel.js";
import { renderQuiz } from "./quiz.js";
import { reminderForm } from "./reminder.js";
import { ROOT } from "./saved.js";
import { toldStanding, weekText } from "./standing.js";
import { KEY, Store, day } from "./store.js";
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

/** @param {Module[]} modules @param {import("./kept.js").Kept} kept @param {import("./dom.js").Words} words */
function nothingFinished(modules, kept, words) {
  const open = modules.filter(({ three }) => three.length)
    .map(({ title, steps }) => ({ title, left: steps.filter((step) => !isDone(step, kept)), all: steps.length }));
  const [nearest] = open.sort((one, other) => one.left.length / one.all - other.left.length / other.all);
  return [h("p", {}, words["three-none"]), ...(nearest ? [
    h("p", {}, fill(words["three-nearest"], { title: nearest.title })),
    h("ul", {}, ...nearest.left.map(({ title, href }) => h("li", {}, h("a", { href }, title)))),
  ] : [])];
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

/** @param {HTMLElement} mount */
function start(mount) {
  /** @type {{spec: {modules: Module[]}, words: import("./dom.js").Words}} */
  const { spec: { modules }, words } = JSON.parse(/** @type {HTMLElement} */ (mount.querySelector("script")).textContent || "");
  const text = /** @type {HTMLElement} */ (mount.querySelector(".fp-text"));
  const level = Number(mount.dataset.level);
  const said = h("p", { role: "status", class: "fp-said" });
  /** @param {string} what */
  const say = (what) => { said.textContent = what; };
  const store = new Store(() => window.localStorage, () => say(words["kept-full"]));
  const memory = new Tab("three-set");
  const el = h("div", { class: "fp fp-three" });
  const lead = h("p", { class: "fp-strong" }), heading = h(`h${level}`, {}), others = h("p", { class: "fp-row" }), list = h("div");
  let player = h("div"), asking = -1;
  const reminder = reminderForm(words, say);
  const remind = h("section", {}, h(`h${level}`, {}, words["three-remind"]), h("p", {}, words["course-remind-help"]), reminder.form);
  let shown = ""; // which kind of screen

  /** @returns {(Standing | null)[]} */
  const standings = () => {
    const kept = store.read();
    return kept ? programme(modules, kept, day()) : [];
  };

  /** The modules whose questions are due. */
  const due = () => standings().flatMap((one, place) => isDue(one, day()) ? [place] : []);

  /** @param {number} place */
  const begin = (place) => button(fill(words["three-begin"], { title: modules[place].title }), () => ask(place, true));

  /** Below the last of three answers. @param {number} place */
  function end(place) {
    const now = standings()[place];
    return now ? [h("p", { class: "fp-strong" }, now.due ? fill(words["three-done"], { day: dayText(now.due) }) : words["three-module-end"])] : [];
  }

  /** Ask what a module asks now, or show what this tab has just asked. @param {number} place @param {boolean} [focus] */
  async function ask(place, focus) {
    const module = modules[place], [key] = module.three;
    await Promise.all(module.three.map(load));
    const standing = standings()[place];
    if (!standing) return;
    /** @type {Set | null} */
    const before = memory.read();
    const known = before && before.module === key && (isDue(standing, day()) ? before.week === standing.week : true) ? before : null;
    const set = known || { module: key, week: standing.week, names: sitting(questions(module), standing.given).map(({ name }) => name) };
    heading.textContent = `${module.title}: ${weekText(set, words)}`;
    const quiz = quizOf(module, set.names);
    if (!quiz) return say(words["three-broken"]);
    memory.write(set);
    asking = place;
    const model = localModel({ spec: quiz, words, level: Math.min(6, level + 1), tries: {}, seed: Math.floor(Math.random() * 2 ** 31) });
    const screen = h("div");
    const answered = (/** @type {string} */ name, /** @type {import("./kept.js").How} */ how) => {
      store.answer(name, how);
      tell();
    };
    renderQuiz({ model, el: screen, tab: new Tab("three"), practice: { answered, end: () => end(place) } });
    player.replaceWith(screen);
    player = screen;
    tell();
    if (focus) {
      screen.scrollIntoView({ block: "start" });
      /** @type {HTMLElement} */ (screen.querySelector(".fp-heading")).focus({ preventScroll: true });
    }
  }

  /** What changes with each answer: nothing that has the focus. */
  function tell() {
    const all = standings(), now = due();
    const [next] = all.flatMap((one) => one?.due ? [one.due] : []).sort();
    const titles = now.map((place) => modules[place].title).join(", ");
    lead.textContent = now.length ? fill(words["three-due"], { titles })
      : next ? fill(words["three-rest"], { day: dayText(next) }) : words["three-end"];
    others.replaceChildren(...now.filter((place) => place !== asking).map(begin));
    list.replaceChildren(toldStanding(modules, all, words, day()));
    const proposal = reminding(all, day());
    remind.hidden = !proposal;
    if (proposal) reminder.draw({ ...proposal, why: fill(words["three-remind-why"], { weeks: proposal.weeks }) });
  }

  /** The module whose questions stand open in this tab, or were just answered here, or the first that is due. */
  function toAsk() {
    const [first] = due(), before = memory.read();
    const place = modules.findIndex(({ three }) => three.length > 0 && three[0] === before?.module);
    const standing = standings()[place];
    const isOpen = standing && (isDue(standing, day()) ? before.week === standing.week : first === undefined);
    return isOpen ? place : first;
  }

  async function draw() {
    const { state, kept } = store.look();
    const kind = state !== "kept" ? state : kept && programme(modules, kept, day()).some(Boolean) ? "asking" : "none";
    text.hidden = kind === "asking" || kind === "none";
    if (kind === "asking" && shown === kind) return tell();
    shown = kind;
    el.replaceChildren();
    if (kind === "newer" || kind === "damaged") el.append(h("p", {}, refusal(store, words)));
    if (kind === "none" && kept) el.append(...nothingFinished(modules, kept, words));
    if (kind !== "asking") return;
    tell();
    const place = toAsk();
    if (place !== undefined) await ask(place);
    el.append(lead, ...(place === undefined ? [] : [heading, player, others]),
      h("section", {}, h(`h${level}`, {}, words["three-where"]), list), remind, said);
  }

  window.addEventListener("storage", ({ key, newValue }) => {
    if (key !== KEY && key !== null) return;
    store.overwritten(newValue);
    draw();
  });
  mount.append(el);
  draw().then(() => { mount.dataset.ready = ""; });
}

/** What the questions of a quiz call once they are loaded. */
Object.assign(window, { Three: { set: (/** @type {string} */ id, /** @type {Quiz} */ quiz) => banks.set(id, quiz) } });
for (const mount of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-three]"))) start(mount);
