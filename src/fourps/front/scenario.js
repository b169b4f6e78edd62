// The scenario player, for JupyterLab and for static pages alike.
import { button, fill, fold, h, label, paragraphs, put, recordFold, sourceLine } from "./dom.js";
import { decode, follow, holds } from "./engine.js";
import { here } from "./rule.js";
import { lastWords } from "./lastwords.js";
import { askFirst, keepPanel } from "./panel.js";
import { Play } from "./play.js";
import { RecordError } from "./record.js";
import { head } from "./scene.js";
import { sitting } from "./sitting.js";
import { Steps } from "./steps.js";
import { pageOf } from "./ticks.js";
import { turningPoints } from "./turningpoints.js";
import { Voice } from "./readaloud.js";
import { wayTaken } from "./way.js";

/** @typedef {(Node | string | null | undefined | false)[]} Parts */
/** @typedef {import("./engine.js").Choice} Choice */

const SKIPPED = "-";
// the guide's links end so: whoever comes by one sees where the group pauses, and nobody else does
const FACILITATOR = "#facilitator";
// what of a screen is read aloud: the scene and its options, or what followed and why
const READ = ".fp-heading, :scope > p:not(.fp-row, .fp-small), .fp-choices > *, .fp-critical > p, .fp-rationale > :not(.fp-source, .fp-beside:empty)";
let count = 0;

/** The screens of one play, and the buttons that lead from one to the next. */
class Player {
  /** @param {import("./dom.js").Host} host */
  constructor(host) {
    const { model, el, store, tab } = host;
    this.el = el;
    this.store = store;
    this.play = new Play(host);
    // the address names what was chosen on another page, and forgets it at once
    if (tab && this.play.begin(decodeURIComponent(location.hash.slice(1)).replace(`${this.play.scenario.id}-`, ""))) {
      history.replaceState(history.state, "", location.pathname + location.search);
    }
    this.scenario = this.play.scenario;
    /** @type {import("./dom.js").Words} */
    this.words = model.get("words");
    this.level = model.get("level");
    this.id = `fp-scenario-${++count}`;
    this.live = h("div", { role: "status", class: "fp-live" });
    this.page = h("div", { class: "fp-screen" });
    /** @type {{to: import("./engine.js").Attempt | null, parts: Parts}} what the last choice led to: it stays while the reason comes */
    this.led = { to: null, parts: [] };
    /** @param {string} text */
    this.announce = (text) => { this.live.textContent = text; };
    // what stands below each screen is made once: to make and to lay it out again took as long as all that is above it
    this.below = h("div", { class: "fp-tools" });
    this.soFar = h("div");
    this.earlier = h("p", { class: "fp-row" },
      button(this.words.back, () => this.undo(this.play.now.path.length), { class: "fp-back" }),
      button(this.words.again, () => this.askAgain(), { class: "fp-again" }));
    this.folds = [
      fold(this.words.way, this.soFar),
      fold(this.words.role, ...paragraphs(this.scenario.role)),
      recordFold(this.play.now.record, this.words, this.announce),
    ];
    this.voice = tab && new Voice(this.words, () => [...this.page.querySelectorAll(READ)].map((one) => one.textContent || ""));
    this.leads = tab && location.hash === FACILITATOR;
    this.steps = tab && new Steps(this.scenario.id, this.play.depth, (step) => this.moved(step));
    this.changed = () => {
      if (this.play.ours) return;
      this.play.follow();
      this.draw(false);
    };
    el.classList.add("fp", "fp-player");
    el.replaceChildren(this.live, this.page);
    model.on("change:path", this.changed);
    this.draw(false);
  }

  /** @param {import("./play.js").Screen} screen @param {string} [principle] */
  show(screen, principle) {
    this.play.show(screen, principle);
    this.draw(true);
  }

  /** @param {string} name */
  choose(name) {
    this.play.choose(name);
    this.steps?.push();
    this.show("outcome");
  }

  /** @param {number} step */
  moved(step) {
    this.play.stand(step);
    this.show("situation");
  }

  /** @param {number} step */
  undo(step) {
    this.steps?.back(step);
    this.moved(step);
  }

  /** Stand where a record line leads; say what is wrong with one that is none. @param {string} line @param {HTMLElement} complaint */
  take(line, complaint) {
    try {
      this.play.way = this.play.set(decode(this.scenario, line));
    } catch (error) {
      if (!(error instanceof RecordError)) throw error;
      complaint.textContent = fill(this.words[error.key], { step: error.step });
      return;
    }
    this.show("situation");
    this.steps?.begin(this.play.depth);
  }

  /** @param {string} text */
  heading(text) {
    return h(`h${this.level}`, { id: this.id, tabindex: "-1", class: "fp-heading" }, text);
  }

  /** @param {string} text @param {Record<string, any>} [attributes] */
  subheading(text, attributes = {}) {
    return h(`h${Math.min(6, this.level + 1)}`, { class: "fp-subheading", ...attributes }, text);
  }

  /** @param {number} step @param {string} node @param {string} title @param {string} [face] @param {string} [speaker] */
  head(step, node, title, face, speaker) {
    const { passed } = follow(this.scenario, this.play.now.path), nodes = [...passed.slice(0, step).map((one) => one.node), node];
    return head(this.scenario, this.words, node, sitting(this.scenario, nodes), this.heading(title), face, speaker, this.voice?.place);
  }

  /** Where the group pauses, for whoever leads it. @param {import("./engine.js").Place} node @param {boolean} first @returns {Parts} */
  pauses(node, first) {
    const { words, scenario } = this, titles = Object.values(scenario.nodes).filter((one) => one.pause).map((one) => one.title).join(" · ");
    return this.leads ? [first && h("p", { class: "fp-note" }, fill(words.pauses, { titles })), node.pause && h("p", { class: "fp-note" }, words.pause)] : [];
  }

  /** What stands above the first scene. @param {HTMLElement} complaint @returns {Parts} */
  opening(complaint) {
    const { scenario, words, store } = this, stopped = store?.stopped(scenario.id);
    return [
      h("p", { class: "fp-note" }, scenario.content_note),
      stopped && h("p", { class: "fp-row" }, button(words.continue, () => this.take(stopped, complaint), { class: "fp-main fp-continue" })),
    ];
  }

  /** What stands below its options. @param {HTMLElement} complaint @returns {Parts} */
  before(complaint) {
    const { scenario, words, store } = this, { minutes, sitting } = scenario;
    const resume = /** @type {HTMLInputElement} */ (h("input", { type: "text", id: `${this.id}-resume`, autocomplete: "off" }));
    return [
      this.ways(),
      h("p", { class: "fp-small" }, fill(words[sitting < minutes ? "minutes-chapters" : "minutes"], { minutes, sitting })),
      store && askFirst(store, words, this.announce),
      fold(words.resume,
        h("p", { class: "fp-row" }, h("label", { for: resume.id }, words["resume-field"]), resume,
          button(words["resume-go"], () => this.take(resume.value, complaint))),
        complaint),
    ];
  }

  /** The two ways to play. */
  ways() {
    const { words, play, id } = this;
    /** @param {boolean} through @param {string} word */
    const way = (through, word) => h("label", { class: "fp-option" },
      h("input", { type: "radio", name: `${id}-way`, value: String(through), checked: play.through === through, onchange: () => play.playThrough(through) }),
      h("span", {}, word));
    return h("fieldset", { class: "fp-ways" }, h("legend", {}, words.ways), way(false, words["way-reasons"]), way(true, words["way-through"]));
  }

  /** @returns {Parts} */
  situation() {
    const { words, id } = this, { now } = this.play, node = this.scenario.nodes[now.node], first = !now.path.length;
    const complaint = h("p", { class: "fp-complaint", role: "alert" });
    return [
      ...first ? this.opening(complaint) : [],
      // the first scene of a page waits for no picture; on a phone the faces weigh as much as the words
      this.head(now.path.length, now.node, node.title, first && this.store ? "" : node.speaker, node.speaker),
      ...paragraphs(node.text),
      ...paragraphs(node.asides.filter((one) => holds(one.when, now.values)).map((one) => one.text)),
      ...this.pauses(node, first),
      h("div", { role: "group", "aria-labelledby": `${id}-choose`, class: "fp-choices" },
        h("p", { id: `${id}-choose`, class: "fp-strong" }, words.choose),
        ...this.play.offered.map((name) =>
          button(node.choices[name].text, () => this.choose(name), { "data-choice": name, class: "fp-choice" }))),
      ...first ? this.before(complaint) : [],
      this.tools(),
    ];
  }

  /** A place to stop, before a chapter begins: what happened so far, and the way on. @returns {Parts} */
  chapter() {
    const { scenario, words, store } = this, { now } = this.play, kept = store?.look().state === "kept";
    const { chapter = "", so_far: told } = scenario.nodes[now.node];
    // whoever read each reason has read these
    const turns = this.turns(), [, help, list] = turns;
    return [
      ...told ? [this.heading(told.title), ...paragraphs([...told.text, ...lastWords(scenario, now, told)]),
        ...this.play.through || !help ? turns : [fold(words.turns, help, list)], this.subheading(chapter)] : [this.heading(chapter)],
      h("p", {}, words["chapter-break"]),
      store && (kept ? h("p", {}, words["chapter-kept"]) : askFirst(store, words, this.announce) || h("p", {}, words["chapter-lost"])),
      h("p", { class: "fp-row" }, button(words["chapter-go"], () => this.show("situation"), { class: "fp-main fp-next" }),
        told && this.instead()),
      this.tools(),
    ];
  }

  /** Where else a page leads on to after its first chapter: its last link does, and its first is then done. */
  instead() {
    const [done, ...on] = /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll(".fp-after-chapter a")), last = on.pop();
    return last && h("a", { class: "fp-btn", href: last.href, onclick: () => this.store?.mark(pageOf(done), true) }, last.textContent);
  }

  /** Go on to the next situation, or to the chapter that begins with it. */
  onward() {
    const { node } = this.play.now;
    this.show(this.scenario.nodes[node]?.chapter ? "chapter" : "situation");
  }

  /** @returns {Parts} */
  outcome() {
    const { now, last } = this.play;
    if (this.led.to !== now) this.led = { to: now, parts: this.consequence(last) };
    return [...this.led.parts, ...this.reason(last), this.tools()];
  }

  /** @param {Choice} choice @returns {Parts} */
  consequence(choice) {
    const { words } = this, { path } = this.play.now, { node } = follow(this.scenario, path).passed[path.length - 1];
    return [
      this.head(path.length - 1, node, words.then),
      h("p", { class: "fp-chosen" }, h("strong", {}, `${label(words, words.chosen)} `), choice.text),
      h("p", { class: "fp-consequence" }, choice.consequence),
      choice.critical && !this.play.through && h("div", { class: "fp-critical" },
        h("p", { class: "fp-strong" }, `${words.critical}. ${words[`critical-${choice.critical}`]}`),
        h("p", {}, words["critical-help"])),
      choice.repairs?.length ? h("p", { class: "fp-repaired" }, h("strong", {}, `${words.repair}. `), words["repair-help"]) : null,
    ];
  }

  /** The reason, after a guess at the principle behind it that can be left out. @param {Choice} choice @returns {Parts} */
  reason(choice) {
    const { words } = this, { said } = this.play, { competencies } = this.scenario;
    const weights = Object.entries(choice.score || {}).sort(([, one], [, other]) => Math.abs(other) - Math.abs(one));
    const main = weights.length ? weights[0][0] : "";
    if (this.play.through) return [this.goOn()];
    if (main && choice.tempts && !said) return [this.stake(choice, main)];
    const verdict = !said ? "" : said === main ? "right" : weights.some(([name]) => name === said) ? "too" : said === SKIPPED ? "main" : "other";
    return [
      h("div", { class: "fp-rationale" },
        verdict ? this.subheading(fill(words[`why-${verdict}`], { what: competencies[main].title }), { id: `${this.id}-why`, tabindex: "-1" }) : null,
        h("p", {}, h("strong", {}, `${words.why}. `), choice.rationale),
        sourceLine(choice.sources, words), ...here(choice.rule)),
      this.goOn(),
    ];
  }

  goOn() {
    return h("p", { class: "fp-row" }, button(this.words.next, () => this.onward(), { class: "fp-main fp-next" }));
  }

  /** Principles to choose from: the one that decides, the one that tempts, and another. @param {Choice} choice @param {string} main */
  stake(choice, main) {
    const { words } = this, { competencies } = this.scenario, names = Object.keys(competencies);
    const two = [main, choice.tempts], others = names.filter((name) => !two.includes(name));
    // another one stands beside them from choice to choice
    const third = others[Object.values(this.play.choices).indexOf(choice) % others.length];
    const offered = names.filter((name) => two.includes(name) || name === third);
    return h("fieldset", { class: "fp-stake" }, h("legend", {}, words["why-first"]),
      ...offered.map((name) => button(competencies[name].title, () => this.show("outcome", name), { "data-principle": name })),
      button(words["why-skip"], () => this.show("outcome", SKIPPED), { class: "fp-show-why" }));
  }

  /** @returns {Parts} */
  debrief() {
    const { scenario, words, store, play } = this, { now } = play;
    const end = scenario.endings.find((one) => one.id === now.ending);
    if (!end) return [this.heading(words.ended), this.tools()];
    /** @param {string[]} errors @param {string} title */
    const errorList = (errors, title) => errors.length > 0 && h("div", { class: "fp-critical" },
      h("p", { class: "fp-strong" }, title), h("ul", {}, ...errors.map((name) => h("li", {}, play.choices[name].text))));
    return [
      this.heading(end.title),
      h("p", { class: `fp-kind fp-kind-${end.kind}` }, words[`kind-${end.kind}`]),
      ...paragraphs([...end.text, ...lastWords(scenario, now, end)]),
      errorList(now.open, words["errors-open"]),
      errorList(now.repaired, words["errors-repaired"]),
      ...play.through ? this.turns() : [],
      this.subheading(words.debrief),
      h("dl", { class: "fp-bands" }, ...Object.entries(scenario.competencies).map(([name, one]) =>
        h("div", { class: `fp-band fp-band-${now.bands[name]}` },
          h("dt", {}, one.title),
          h("dd", {}, h("strong", {}, words[`band-${now.bands[name]}`]), now.bands[name] === "strong" ? "" : ` ${one.practise}`)))),
      this.subheading(words.way),
      h("p", { class: "fp-small" }, words["way-help"]),
      wayTaken(scenario, now.path, words, (kept) => this.undo(kept + 1)),
      h("p", { class: "fp-seen" }, fill(words["endings-seen"], { seen: play.endings().size, count: scenario.endings.length })),
      store && keepPanel(store, words, this.announce,
        () => play.now.kind && store.finish(scenario.id, { kind: "scenario", record: play.now.record, result: play.now.kind })),
      this.tools(),
    ];
  }

  /** Where another way was better. @returns {HTMLElement[]} */
  turns() {
    const { scenario, words } = this, list = turningPoints(scenario, this.play.now.path, words, (kept) => this.undo(kept + 1));
    return list.childElementCount ? [this.subheading(words.turns), h("p", { class: "fp-small" }, words["turns-help"]), list] : [];
  }

  /** Ask before what was chosen is given up. */
  askAgain() {
    const { words, id } = this;
    const box = /** @type {HTMLDialogElement} */ (h("dialog", { class: "fp fp-dialog", "aria-labelledby": `${id}-again` },
      h("p", { id: `${id}-again`, class: "fp-strong" }, words["again-question"]),
      h("p", { class: "fp-row" },
        button(words["again-no"], () => box.close(), { class: "fp-again-no", autofocus: true }),
        button(words.again, () => { box.remove(); this.play.reorder(); this.undo(1); }, { class: "fp-main fp-again-yes" }))));
    box.addEventListener("close", () => box.remove());
    this.el.append(box);
    box.showModal();
  }

  tools() {
    const { now, choices } = this.play, [route, role, record] = this.folds, some = now.path.length > 0;
    this.folds.forEach((one) => one.removeAttribute("open"));
    this.soFar.replaceChildren(h("ol", {}, ...now.path.map((name) => h("li", {}, choices[name].text))));
    record.querySelector("input")?.setAttribute("value", now.record);
    put(this.below, [some && this.earlier, some && !now.ending && route, role, record]);
    return this.below;
  }

  /** What the focus on a heading does not say. */
  told() {
    const { words } = this, { screen, said, now, last } = this.play;
    if (screen === "outcome" && !said) {
      const { critical, repairs } = last;
      return critical ? `${words.critical}. ${words[`critical-${critical}`]}` : repairs?.length ? `${words.repair}. ${words["repair-help"]}` : "";
    }
    return screen === "situation" && now.kind ? words[`kind-${now.kind}`] : "";
  }

  /** @param {boolean} move whether the reader moved, and is to be shown the new screen */
  draw(move) {
    const { el, page, id } = this, { screen, now } = this.play;
    this.voice?.stop();
    put(page, screen === "outcome" ? this.outcome()
      : screen === "chapter" ? this.chapter()
        : now.node === "end" ? this.debrief() : this.situation());
    el.dataset.node = now.node;
    if (!move) return;
    this.announce(this.told());
    const why = /** @type {HTMLElement | null} */ (page.querySelector(`#${id}-why`));
    const target = why || /** @type {HTMLElement} */ (page.querySelector(`#${id}`));
    target.focus({ preventScroll: true });
    // above the first scene stands its note
    ((page.querySelector(".fp-note") && page.querySelector(".fp-head")) || el).scrollIntoView({ block: "start" });
    if (!why) return;
    // a reason is read below what was chosen, or where both find no room, from its own beginning
    const { top } = el.getBoundingClientRect();
    page.querySelector(".fp-next")?.scrollIntoView({ block: "nearest" });
    if (el.getBoundingClientRect().top < top) why.scrollIntoView({ block: "start" });
  }
}

/**
 * @param {import("./dom.js").Host} host
 * @returns {() => void} what undoes it
 */
export function renderScenario(host) {
  const player = new Player(host);
  return () => {
    player.steps?.stop();
    player.voice?.listening.abort();
    host.model.off("change:path", player.changed);
  };
}
