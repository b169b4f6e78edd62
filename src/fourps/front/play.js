// One play of a scenario: where it stands, what was chosen, and what a tab and a device remember of it. It draws nothing.
import { ended } from "./ended.js";
import { decode, replay } from "./engine.js";
import { RecordError } from "./record.js";
import { shuffle } from "./shuffle.js";
import { playedThrough } from "./tab.js";

/** @typedef {"situation" | "outcome" | "chapter"} Screen where the play is over, the situation is its ending */
/** What a tab remembers: the record holds the whole way, of which `step` choices stand. @typedef {{record: string, step: number, screen: Screen, said: string, endings: string[], seed: number}} Memory */

export class Play {
  /** @param {import("./dom.js").Host} host */
  constructor({ model, store, tab }) {
    this.model = model;
    this.store = store;
    this.tab = tab;
    /** @type {import("./engine.js").Scenario} */
    this.scenario = model.get("spec");
    /** Choices are unique in the whole scenario. @type {Record<string, import("./engine.js").Choice>} */
    this.choices = Object.assign({}, ...Object.values(this.scenario.nodes).map((one) => one.choices));
    this.ours = false; // whether the path is being changed by this player
    /** @type {Screen} */
    this.screen = "situation";
    this.said = ""; // what the reader took for the principle behind the choice on show
    /** @type {Set<string>} endings that this tab has seen */
    this.seen = new Set();
    this.now = this.way = replay(this.scenario, model.get("path")); // `way` is the longest so far, along which Forward goes
    this.through = Boolean(this.tab && playedThrough());
    this.restore();
  }

  /** Stand where the address leads: to a first option that was chosen on another page, or to where one stopped. @param {string} name */
  begin(name) {
    const stopped = name === this.scenario.id && this.read(this.store?.stopped(name) || "");
    if (stopped) {
      this.way = this.set(stopped.path);
      this.show("situation");
      return true;
    }
    const known = replay(this.scenario, []).offered.includes(name);
    if (known && this.now.path[0] !== name) {
      this.set([]);
      this.choose(name);
      this.show("situation");
    }
    return known;
  }

  /** Stand where this tab stood before it was loaded again. */
  restore() {
    /** @type {Memory | null | undefined} */
    const memory = this.tab?.read(), way = memory && this.read(memory.record);
    if (!memory || !way) return;
    this.way = way;
    ({ screen: this.screen, said: this.said } = memory);
    this.model.set("seed", memory.seed);
    memory.endings.forEach((one) => this.seen.add(one));
    this.set(way.path.slice(0, memory.step));
  }

  /** Where a record leads; null if it is of something else, or of an earlier version. @param {string} record */
  read(record) {
    try {
      return replay(this.scenario, decode(this.scenario, record));
    } catch (error) {
      if (!(error instanceof RecordError)) throw error;
      return null;
    }
  }

  get depth() {
    return this.now.path.length + 1;
  }

  /** The last choice of the way that stands. */
  get last() {
    return this.choices[this.now.path[this.now.path.length - 1]];
  }

  /** @param {string[]} path */
  set(path) {
    this.ours = true;
    this.now = replay(this.scenario, path);
    this.model.set("path", path);
    this.model.set("attempt", this.now);
    this.model.save_changes();
    this.ours = false;
    return this.now;
  }

  /** Stand where the model says, when another has changed it. */
  follow() {
    this.now = this.way = replay(this.scenario, this.model.get("path"));
    this.screen = "situation";
  }

  /** @param {Screen} screen @param {string} [principle] */
  show(screen, principle = "") {
    const { now, way, seen } = this;
    this.screen = screen;
    this.said = principle;
    if (now.ending) seen.add(now.ending);
    this.tab?.write({ record: way.record, step: now.path.length, screen, said: principle, endings: [...seen], seed: this.model.get("seed") });
  }

  /** @param {string} name of a choice */
  choose(name) {
    const { id } = this.scenario, { record, kind } = this.way = this.set([...this.now.path, name]);
    if (kind) {
      this.store?.finish(id, { kind: "scenario", record, result: kind });
      ended(id);
    } else this.store?.stop(id, record);
  }

  /** What can be chosen now, in the order of this attempt: one that never changed would be learned. */
  get offered() {
    return shuffle(this.now.offered, this.model.get("seed"), this.now.node);
  }

  /** Play with a reason after each choice, or through to the end. @param {boolean} through */
  playThrough(through) {
    this.through = through;
    if (this.tab) playedThrough(through);
  }

  /** Have options stand in another order from now on: another attempt begins. */
  reorder() {
    this.model.set("seed", this.model.get("seed") + 1);
  }

  /** Stand at an earlier step, or at a later one of the same way. @param {number} step */
  stand(step) {
    this.set(this.way.path.slice(0, Math.max(0, step - 1)));
  }

  /** The endings that were seen in this tab, and those of the attempts that are kept. */
  endings() {
    const all = new Set(this.seen);
    for (const { record } of this.store?.read()?.attempts || []) {
      const ending = this.read(record)?.ending;
      if (ending) all.add(ending);
    }
    return all;
  }
}
