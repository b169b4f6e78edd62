// The desk: one written task, one text after the other, by keys, by mouse or by touch. It knows a store and nothing else.
import { Refused } from "./parts.js";
import { FIRST_SAVED, Screen } from "./screen.js";
import { State, figure, plain } from "./state.js";

/** @typedef {import("./parts.js").Store} Store */
/** @typedef {import("./parts.js").Task} Task */
/** @typedef {import("./parts.js").Text} Text */
/** @typedef {import("./parts.js").Decision} Decision */

const PAUSE = 300, LONGEST_PAUSE = 8000;
const TYPING = "textarea, input[type=number]";
const PRESSED = "button, summary, a";

/** Open the desk over a store. @param {Store} store @param {HTMLElement} [root] */
export async function desk(store, root = document.body) {
  const page = new Desk(store, await store.load(), root);
  page.begin();
  return page;
}

class Desk {
  /** @param {Store} store @param {Task} task @param {HTMLElement} root */
  constructor(store, task, root) {
    this.store = store;
    this.state = new State(task);
    this.screen = new Screen(this.state, this.acts(), root);
    /** @type {Promise<void>} */
    this.sent = Promise.resolve();
    this.gone = new AbortController();
  }

  /** @returns {import("./screen.js").Acts} */
  acts() {
    const { who, agreement } = this.store;
    return {
      move: (step) => this.move(step), show: (at) => this.show(at), set: (at, score) => this.set(at, score),
      toggleCap: () => this.toggleCap(), insert: (at) => this.insert(at), save: () => this.save(), stop: () => this.stop(),
      open: () => this.open(), undo: () => this.undo(), practise: (on) => this.practise(on),
      who: who?.bind(this.store), agreement: agreement && (() => this.compare()),
    };
  }

  begin() {
    const { state, screen, gone: { signal } } = this;
    screen.build();
    addEventListener("keydown", (event) => this.key(event), { signal });
    addEventListener("beforeunload", (event) => state.isUnsaved() && event.preventDefault(), { signal });
    // a frame that has the focus would keep the keys to itself
    addEventListener("blur", () => setTimeout(() => {
      if (document.activeElement instanceof HTMLIFrameElement) screen.heading.focus({ preventScroll: true });
    }), { signal });
    this.show(state.nextUnmarked(-1) ?? 0);
  }

  /** Make room for the desk of another task, once all is kept. */
  async close() {
    await this.sent;
    this.gone.abort();
  }

  // ---------------------------------------------------------------- what is done

  /** @param {number} at */
  show(at) {
    const { state, screen } = this;
    state.at = at;
    state.revealed = false;
    if (!state.text) return screen.drawNothing();
    const open = state.draft.scores.indexOf(null);
    state.now = open < 0 ? 0 : open;
    screen.draw();
    screen.heading.focus({ preventScroll: true });
    scrollTo(0, 0);
    screen.tell(state.where());
  }

  /** @param {number} step */
  move(step) {
    const count = this.state.texts.length;
    if (count) this.show((this.state.at + step + count) % count);
  }

  /** @param {number} criterion @param {number} score */
  set(criterion, score) {
    const { state, screen } = this, { criteria } = state.task;
    if (!state.canMark()) return;
    state.draft.scores[criterion] = score;
    state.draft.changed = true;
    state.now = Math.min(criterion + 1, criteria.length - 1);
    screen.drawMarks();
    const next = criteria[state.now], said = state.now === criterion ? "set-last" : "set";
    const values = { key: criteria[criterion].key, score, next: `${next.key} ${plain(next.name)}`, points: figure(state.points) };
    screen.tell(state.say(said, values));
  }

  /** Go to another criterion. @param {number} step */
  turn(step) {
    const { state, screen } = this, { criteria } = state.task;
    if (!state.hasRubric) return;
    state.now = Math.max(0, Math.min(criteria.length - 1, state.now + step));
    screen.drawMarks();
    screen.tell(`${criteria[state.now].key} ${plain(criteria[state.now].name)}`);
  }

  toggleCap() {
    const { state, screen } = this, { cap } = state.task;
    if (!cap || !state.canMark()) return;
    state.draft.cap = !state.draft.cap;
    state.draft.changed = true;
    screen.drawMarks();
    screen.tell(state.say(state.draft.cap ? "cap-on" : "cap-off", { most: cap.points, points: figure(state.points) }));
  }

  /** @param {number} at of the saved comments */
  insert(at) {
    const { state, screen } = this, saved = state.task.comments[at];
    if (!saved || state.practice || !state.canMark()) return;
    const { comment } = state.draft;
    Object.assign(state.draft, { comment: comment ? `${comment}\n${saved}` : saved, changed: true });
    screen.comment.value = state.draft.comment;
    screen.tell(state.say("inserted", { comment: saved }));
  }

  save() {
    const { state } = this;
    if (state.practice && state.revealed) return this.nextSample();
    if (!state.canMark() || this.isIncomplete()) return;
    if (state.practice) return this.reveal();
    const { key, elsewhere } = state.text, { draft } = state;
    if (elsewhere && !state.warned.has(key)) {
      // it is looked at before it is replaced
      state.warned.add(key);
      state.refusals.set(key, state.say("not-elsewhere"));
      return this.screen.drawState();
    }
    const scores = /** @type {number[]} */ ([...draft.scores]);
    draft.changed = false;
    this.send({ kind: "mark", scores, cap: draft.cap, comment: draft.comment, ...(elsewhere && { over: true }) });
    this.goOn();
  }

  /** Say what is not entered yet, and go there. */
  isIncomplete() {
    const { state, screen } = this, { criteria, most } = state.task;
    const missing = state.draft.scores.findIndex((one) => one === null || !state.isPossible(one));
    if (missing < 0) return false;
    state.now = missing;
    screen.drawMarks();
    const key = criteria[missing]?.key;
    screen.warn(key ? state.say("incomplete", { key }) : state.say("range", { most: figure(most) }));
    if (!key) screen.number?.focus();
    return true;
  }

  goOn() {
    const { state, screen } = this, next = state.nextUnmarked(state.at);
    if (next !== undefined) return this.show(next);
    screen.draw();
    screen.tell(state.say("none-left"));
  }

  /** Nothing of a real case stays on the page, whatever the store answers. */
  stop() {
    const { state, screen } = this;
    if (state.practice || !state.canMark()) return;
    const { text } = state;
    Object.assign(text, { html: "", words: 0, waits: "stopped", mine: null, other: null, anew: false });
    state.drafts.delete(text.key);
    state.refusals.delete(text.key);
    screen.draw();
    screen.stopped?.focus();
    screen.tell(state.say("stopped"));
    this.send({ kind: "stop" });
  }

  async open() {
    const { key } = this.state.text;
    this.send({ kind: "open" });
    await this.sent;
    await this.renew(key);
  }

  async undo() {
    const { state, screen } = this;
    if (state.practice) return;
    await this.sent;
    try {
      const key = await this.store.undo();
      if (key === null) return screen.tell(state.say("nothing-back"));
      await this.renew(key);
      screen.tell(state.say("taken-back", { where: state.where() }));
    } catch {
      screen.warn(state.say("not-back"));
    }
  }

  /** Read everything again, and show one text. @param {string} key */
  async renew(key) {
    const { state } = this;
    state.task = await this.store.load();
    state.drafts.delete(key);
    state.refusals.delete(key);
    this.show(Math.max(0, state.task.texts.findIndex((text) => text.key === key)));
  }

  async compare() {
    await this.sent;
    if (this.store.agreement) this.screen.showAgreement(await this.store.agreement());
  }

  /** Show the rubric's own numbers of a sample. */
  reveal() {
    const { state, screen } = this;
    state.revealed = true;
    screen.drawMarks();
    screen.tell(state.say("revealed"));
    screen.answer?.focus();
  }

  /** @param {boolean} on */
  practise(on) {
    const { state } = this;
    state.practice = on;
    state.task.samples.forEach((_, at) => state.drafts.delete(`sample-${at}`));
    this.show(on ? 0 : state.nextUnmarked(-1) ?? 0);
  }

  // ---------------------------------------------------------------- on the way to the store

  /** Decisions go one after the other, each until it is taken or refused. @param {Decision} decision */
  send(decision) {
    const { state, screen } = this, { text } = state;
    state.waiting.set(text.key, decision);
    state.refusals.delete(text.key);
    screen.warn("");
    screen.drawState();
    this.sent = this.sent.then(() => this.deliver(text, decision));
  }

  /** @param {Text} text @param {Decision} decision */
  async deliver(text, decision) {
    // the one before it was refused: somebody has to look first
    if (this.state.refusals.has(text.key)) return;
    for (let pause = PAUSE; ; pause = Math.min(LONGEST_PAUSE, pause * 2)) {
      try {
        const { comments, ...now } = await this.store.put(text.key, decision, text.seen);
        return this.taken(text, decision, now, comments);
      } catch (error) {
        if (error instanceof Refused) return this.refused(text, decision, error);
        this.screen.warn(this.state.say("unsaved", { count: this.state.waiting.size }));
        await new Promise((then) => setTimeout(then, pause));
      }
    }
  }

  /** @param {Text} text @param {Decision} decision @param {Partial<Text>} now @param {string[]} comments */
  taken(text, decision, now, comments) {
    const { state, screen } = this, { kind, scores = [], cap = false, comment = "" } = decision;
    if (kind === "mark") Object.assign(text, { mine: { scores, cap, points: state.sumOf(scores, cap), comment }, waits: "", elsewhere: null });
    Object.assign(text, now, kind === "stop" && { html: "" });
    state.task.comments = comments;
    if (state.waiting.get(text.key) === decision) state.waiting.delete(text.key);
    if (!state.drafts.get(text.key)?.changed) state.drafts.delete(text.key);
    screen.warn("");
    screen.drawState();
    screen.drawSaved();
  }

  /** What was entered stays; nobody is taken to another text meanwhile. @param {Text} text @param {Decision} decision @param {Refused} error */
  refused(text, { scores = [], cap = false, comment = "" }, error) {
    const { state, screen } = this;
    state.waiting.delete(text.key);
    if (error.now) Object.assign(text, error.now);
    if (text.elsewhere) state.warned.add(text.key);
    // of another text the numbers say nothing
    const fits = text.waits !== "anew" && scores.length > 0;
    const empty = Array(state.task.criteria.length || 1).fill(null);
    state.drafts.set(text.key, { scores: fits ? [...scores] : empty, cap: fits && cap, comment, changed: true });
    state.refusals.set(text.key, error.message);
    if (text === state.text) screen.draw();
    else screen.drawState();
  }

  // ---------------------------------------------------------------- keys

  /** @param {KeyboardEvent} event */
  key(event) {
    const { state, screen } = this;
    if (event.defaultPrevented || screen.dialog.open || event.isComposing) return;
    const target = event.target instanceof Element ? event.target : document.body;
    // what stands around the desk has keys of its own
    if (target !== document.body && !screen.root.contains(target)) return;
    const typing = target.matches(TYPING);
    if (event.key === "Escape") return typing ? screen.heading.focus() : state.practice && this.practise(false);
    if (event.key === "Enter") return this.enter(event, target);
    if (typing || !state.keys || event.ctrlKey || event.altKey || event.metaKey) return;
    if (this.shortcut(event.key)) event.preventDefault();
  }

  /** @param {KeyboardEvent} event @param {Element} target */
  enter(event, target) {
    // in a comment it begins a line, and on a button it presses it
    if (!event.ctrlKey && !event.metaKey && target.matches(`textarea, ${PRESSED}`)) return;
    event.preventDefault();
    this.save();
  }

  nextSample() {
    const { at, texts } = this.state;
    if (at + 1 < texts.length) this.move(1);
    else this.practise(false);
  }

  /** @param {string} key @returns {boolean} whether it is one of ours */
  shortcut(key) {
    const { state, screen } = this;
    if (/^[0-9]$/.test(key) && !state.hasRubric) {
      screen.number?.focus();
      screen.number?.select();
      // the digit goes into the field
      return false;
    }
    /** @type {Record<string, () => unknown>} */
    const keys = {
      ArrowUp: () => this.turn(-1), ArrowDown: () => this.turn(1), ArrowLeft: () => this.move(-1), ArrowRight: () => this.move(1),
      k: () => this.toggleCap(), c: () => screen.comment.focus(), u: () => this.undo(), s: () => this.stop(), "?": () => screen.showKeys(),
    };
    if (/^[0-3]$/.test(key)) this.set(state.now, Number(key));
    else if (/^[4-9]$/.test(key)) this.insert(Number(key) - FIRST_SAVED);
    else if (Object.hasOwn(keys, key)) keys[key]();
    else return false;
    return true;
  }
}
