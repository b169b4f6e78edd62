// The scenario player, for JupyterLab and for static pages alike.
import { ahead } from "./ahead.js";
import { button, fill, fold, h, label, paragraphs, put, recordFold, sourceLine } from "./dom.js";
import { decode, follow, holds } from "./engine.js";
import { askFirst, keepPanel } from "./panel.js";
import { Play } from "./play.js";
import { RecordError } from "./record.js";
import { head } from "./scene.js";
import { Steps } from "./steps.js";
import { wayTaken } from "./way.js";

/** @typedef {(Node | string | null | undefined | false)[]} Parts */
/** @typedef {import("./engine.js").Choice} Choice */

const PRINCIPLES = 3; // on offer before a reason is shown
const SKIPPED = "-";
let count = 0;

/** The screens of one play, and the buttons that lead from one to the next. */
class Player {
  /** @param {import("./dom.js").Host} host */
  constructor(host) {
    const { model, el, store, tab } = host;
    this.el = el;
    this.store = store;
    this.play = new Play(host);
    this.scenario = this.play.scenario;
    /** @type {import("./dom.js").Words} */
    this.words = model.get("words");
    this.level = model.get("level");
    this.id = `fp-scenario-${++count}`;
    this.mean = ahead(this.scenario);
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

  begin() {
    this.steps?.push();
    this.show("situation");
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
    this.show(step > 0 ? "situation" : "intro");
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

  /** @param {string} node @param {number} number @param {string} title @param {string} [speaker] */
  head(node, number, title, speaker) {
    return head(this.scenario, this.words, node, number, this.mean[node], this.heading(title), speaker);
  }

  /** @returns {Parts} */
  intro() {
    const { scenario, words, store } = this, stopped = store?.stopped(scenario.id);
    const resume = /** @type {HTMLInputElement} */ (h("input", { type: "text", id: `${this.id}-resume`, autocomplete: "off" }));
    const complaint = h("p", { class: "fp-complaint", role: "alert" });
    return [
      this.heading(scenario.title),
      h("p", { class: "fp-note" }, h("strong", {}, `${label(words, words["content-note"])} `), scenario.content_note),
      ...paragraphs(scenario.role),
      h("p", { class: "fp-small" }, fill(words.minutes, { minutes: scenario.minutes })),
      store && askFirst(store, words, this.announce),
      h("p", { class: "fp-row" },
        button(words.begin, () => this.begin(), { class: "fp-main fp-begin" }),
        stopped && button(words.continue, () => this.take(stopped, complaint), { class: "fp-continue" })),
      fold(words.resume,
        h("p", { class: "fp-row" }, h("label", { for: resume.id }, words["resume-field"]), resume,
          button(words["resume-go"], () => this.take(resume.value, complaint))),
        complaint),
    ];
  }

  /** @returns {Parts} */
  situation() {
    const { words, id } = this, { now } = this.play, node = this.scenario.nodes[now.node];
    return [
      this.head(now.node, now.path.length + 1, node.title, node.speaker),
      ...paragraphs(node.text),
      ...paragraphs(node.asides.filter((one) => holds(one.when, now.values)).map((one) => one.text)),
      h("div", { role: "group", "aria-labelledby": `${id}-choose`, class: "fp-choices" },
        h("p", { id: `${id}-choose`, class: "fp-strong" }, words.choose),
        ...this.play.offered.map((name) =>
          button(node.choices[name].text, () => this.choose(name), { "data-choice": name, class: "fp-choice" }))),
      this.tools(),
    ];
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
      this.head(node, path.length, words.then),
      h("p", { class: "fp-chosen" }, h("strong", {}, `${label(words, words.chosen)} `), choice.text),
      h("p", { class: "fp-consequence" }, choice.consequence),
      choice.critical && h("div", { class: "fp-critical" },
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
    if (main && !said) return [this.stake(choice, main)];
    const verdict = said === main ? "right" : weights.some(([name]) => name === said) ? "too" : said === SKIPPED ? "main" : "other";
    return [
      h("div", { class: "fp-rationale" },
        main ? this.subheading(fill(words[`why-${verdict}`], { what: competencies[main].title }), { id: `${this.id}-why`, tabindex: "-1" }) : null,
        h("p", {}, h("strong", {}, `${words.why}. `), choice.rationale),
        sourceLine(choice.sources, words)),
      h("p", { class: "fp-row" }, button(words.next, () => this.show("situation"), { class: "fp-main fp-next" })),
    ];
  }

  /** Principles to choose from, among them the one that decides. @param {Choice} choice @param {string} main */
  stake(choice, main) {
    const { words } = this, { competencies } = this.scenario, names = Object.keys(competencies);
    // others stand beside it from choice to choice: what is on offer would tell which one decides
    const first = names.indexOf(main) - Object.values(this.play.choices).indexOf(choice) % PRINCIPLES;
    const offered = names.filter((_, place) => (place - first + names.length) % names.length < PRINCIPLES);
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
      ...paragraphs(end.text),
      errorList(now.open, words["errors-open"]),
      errorList(now.repaired, words["errors-repaired"]),
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

  /** Ask before what was chosen is given up. */
  askAgain() {
    const { words, id } = this;
    const box = /** @type {HTMLDialogElement} */ (h("dialog", { class: "fp fp-dialog", "aria-labelledby": `${id}-again` },
      h("p", { id: `${id}-again`, class: "fp-strong" }, words["again-question"]),
      h("p", { class: "fp-row" },
        button(words["again-no"], () => box.close(), { class: "fp-again-no", autofocus: true }),
        button(words.again, () => { box.remove(); this.play.reorder(); this.undo(0); }, { class: "fp-main fp-again-yes" }))));
    box.addEventListener("close", () => box.remove());
    this.el.append(box);
    box.showModal();
  }

  tools() {
    const { now, choices } = this.play, [route, role, record] = this.folds, some = now.path.length > 0;
    this.folds.forEach((one) => one.removeAttribute("open"));
    this.soFar.replaceChildren(some
      ? h("ol", {}, ...now.path.map((name) => h("li", {}, choices[name].text)))
      : h("p", {}, this.words["way-empty"]));
    record.querySelector("input")?.setAttribute("value", now.record);
    put(this.below, [some && this.earlier, !now.ending && route, role, record]);
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
    put(page, screen === "intro" ? this.intro()
      : screen === "outcome" ? this.outcome()
        : now.node === "end" ? this.debrief() : this.situation());
    el.dataset.node = now.node;
    if (!move) return;
    this.announce(this.told());
    const why = /** @type {HTMLElement | null} */ (page.querySelector(`#${id}-why`));
    const target = why || /** @type {HTMLElement} */ (page.querySelector(`#${id}`));
    target.focus({ preventScroll: true });
    el.scrollIntoView({ block: "start" });
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
    host.model.off("change:path", player.changed);
  };
}
