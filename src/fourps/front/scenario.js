// The scenario player, for JupyterLab and for static pages alike.
import { ahead } from "./ahead.js";
import { button, fill, fold, h, paragraphs, put, recordFold, sourceLine } from "./dom.js";
import { decode, follow, holds, replay } from "./engine.js";
import { askFirst, keepPanel } from "./panel.js";
import { RecordError } from "./record.js";
import { Steps } from "./steps.js";
import { wayTaken } from "./way.js";

/** @typedef {"intro" | "situation" | "outcome"} Screen where the play is over, the situation is its ending */
/** What a tab remembers: the record holds the whole way, of which `step` choices stand. @typedef {{record: string, step: number, screen: Screen, said: string, endings: string[]}} Memory */

const PRINCIPLES = 3; // on offer before a reason is shown
const SKIPPED = "-";
const TIME = /^week (\d+)(?:, ([A-Z]\w+))?(?:, ([\d:]+))?$/;
let count = 0;

/** Whether a picture can be had now: one that cannot would be an error on the page. @param {string} src */
const reachable = (src) => !src.startsWith("http") || navigator.onLine || Boolean(navigator.serviceWorker?.controller);

/**
 * @param {import("./dom.js").Host} host
 * @returns {() => void} what undoes it
 */
export function renderScenario({ model, el, store, tab }) {
  /** @type {import("./engine.js").Scenario} */
  const scenario = model.get("spec");
  /** @type {import("./dom.js").Words} */
  const words = model.get("words");
  const level = model.get("level");
  const id = `fp-scenario-${++count}`;
  const mean = ahead(scenario);
  const live = h("div", { role: "status", class: "fp-live" });
  const page = h("div", { class: "fp-screen" });
  /** @type {Screen} */
  let screen = "intro";
  let said = ""; // what the reader took for the principle behind the choice on show
  let now = replay(scenario, model.get("path"));
  let way = now; // the longest so far, along which Forward goes
  /** @type {Set<string>} endings that this tab has seen */
  const seen = new Set();
  /** @type {{to: import("./engine.js").Attempt | null, parts: (Node | string | null | undefined | false)[]}} what the last choice led to: it stays while the reason comes */
  let led = { to: null, parts: [] };
  let ours = false; // whether the path is being changed by this player

  /** @param {string} text */
  const announce = (text) => { live.textContent = text; };
  const depth = () => screen === "intro" ? 0 : now.path.length + 1;

  /** @param {string[]} next */
  function set(next) {
    ours = true;
    now = replay(scenario, next);
    model.set("path", next);
    model.set("attempt", now);
    model.save_changes();
    ours = false;
    return now;
  }

  /** @param {Screen} to @param {string} [principle] */
  function show(to, principle = "") {
    screen = to;
    said = principle;
    if (now.ending) seen.add(now.ending);
    tab?.write({ record: way.record, step: now.path.length, screen, said, endings: [...seen] });
    draw(true);
  }

  /** @param {string} name */
  function choose(name) {
    way = set([...now.path, name]);
    steps?.push();
    if (now.kind) store?.finish(scenario.id, { kind: "scenario", record: now.record, result: now.kind });
    else store?.stop(scenario.id, now.record);
    show("outcome");
  }

  /** Stand at an earlier step, or at a later one of the same way. @param {number} step */
  function moved(step) {
    set(way.path.slice(0, Math.max(0, step - 1)));
    show(step > 0 ? "situation" : "intro");
  }

  /** @param {number} step */
  function undo(step) {
    steps?.back(step);
    moved(step);
  }

  /** Stand where a record leads. @param {string[]} next */
  function jump(next) {
    way = set(next);
    show("situation");
    steps?.begin(depth());
  }

  /** @param {string} text @param {string} [className] */
  const heading = (text, className = "") =>
    h(`h${level}`, { id, tabindex: "-1", class: `fp-heading ${className}` }, text);
  const under = `h${Math.min(6, level + 1)}`;
  /** @param {string} text @param {Record<string, any>} [attributes] */
  const subheading = (text, attributes = {}) => h(under, { class: "fp-subheading", ...attributes }, text);

  function intro() {
    const resume = /** @type {HTMLInputElement} */ (h("input", { type: "text", id: `${id}-resume`, autocomplete: "off" }));
    const complaint = h("p", { class: "fp-complaint", role: "alert" });
    /** @param {string} line */
    const take = (line) => {
      try {
        jump(decode(scenario, line));
      } catch (error) {
        if (!(error instanceof RecordError)) throw error;
        complaint.textContent = fill(words[error.key], { step: error.step });
      }
    };
    const stopped = store?.stopped(scenario.id);
    const begin = () => {
      steps?.push();
      show("situation");
    };
    return [
      heading(scenario.title),
      h("p", { class: "fp-note" }, h("strong", {}, `${words["content-note"]}: `), scenario.content_note),
      ...paragraphs(scenario.role),
      h("p", { class: "fp-small" }, fill(words.minutes, { minutes: scenario.minutes })),
      store && askFirst(store, words, announce),
      h("p", { class: "fp-row" },
        button(words.begin, begin, { class: "fp-main fp-begin" }),
        stopped && button(words.continue, () => take(stopped), { class: "fp-continue" })),
      fold(words.resume,
        h("p", { class: "fp-row" }, h("label", { for: `${id}-resume` }, words["resume-field"]), resume,
          button(words["resume-go"], () => take(resume.value))),
        complaint),
    ];
  }

  /** Where and when one is, with whom, and how far. @param {string} name of a node @param {number} number @param {string} title @param {string} [speaker] */
  function head(name, number, title, speaker) {
    const about = Math.max(number, Math.round(number - 1 + mean[name]));
    const { place, time } = scenario.nodes[name];
    const [, week, day, clock] = time.match(TIME) || [], who = speaker && scenario.people[speaker];
    const when = week && [fill(words.week, { week }), day && words[`day-${day.toLowerCase()}`], clock].filter(Boolean).join(", ");
    const where = [scenario.places[place]?.name, who && `${who.name}, ${who.short}`].filter(Boolean).join(" · ");
    return h("div", { class: "fp-head" },
      h("p", { class: "fp-count" }, h("span", {}, fill(words["decision-of"], { number, about })), when && h("span", {}, when)),
      h("progress", { value: number - 1, max: about, "aria-hidden": "true" }),
      h("div", { class: "fp-scene" },
        who && reachable(who.face.src) && h("img", { class: "fp-face", src: who.face.src, alt: "", width: 44, height: 44, style: `object-position:${who.face.along}% 0` }),
        h("div", {}, heading(title), where && h("p", { class: "fp-where" }, where))));
  }

  function situation() {
    const place = scenario.nodes[now.node];
    return [
      head(now.node, now.path.length + 1, place.title, place.speaker),
      ...paragraphs(place.text),
      ...paragraphs(place.asides.filter((one) => holds(one.when, now.values)).map((one) => one.text)),
      h("div", { role: "group", "aria-labelledby": `${id}-choose`, class: "fp-choices" },
        h("p", { id: `${id}-choose`, class: "fp-strong" }, words.choose),
        ...now.offered.map((name) =>
          button(place.choices[name].text, () => choose(name), { "data-choice": name, class: "fp-choice" }))),
      tools(),
    ];
  }

  function outcome() {
    const choice = choices[now.path[now.path.length - 1]];
    if (led.to !== now) led = { to: now, parts: consequence(choice) };
    return [...led.parts, ...reason(choice), tools()];
  }

  /** @param {import("./engine.js").Choice} choice */
  function consequence(choice) {
    const { node } = follow(scenario, now.path).passed[now.path.length - 1];
    return [
      head(node, now.path.length, words.then),
      h("p", { class: "fp-chosen" }, h("strong", {}, `${words.chosen}: `), choice.text),
      h("p", { class: "fp-consequence" }, choice.consequence),
      choice.critical && h("div", { class: "fp-critical" },
        h("p", { class: "fp-strong" }, `${words.critical}. ${words[`critical-${choice.critical}`]}`),
        h("p", {}, words["critical-help"])),
      choice.repairs?.length ? h("p", { class: "fp-repaired" }, h("strong", {}, `${words.repair}. `), words["repair-help"]) : null,
    ];
  }

  /** The reason, after a guess at the principle behind it that can be left out. @param {import("./engine.js").Choice} choice */
  function reason(choice) {
    const weights = Object.entries(choice.score || {}).sort(([, one], [, other]) => Math.abs(other) - Math.abs(one));
    const names = Object.keys(scenario.competencies);
    const title = (/** @type {string} */ name) => scenario.competencies[name].title;
    if (weights.length && !said) {
      // others stand beside it from choice to choice: what is on offer would tell which one decides
      const first = names.indexOf(weights[0][0]) - Object.values(choices).indexOf(choice) % PRINCIPLES;
      const offered = names.filter((_, place) => (place - first + names.length) % names.length < PRINCIPLES);
      return [h("fieldset", { class: "fp-stake" }, h("legend", {}, words["why-first"]),
        ...offered.map((name) => button(title(name), () => show("outcome", name), { "data-principle": name })),
        button(words["why-skip"], () => show("outcome", SKIPPED), { class: "fp-show-why" }))];
    }
    const main = weights.length ? weights[0][0] : "";
    const verdict = said === main ? "right" : weights.some(([name]) => name === said) ? "too" : said === SKIPPED ? "main" : "other";
    return [
      h("div", { class: "fp-rationale" },
        main ? subheading(fill(words[`why-${verdict}`], { what: title(main) }), { id: `${id}-why`, tabindex: "-1" }) : null,
        h("p", {}, h("strong", {}, `${words.why}. `), choice.rationale),
        sourceLine(choice.sources, words)),
      h("p", { class: "fp-row" }, button(words.next, () => show("situation"), { class: "fp-main fp-next" })),
    ];
  }

  function debrief() {
    const end = scenario.endings.find((one) => one.id === now.ending);
    if (!end) return [heading(words.ended), tools()];
    /** @param {string[]} errors @param {string} title */
    const errorList = (errors, title) => errors.length > 0 && h("div", { class: "fp-critical" },
      h("p", { class: "fp-strong" }, title), h("ul", {}, ...errors.map((name) => h("li", {}, choiceText(name)))));
    return [
      heading(end.title),
      h("p", { class: `fp-kind fp-kind-${end.kind}` }, words[`kind-${end.kind}`]),
      ...paragraphs(end.text),
      errorList(now.open, words["errors-open"]),
      errorList(now.repaired, words["errors-repaired"]),
      subheading(words.debrief),
      h("dl", { class: "fp-bands" }, ...Object.entries(scenario.competencies).map(([name, one]) =>
        h("div", { class: `fp-band fp-band-${now.bands[name]}` },
          h("dt", {}, one.title),
          h("dd", {}, h("strong", {}, words[`band-${now.bands[name]}`]), now.bands[name] === "strong" ? "" : ` ${one.practise}`)))),
      subheading(words.way),
      h("p", { class: "fp-small" }, words["way-help"]),
      wayTaken(scenario, now.path, words, (kept) => undo(kept + 1)),
      h("p", { class: "fp-seen" }, fill(words["endings-seen"], { seen: endingsSeen().size, count: scenario.endings.length })),
      store && keepPanel(store, words, announce,
        () => now.kind && store.finish(scenario.id, { kind: "scenario", record: now.record, result: now.kind })),
      tools(),
    ];
  }

  /** The endings that were seen in this tab, and those of the attempts that are kept. */
  function endingsSeen() {
    const all = new Set(seen);
    for (const { record } of store?.read()?.attempts || []) {
      try {
        const { ending } = replay(scenario, decode(scenario, record));
        if (ending) all.add(ending);
      } catch (error) {
        if (!(error instanceof RecordError)) throw error; // of something else, or of an earlier version
      }
    }
    return all;
  }

  /** Choices are unique in the whole scenario. @type {Record<string, import("./engine.js").Choice>} */
  const choices = Object.assign({}, ...Object.values(scenario.nodes).map((one) => one.choices));
  /** @param {string} name */
  const choiceText = (name) => choices[name].text;

  /** Ask before what was chosen is given up. */
  function askAgain() {
    const box = /** @type {HTMLDialogElement} */ (h("dialog", { class: "fp fp-dialog", "aria-labelledby": `${id}-again` },
      h("p", { id: `${id}-again`, class: "fp-strong" }, words["again-question"]),
      h("p", { class: "fp-row" },
        button(words["again-no"], () => box.close(), { class: "fp-again-no", autofocus: true }),
        button(words.again, () => { box.remove(); undo(0); }, { class: "fp-main fp-again-yes" }))));
    box.addEventListener("close", () => box.remove());
    el.append(box);
    box.showModal();
  }

  // what stands below each screen is made once: to make and to lay it out again took as long as all that is above it
  const below = h("div", { class: "fp-tools" }), soFar = h("div");
  const earlier = h("p", { class: "fp-row" },
    button(words.back, () => undo(now.path.length), { class: "fp-back" }),
    button(words.again, askAgain, { class: "fp-again" }));
  const folds = [fold(words.way, soFar), fold(words.role, ...paragraphs(scenario.role)), recordFold(now.record, words, announce)];
  function tools() {
    const [route, role, record] = folds, some = now.path.length > 0;
    folds.forEach((one) => one.removeAttribute("open"));
    soFar.replaceChildren(some
      ? h("ol", {}, ...now.path.map((name) => h("li", {}, choiceText(name))))
      : h("p", {}, words["way-empty"]));
    record.querySelector("input")?.setAttribute("value", now.record);
    put(below, [some && earlier, !now.ending && route, role, record]);
    return below;
  }

  /** What the focus on a heading does not say. */
  function told() {
    const last = now.path[now.path.length - 1];
    if (screen === "outcome" && !said) {
      const { critical, repairs } = choices[last];
      return critical ? `${words.critical}. ${words[`critical-${critical}`]}` : repairs?.length ? `${words.repair}. ${words["repair-help"]}` : "";
    }
    return screen === "situation" && now.kind ? words[`kind-${now.kind}`] : "";
  }

  /** @param {boolean} move whether the reader moved, and is to be shown the new screen */
  function draw(move) {
    put(page, screen === "intro" ? intro()
      : screen === "outcome" ? outcome()
        : now.node === "end" ? debrief() : situation());
    el.dataset.node = now.node;
    if (!move) return;
    announce(told());
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

  /** Stand where this tab stood before it was loaded again. */
  function restore() {
    /** @type {Memory | null} */
    const memory = tab?.read();
    if (!memory) return;
    try {
      way = replay(scenario, decode(scenario, memory.record));
    } catch (error) {
      if (!(error instanceof RecordError)) throw error;
      return; // the scenario has changed since
    }
    ({ screen, said } = memory);
    memory.endings.forEach((one) => seen.add(one));
    set(way.path.slice(0, memory.step));
  }

  const changed = () => {
    if (ours) return;
    now = way = replay(scenario, model.get("path"));
    screen = now.path.length ? "situation" : "intro";
    draw(false);
  };
  el.classList.add("fp", "fp-player");
  el.replaceChildren(live, page);
  if (now.path.length) changed();
  restore();
  const steps = tab && new Steps(scenario.id, depth(), moved);
  model.on("change:path", changed);
  draw(false);
  return () => {
    steps?.stop();
    model.off("change:path", changed);
  };
}
