// A reader's session in a package on somebody else's platform: what is kept of it, and what of that the platform is told.
// Before a yes it is told the status alone.
import { empty, parse } from "./kept.js";
import { MOST, pack, unpack } from "./packed.js";
import { RecordError, idOf } from "./record.js";
import { KEY } from "./store.js";

/**
 * What a package says of itself.
 * @typedef {object} Unit
 * @property {string} start address of the first page
 * @property {string[]} addresses of all pages
 * @property {string[]} pages names that can be marked as read
 * @property {string[]} required ids of what must be finished
 * @property {"completed" | "passed"} done what a platform is told then
 */
/** @typedef {import("./kept.js").Kept} Kept */
/** @typedef {"recorded" | "unrecorded" | "lost"} State */

// a platform keeps no longer address
const LONGEST = 255;
const ANCHOR = /^#[\w.-]*$/;

/** What the text of a document says, if it can be read. @param {string | null} text */
function read(text) {
  try {
    return text === null ? null : parse(text);
  } catch (error) {
    if (!(error instanceof RecordError)) throw error;
    return null;
  }
}

export class Session {
  /**
   * @param {Unit} unit
   * @param {(state: State) => void} said told where the platform stands, each time
   * @param {(act: () => void) => void} soon puts off what a click should not wait for
   */
  constructor(unit, said, soon) {
    this.unit = unit;
    this.said = said;
    this.soon = soon;
    /** @type {import("./runtime.js").Runtime | null} */
    this.runtime = null;
    /** @type {string | null} the document, as pages have it in localStorage elsewhere */
    this.text = null;
    /** @type {import("./packed.js").Marks} */
    this.others = {};
    this.place = "";
    /** @type {Set<string>} what was played to its end by now */
    this.finished = new Set();
    this.since = Date.now();
    this.storage = {
      getItem: (/** @type {string} */ key) => (key === KEY ? this.text : null),
      setItem: (/** @type {string} */ key, /** @type {string} */ text) => { if (key === KEY) this.keep(text); },
      removeItem: (/** @type {string} */ key) => { if (key === KEY) this.erase(); },
    };
  }

  /** @returns {Kept | null} nothing before a yes */
  kept() {
    return read(this.text);
  }

  /** Take up what a platform has of this reader. @param {import("./runtime.js").Runtime} runtime @returns {boolean} whether it answers */
  begin(runtime) {
    if (!runtime.begin()) return false;
    if (runtime.isLooking) {
      runtime.end(0);
      this.said("unrecorded");
      return true;
    }
    this.runtime = runtime;
    const { data, place } = runtime.known;
    try {
      const { kept, others } = data ? unpack(data, this.unit.pages) : { kept: null, others: {} };
      this.text = kept && JSON.stringify(kept);
      this.others = others;
      if (kept && this.leads(place)) this.place ||= place;
    } catch (error) {
      if (!(error instanceof RecordError)) throw error;
      // it stays as it is until the reader erases it, and pages say so
      this.text = error.key === "import-newer" ? JSON.stringify({ format: empty().format + 1 }) : data;
    }
    this.tell();
    return true;
  }

  /** Whether an address is one of the package: another release may have had others. @param {string} address */
  leads(address) {
    const [page] = address.split("#", 1);
    return this.unit.addresses.includes(page) && (page === address || ANCHOR.test(address.slice(page.length)));
  }

  /** Where the course opens. */
  get start() {
    return this.place || this.unit.start;
  }

  /** @param {string} text */
  keep(text) {
    const before = this.kept()?.stopped || {}, after = read(text)?.stopped || {};
    const moved = Object.keys(after).find((id) => !Object.hasOwn(before, id) || before[id].record !== after[id].record);
    this.text = text;
    const [page, id] = this.place.split("#");
    if (moved) this.place = `${page}#${moved}`;
    // what was played to its end is begun anew
    else if (Object.hasOwn(before, id) && !Object.hasOwn(after, id)) this.place = page;
    this.soon(() => this.tell());
  }

  erase() {
    this.text = null;
    this.others = {};
    this.soon(() => this.tell());
  }

  /** A page is open. @param {string} address */
  visit(address) {
    const [page, id] = this.place.split("#");
    // a player takes its own name out of the address
    if (address !== page || !Object.hasOwn(this.kept()?.stopped || {}, id)) this.place = address;
    this.soon(() => this.tell());
  }

  /** Something was played to its end, whether or not it may be kept. @param {string} id */
  finish(id) {
    this.finished.add(id);
    this.soon(() => this.tell());
  }

  /** @param {Kept | null} kept */
  complete(kept) {
    const done = new Set([...this.finished, ...(kept?.attempts || []).map(idOf)]);
    return this.unit.required.length > 0 && this.unit.required.every((id) => done.has(id));
  }

  /** Tell the platform what it does not have yet. */
  tell() {
    const { runtime } = this;
    if (!runtime) return;
    const kept = this.kept(), data = kept ? pack(kept, this.others) : "";
    const fits = data.length <= MOST, place = this.place.length <= LONGEST ? this.place : "";
    /** @type {Parameters<typeof runtime.keep>[0]} */
    const values = {};
    // what cannot be read is left alone
    if (fits && (kept || this.text === null)) Object.assign(values, { data, place: kept ? place : "" });
    // last: some platforms save at once when they hear it
    if (!runtime.over && this.complete(kept)) values.status = this.unit.done;
    this.said(runtime.keep(values) && fits ? "recorded" : "lost");
  }

  /** The reader goes. */
  end() {
    this.tell();
    this.runtime?.end((Date.now() - this.since) / 1000);
  }
}
