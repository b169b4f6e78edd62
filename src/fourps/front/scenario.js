// The scenario player, for JupyterLab and for static pages alike.
import { button, fill, fold, h, paragraphs, recordFold, sourceLine } from "./dom.js";
import { decode, holds, replay } from "./engine.js";
import { keepPanel } from "./panel.js";
import { RecordError } from "./record.js";

let count = 0;

/**
 * @param {import("./dom.js").Host} host
 * @returns {() => void} what undoes it
 */
export function renderScenario({ model, el, store }) {
  /** @type {import("./engine.js").Scenario} */
  const scenario = model.get("spec");
  /** @type {import("./dom.js").Words} */
  const words = model.get("words");
  const level = model.get("level");
  const id = `fp-scenario-${++count}`;
  const live = h("div", { role: "status", class: "fp-live" });
  const screen = h("div", { class: "fp-screen" });
  let begun = model.get("path").length > 0;
  let feedback = false; // whether the last choice's feedback is on show
  let ours = false; // whether the path is being changed by this player

  /** @param {string} text */
  const announce = (text) => { live.textContent = text; };
  /** @returns {string[]} */
  const path = () => model.get("path");
  const attempt = () => replay(scenario, path());

  /** @param {string[]} next @param {boolean} [withFeedback] */
  function go(next, withFeedback = false) {
    begun = begun || next.length > 0;
    feedback = withFeedback;
    const now = replay(scenario, next);
    ours = true;
    model.set("path", next);
    model.set("attempt", now);
    model.save_changes();
    ours = false;
    if (now.kind) store?.finish(scenario.id, { kind: "scenario", record: now.record, result: now.kind });
    else if (next.length) store?.stop(scenario.id, now.record);
    draw(true);
  }

  /** @param {string} text @param {string} [className] */
  const heading = (text, className = "") =>
    h(`h${level}`, { id, tabindex: "-1", class: `fp-heading ${className}` }, text);
  /** @param {string} text */
  const subheading = (text) => h(`h${Math.min(6, level + 1)}`, { class: "fp-subheading" }, text);

  function intro() {
    const resume = /** @type {HTMLInputElement} */ (h("input", { type: "text", id: `${id}-resume`, autocomplete: "off" }));
    const complaint = h("p", { class: "fp-complaint", role: "alert" });
    /** @param {string} line */
    const take = (line) => {
      try {
        go(decode(scenario, line));
      } catch (error) {
        if (!(error instanceof RecordError)) throw error;
        complaint.textContent = fill(words[error.key], { step: error.step });
      }
    };
    const stopped = store?.stopped(scenario.id);
    return [
      heading(scenario.title),
      h("p", { class: "fp-note" }, h("strong", {}, `${words["content-note"]}: `), scenario.content_note),
      ...paragraphs(scenario.role),
      h("p", { class: "fp-small" }, fill(words.minutes, { minutes: scenario.minutes })),
      h("p", { class: "fp-row" },
        button(words.begin, () => { begun = true; draw(true); }, { class: "fp-main fp-begin" }),
        stopped && button(words.continue, () => take(stopped), { class: "fp-continue" })),
      fold(words.resume,
        h("p", { class: "fp-row" }, h("label", { for: `${id}-resume` }, words["resume-field"]), resume,
          button(words["resume-go"], () => take(resume.value))),
        complaint),
    ];
  }

  /** @param {import("./engine.js").Attempt} now */
  function situation(now) {
    const place = scenario.nodes[now.node];
    return [
      heading(place.title),
      ...paragraphs(place.text),
      ...paragraphs(place.asides.filter((one) => holds(one.when, now.values)).map((one) => one.text)),
      h("div", { role: "group", "aria-labelledby": `${id}-choose`, class: "fp-choices" },
        h("p", { id: `${id}-choose`, class: "fp-strong" }, words.choose),
        ...now.offered.map((name) =>
          button(place.choices[name].text, () => go([...path(), name], true), {
            "data-choice": name,
            class: place.choices[name].repairs?.length ? "fp-choice fp-repairs" : "fp-choice",
          }))),
      tools(now),
    ];
  }

  /** @param {import("./engine.js").Attempt} now */
  function outcome(now) {
    const before = replay(scenario, now.path.slice(0, -1));
    const choice = scenario.nodes[before.node].choices[now.path[now.path.length - 1]];
    return [
      heading(words.then),
      h("p", { class: "fp-chosen" }, `${words.chosen}: ${choice.text}`),
      h("p", { class: "fp-consequence" }, choice.consequence),
      choice.critical && h("div", { class: "fp-critical" },
        h("p", { class: "fp-strong" }, `${words.critical}. ${words[`critical-${choice.critical}`]}`),
        h("p", {}, words["critical-help"])),
      choice.repairs?.length ? h("p", { class: "fp-repaired" }, h("strong", {}, `${words.repair}. `), words["repair-help"]) : null,
      h("p", { class: "fp-rationale" }, h("strong", {}, `${words.why}. `), choice.rationale),
      sourceLine(choice.sources, words),
      h("p", { class: "fp-row" }, button(words.next, () => { feedback = false; draw(true); }, { class: "fp-main fp-next" })),
      tools(now),
    ];
  }

  /** @param {import("./engine.js").Attempt} now */
  function debrief(now) {
    const end = scenario.endings.find((one) => one.id === now.ending);
    if (!end) return [heading(words.ended), tools(now)];
    /** @param {string[]} errors @param {string} title */
    const errorList = (errors, title) => errors.length > 0 && h("div", { class: "fp-critical" },
      h("p", { class: "fp-strong" }, title), h("ul", {}, ...errors.map((name) => h("li", {}, choiceText(name)))));
    return [
      h("p", { class: `fp-kind fp-kind-${end.kind}` }, words[`kind-${end.kind}`]),
      heading(end.title),
      ...paragraphs(end.text),
      errorList(now.open, words["errors-open"]),
      errorList(now.repaired, words["errors-repaired"]),
      subheading(words.debrief),
      h("dl", { class: "fp-bands" }, ...Object.entries(scenario.competencies).map(([name, one]) =>
        h("div", { class: `fp-band fp-band-${now.bands[name]}` },
          h("dt", {}, one.title),
          h("dd", {}, h("strong", {}, words[`band-${now.bands[name]}`]), now.bands[name] === "strong" ? "" : ` ${one.practise}`)))),
      store && keepPanel(store, words, announce,
        () => now.kind && store.finish(scenario.id, { kind: "scenario", record: now.record, result: now.kind })),
      tools(now),
    ];
  }

  /** @param {string} name */
  const choiceText = (name) => {
    const place = Object.values(scenario.nodes).find((one) => Object.hasOwn(one.choices, name));
    return place ? place.choices[name].text : name;
  };

  /** @param {import("./engine.js").Attempt} now */
  function tools(now) {
    const way = now.path.length
      ? h("ol", {}, ...now.path.map((name) => h("li", {}, choiceText(name))))
      : h("p", {}, words["way-empty"]);
    return h("div", { class: "fp-tools" },
      h("p", { class: "fp-row" },
        now.path.length > 0 && button(words.back, () => go(now.path.slice(0, -1)), { class: "fp-back" }),
        now.path.length > 0 && button(words.again, () => { begun = false; go([]); }, { class: "fp-again" })),
      fold(words.way, way),
      recordFold(now.record, words, announce));
  }

  /** @param {boolean} focus */
  function draw(focus) {
    const now = attempt();
    const parts = !begun && !now.path.length ? intro()
      : feedback && now.path.length ? outcome(now)
        : now.node === "end" ? debrief(now) : situation(now);
    screen.replaceChildren(...parts.filter((part) => part instanceof Node));
    el.dataset.node = now.node;
    if (focus) /** @type {HTMLElement} */ (screen.querySelector(`#${id}`)).focus();
  }

  const changed = () => {
    if (ours) return;
    begun = path().length > 0;
    feedback = false;
    draw(false);
  };
  el.classList.add("fp", "fp-player");
  el.replaceChildren(live, screen);
  model.on("change:path", changed);
  draw(false);
  return () => model.off("change:path", changed);
}
