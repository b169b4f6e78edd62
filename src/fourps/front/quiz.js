// The quiz player, for JupyterLab and for static pages alike.
import { button, fill, fold, h, paragraphs, recordFold, sourceLine } from "./dom.js";
import { decodeQuiz, encodeQuiz, most, outcome, right, shuffle, summary, whole } from "./marking.js";
import { keepPanel } from "./panel.js";
import { RecordError } from "./record.js";
import { byOutcome, rows } from "./result.js";

// JupyterLab would take the arrow keys for its own
const KEYS = { "data-lm-suppress-shortcuts": "true" };
const SURE = "3";
let quizzes = 0;

/**
 * @param {import("./dom.js").Host} host
 * @returns {() => void} what undoes it
 */
export function renderQuiz({ model, el, store, tab, practice }) {
  /** @type {import("./marking.js").Quiz} */
  const quiz = model.get("spec");
  /** @type {import("./dom.js").Words} */
  const words = model.get("words");
  const level = model.get("level");
  /** @type {import("./result.js").Taught | undefined} */
  const taught = model.get("taught");
  /** What the tab remembers. @type {{record: string, place: number, seed: number, drafts: Record<string, import("./marking.js").Answer>} | null} */
  const memory = tab?.read();
  const seed = memory?.seed ?? model.get("seed");
  const names = Object.keys(quiz.questions);
  const id = `fp-quiz-${++quizzes}`;
  const live = h("div", { role: "status", class: "fp-live" });
  const screen = h("div", { class: "fp-screen" });
  let place = 0;
  let ours = false;
  /** @type {Record<string, import("./marking.js").Answer>} what is ticked and not yet given */
  let drafts = {};

  /** @param {string} text */
  const announce = (text) => { live.textContent = text; };
  /** @returns {Record<string, import("./marking.js").Answer[]>} */
  const tries = () => model.get("tries");
  /** @param {string} name */
  const result = (name) => outcome(quiz.questions[name], tries()[name] || [], most(quiz));
  const finished = () => names.every((name) => result(name) !== "open");
  const keepFinished = () => {
    const record = encodeQuiz(quiz, tries());
    if (finished()) store?.finish(quiz.id, { kind: "quiz", record, result: "done" });
    else if (Object.keys(tries()).length) store?.stop(quiz.id, record);
  };

  const remember = () => tab?.write({ record: encodeQuiz(quiz, tries()), place, seed, drafts });

  /** @param {Record<string, import("./marking.js").Answer[]>} next */
  function set(next) {
    ours = true;
    model.set("tries", next);
    model.save_changes();
    ours = false;
  }

  /** @param {Record<string, import("./marking.js").Answer[]>} next */
  function save(next) {
    drafts = {};
    set(next);
    keepFinished();
  }

  /** Stand where this tab stood before it was loaded again. */
  function restore() {
    if (!memory) return;
    try {
      set(decodeQuiz(quiz, memory.record));
    } catch (error) {
      if (!(error instanceof RecordError)) throw error;
      return; // the quiz has changed since
    }
    ({ place, drafts } = memory);
  }

  /** @param {string} text */
  const heading = (text) => h(`h${level}`, { id, tabindex: "-1", class: "fp-heading" }, text);
  /** @param {string} text */
  const subheading = (text) => h(`h${Math.min(6, level + 1)}`, { class: "fp-subheading" }, text);

  /** @param {string} type @param {string} group @param {string} value @param {string} label @param {boolean} checked @param {boolean} done @param {HTMLElement | null} [mark] */
  const input = (type, group, value, label, checked, done, mark) =>
    h("label", { class: "fp-option" },
      h("input", { type, name: group, value, checked, disabled: done, "data-choice": value, ...KEYS }), h("span", {}, label, mark));

  /** Whether an answer was right, by a sign and a word that no line parts. @param {boolean} good */
  const mark = (good) =>
    h("span", { class: `fp-mark fp-mark-${good ? "right" : "wrong"}` }, ` (${good ? "✓" : "✗"}\u00a0${words[good ? "right-mark" : "wrong-mark"]})`);

  /**
   * The controls of a question, and a function that reads the answer from them.
   * @param {string} name @param {boolean} done
   * @returns {[HTMLElement, () => import("./marking.js").Answer]}
   */
  function controls(name, done) {
    const question = quiz.questions[name];
    const given = tries()[name] || [];
    const draft = done ? undefined : drafts[name];
    const last = (draft || given[given.length - 1] || []).slice(question.confidence ? 1 : 0);
    const group = `${id}-${name}`;
    if (question.confidence) {
      const [box, read] = answering(name, last, done);
      const level = (draft || given[0] || [])[0];
      const sure = h("fieldset", { class: "fp-sure" }, h("legend", {}, words.sure),
        ...["1", "2", "3"].map((value) => input("radio", `${group}-sure`, value, words[`sure-${value}`], level === value, done)));
      return [h("div", {}, box, sure), () => [sure.querySelector("input:checked")?.getAttribute("value") || "", ...read()]];
    }
    return answering(name, last, done);
  }

  /**
   * The same without how sure the reader is.
   * @param {string} name @param {import("./marking.js").Answer} last @param {boolean} done
   * @returns {[HTMLElement, () => import("./marking.js").Answer]}
   */
  function answering(name, last, done) {
    const question = quiz.questions[name];
    const group = `${id}-${name}`;
    if (question.kind === "order") return ordering(name, last, done);
    if (question.kind === "match") return matching(name, last, done);
    const options = question.options || {};
    const box = h("div", { class: "fp-options" });
    if (question.kind === "reason") {
      box.append(h("fieldset", {}, h("legend", {}, words["true-false"]),
        ...["true", "false"].map((value) => input("radio", `${group}-truth`, value, words[value], last[0] === value, done))));
    }
    const type = question.kind === "multiple" ? "checkbox" : "radio";
    const given = tries()[name] || [], told = isTold(done), tried = given[given.length - 1] || [];
    box.append(h("fieldset", {},
      h("legend", {}, question.kind === "reason" ? words.reason : question.kind === "multiple" ? words.several : words.answer),
      h("ul", { class: `fp-choices-list${given.length ? " fp-notes" : ""}` },
        ...shuffle(Object.keys(options), seed, name).map((key) => h("li", {},
          input(type, group, key, options[key].text, last.includes(key), done, told ? mark(Boolean(options[key].correct)) : null),
          (told || (given.length > 0 && !done && tried.includes(key))) && h("p", { class: "fp-said-of" }, options[key].feedback))))));
    const read = () => /** @type {HTMLInputElement[]} */ ([...box.querySelectorAll("input:checked")]).map((one) => one.value);
    return [box, read];
  }

  /** @param {string} name @param {import("./marking.js").Answer} last @param {boolean} done @returns {[HTMLElement, () => import("./marking.js").Answer]} */
  function ordering(name, last, done) {
    const question = quiz.questions[name], items = question.items || {};
    let order = last.length ? [...last] : shuffle(Object.keys(items), seed, name);
    // an order that is right before anything was moved would ask nothing
    while (!last.length && right(question, order)) order = [...order.slice(1), order[0]];
    const list = h("ol", { class: "fp-order" });
    /** @param {number} from @param {number} to @param {string} side */
    const move = (from, to, side) => {
      const [key] = order.splice(from, 1);
      order.splice(to, 0, key);
      list.dispatchEvent(new Event("change", { bubbles: true }));
      draw();
      announce(fill(words.moved, { text: items[key].text, place: to + 1, count: order.length }));
      const row = list.children[to];
      /** @type {HTMLElement | null} */ (row.querySelector(`.fp-${side}:enabled`) || row.querySelector("button:enabled"))?.focus();
    };
    const draw = () => list.replaceChildren(...order.map((key, index) =>
      h("li", { "data-choice": key }, h("span", {}, items[key].text), h("span", { class: "fp-moves" },
        button("↑", () => move(index, index - 1, "up"),
          { class: "fp-up", disabled: done || index === 0, "aria-label": fill(words.up, { text: items[key].text }) }),
        button("↓", () => move(index, index + 1, "down"),
          { class: "fp-down", disabled: done || index === order.length - 1, "aria-label": fill(words.down, { text: items[key].text }) })))));
    draw();
    return [h("div", {}, h("p", { class: "fp-small" }, words["order-help"]), list), () => [...order]];
  }

  /** @param {string} name @param {import("./marking.js").Answer} last @param {boolean} done @returns {[HTMLElement, () => import("./marking.js").Answer]} */
  function matching(name, last, done) {
    const pairs = quiz.questions[name].pairs || {}, keys = Object.keys(pairs);
    const answers = shuffle(keys, seed, name);
    const box = h("div", { class: "fp-match" }, h("p", { class: "fp-small" }, words["match-help"]));
    keys.forEach((key, index) => {
      const field = `${id}-${name}-${key}`;
      box.append(h("p", { class: "fp-pair" }, h("label", { for: field }, pairs[key].text),
        h("select", { id: field, disabled: done, "data-choice": key, ...KEYS },
          h("option", { value: "" }, words["match-choose"]),
          ...answers.map((one) => h("option", { value: one, selected: last[index] === one }, pairs[one].answer)))));
    });
    return [box, () => /** @type {HTMLSelectElement[]} */ ([...box.querySelectorAll("select")]).map((one) => one.value)];
  }

  /** Whether it is said how a question went: in a test when all is answered. @param {boolean} done */
  const isTold = (done) => done && (!quiz.test || finished());

  /**
   * What an order or pairs meet: feedback on what is misplaced; everything once the question is done.
   * @param {string} name @param {boolean} done
   */
  function feedback(name, done) {
    const question = quiz.questions[name], given = tries()[name] || [];
    if (!given.length) return null;
    const last = given[given.length - 1].slice(question.confidence ? 1 : 0);
    /** @type {[string, string, boolean | null][]} text, feedback, right */
    let notes;
    if (question.items) {
      const { items, before = {} } = question;
      /** @param {string} key */
      const misplaced = (key) => before[key].some((one) => last.indexOf(one) > last.indexOf(key));
      notes = Object.keys(items).filter((key) => misplaced(key)).map((key) => [items[key].text, items[key].feedback, null]);
    } else if (question.pairs) {
      const { pairs } = question;
      notes = Object.keys(pairs).flatMap((key, index) =>
        done || last[index] !== key ? [[pairs[key].text, pairs[key].feedback, done ? last[index] === key : null]] : []);
    } else return null;
    return h("ul", { class: "fp-notes" }, ...notes.map(([text, note, good]) =>
      h("li", {}, h("strong", {}, text), good === null ? "" : mark(good), h("br"), note)));
  }

  /** The right answer in words. @param {import("./marking.js").Question} question */
  function solution(question) {
    if (question.items) {
      return h("ol", {}, ...Object.values(question.items).map((one) => h("li", {}, one.text)));
    }
    if (question.pairs) {
      return h("ul", {}, ...Object.values(question.pairs).map((one) => h("li", {}, `${one.text}: ${one.answer}`)));
    }
    const good = Object.values(question.options || {}).filter((one) => one.correct).map((one) => h("li", {}, one.text));
    return h("ul", {}, question.kind === "reason" && h("li", {}, words[String(question.answer)]), ...good);
  }

  /** @param {string} name */
  function asking(name) {
    const question = quiz.questions[name], state = result(name), done = state !== "open";
    const told = isTold(done);
    const given = tries()[name] || [], retry = given.length === 1 && !done;
    const [box, read] = controls(name, done);
    const complaint = h("p", { class: "fp-complaint", role: "alert" });
    const submit = (/** @type {Event} */ event) => {
      event.preventDefault();
      const answer = read();
      if (!whole(question, answer)) {
        complaint.textContent = words.incomplete;
        return;
      }
      save({ ...tries(), [name]: [...given, answer] });
      const how = result(name);
      if (how !== "open") practice?.answered(name, how);
      if (quiz.test) place = finished() ? names.length : Math.min(place + 1, names.length - 1);
      draw(true);
    };
    const keepDraft = () => {
      drafts = { ...drafts, [name]: read() };
      remember();
    };
    const verdict = done && !told ? words.answered : state === "first" ? words["right-first"] : state === "second" ? words["right-second"]
      : state === "shown" ? words.shown : retry ? words.retry : "";
    return [
      heading(fill(words.question, { number: place + 1, count: names.length })),
      verdict ? h("p", { class: `fp-verdict fp-outcome-${state}` }, verdict) : null,
      retry ? feedback(name, false) : null,
      ...paragraphs(question.text),
      h("form", { onsubmit: submit, onchange: keepDraft, "data-question": name }, box, complaint,
        !done && h("p", { class: "fp-row" }, h("button", { type: "submit", class: "fp-main fp-check" }, words[quiz.test ? "save-answer" : "check"]))),
      ...(told ? [
        subheading(words["answer-why"]),
        question.items || question.pairs || question.kind === "reason" ? solution(question) : null,
        ...paragraphs(question.why),
        feedback(name, true),
        sourceLine(question.sources, words),
      ] : []),
      h("p", { class: "fp-row fp-tools" },
        place > 0 && button(words["previous-question"], () => turn(place - 1), { class: "fp-back" }),
        place < names.length - 1 && button(words["next-question"], () => turn(place + 1), { class: `fp-next${done ? " fp-main" : ""}` }),
        place === names.length - 1 && finished() && button(words.finish, () => turn(names.length), { class: "fp-main fp-finish" })),
    ];
  }

  /** What a test says at its end. @returns {string[]} */
  function scores() {
    const { right: good, count, sure, sureRight } = summary(quiz, tries());
    return [fill(words["test-right"], { right: good, count }), ...(sure ? [fill(words["test-sure"], { right: sureRight, count: sure })] : [])];
  }

  /** The sure answers that were wrong: what one knows wrongly is worth reading first. */
  function surelyWrong() {
    const found = names.filter((name) => result(name) !== "first" && quiz.questions[name].confidence && (tries()[name] || [[]])[0][0] === SURE);
    return found.length > 0 && h("div", { class: "fp-surely-wrong" }, h("p", { class: "fp-strong" }, words["test-sure-wrong"]),
      h("ul", {}, ...found.map((name) => h("li", {},
        button(fill(words.question, { number: names.indexOf(name) + 1, count: names.length }), () => turn(names.indexOf(name)), { class: "fp-link" })))));
  }

  function debrief() {
    return [
      heading(words["quiz-done"]),
      ...(quiz.test ? [...scores().map((text) => h("p", { class: "fp-strong" }, text)), surelyWrong()] : []),
      ...(taught ? byOutcome(rows(quiz, result), taught, words, subheading) : []),
      h("ol", { class: "fp-outcomes" }, ...names.map((name, index) => {
        const state = result(name);
        return h("li", { class: `fp-outcome-${state}` },
          button(fill(words.question, { number: index + 1, count: names.length }), () => turn(index), { class: "fp-link" }),
          `: ${words[`outcome-${state}`]} (${quiz.questions[name].objective})`);
      })),
      ...(practice ? practice.end() : [
        store && keepPanel(store, words, announce, keepFinished),
        recordFold(encodeQuiz(quiz, tries()), words, announce),
        h("p", { class: "fp-row" }, button(words.again, () => { save({}); turn(0); }, { class: "fp-again" })),
      ]),
    ];
  }

  /** Shown on the first screen: go on where one stopped, here or from a pasted record. */
  function resuming() {
    const field = /** @type {HTMLInputElement} */ (h("input", { type: "text", id: `${id}-resume`, autocomplete: "off" }));
    const complaint = h("p", { class: "fp-complaint", role: "alert" });
    /** @param {string} line */
    const take = (line) => {
      try {
        save(decodeQuiz(quiz, line));
        turn(Math.max(0, names.findIndex((name) => result(name) === "open")));
      } catch (error) {
        if (!(error instanceof RecordError)) throw error;
        complaint.textContent = fill(words[error.key], { step: error.step });
      }
    };
    const stopped = store?.stopped(quiz.id);
    return [
      stopped && h("p", { class: "fp-row" }, button(words.continue, () => take(stopped), { class: "fp-continue" })),
      fold(words.resume,
        h("p", { class: "fp-row" }, h("label", { for: `${id}-resume` }, words["resume-field"]), field,
          button(words["resume-go"], () => take(field.value))),
        complaint),
    ];
  }

  /** @param {number} next */
  function turn(next) {
    place = next;
    draw(true);
  }

  /** @param {boolean} focus */
  function draw(focus) {
    /** @type {(Node | string | null | undefined | false)[]} */
    const parts = place < names.length ? asking(names[place]) : debrief();
    if (place === 0 && !practice && !Object.keys(tries()).length) parts.push(...resuming());
    screen.replaceChildren(...parts.filter((part) => part instanceof Node));
    el.dataset.place = String(place);
    if (!focus) return;
    remember();
    // the focus says only which question it is
    announce(screen.querySelector(".fp-verdict")?.textContent || "");
    /** @type {HTMLElement} */ (screen.querySelector(`#${id}`)).focus({ preventScroll: true });
    el.scrollIntoView({ block: "start" });
  }

  const changed = () => { if (!ours) draw(false); };
  el.classList.add("fp", "fp-player");
  el.replaceChildren(live, screen);
  model.on("change:tries", changed);
  restore();
  draw(false);
  return () => model.off("change:tries", changed);
}
