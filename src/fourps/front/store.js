// What this device keeps, in its localStorage; `kept.js` says what the document is.
import { day } from "./day.js";
import { RecordError } from "./record.js";
import { LIMIT, empty, merge, parse } from "./kept.js";

export const KEY = "fourps";

/** @typedef {import("./kept.js").Kept} Kept */
/** @typedef {import("./kept.js").KeptAttempt} KeptAttempt */
/** @typedef {"nothing" | "kept" | "newer" | "damaged" | "denied"} State */

/** Keeps nothing until the reader agreed, and never throws where a browser refuses. */
export class Store {
  /**
   * @param {() => Storage} storage a function, since merely naming localStorage can throw
   * @param {() => void} [refused] called once, when something that should be kept was not
   */
  constructor(storage, refused = () => undefined) {
    this.storage = storage;
    this.refused = refused;
    this.told = false;
    /** @type {KeptAttempt[]} what this page finished, should another page overwrite it unseen */
    this.finished = [];
  }

  /** What is kept, or why it cannot be used; text is the document as it stands. @returns {{state: State, kept: Kept | null, text: string}} */
  look() {
    let text;
    try {
      text = this.storage().getItem(KEY);
    } catch {
      return { state: "denied", kept: null, text: "" };
    }
    if (text === null) return { state: "nothing", kept: null, text: "" };
    try {
      return { state: "kept", kept: parse(text), text };
    } catch (error) {
      if (!(error instanceof RecordError)) throw error;
      return { state: error.key === "import-newer" ? "newer" : "damaged", kept: null, text };
    }
  }

  /** @returns {Kept | null} */
  read() {
    return this.look().kept;
  }

  /** @param {Kept} document @returns {boolean} false where it was not kept: what is longer, no device could read again */
  write(document) {
    const text = JSON.stringify(document);
    if (text.length > LIMIT) return false;
    try {
      this.storage().setItem(KEY, text);
      return true;
    } catch {
      return false;
    }
  }

  /**
   * Read, change and write at once, so that pages side by side do not undo each other's work.
   * @param {(kept: Kept) => Kept} next
   * @returns {boolean} false where nothing may be kept, or the browser has no room
   */
  change(next) {
    const { kept, text } = this.look();
    if (!kept) return false;
    const document = next(kept);
    if (JSON.stringify(document) === text || this.write(document)) return true;
    if (!this.told) this.refused();
    this.told = true;
    return false;
  }

  agreed() {
    return this.read() !== null;
  }

  /** Say yes once. @returns {boolean} whether we can keep anything; what we cannot read is left alone */
  agree() {
    const { state } = this.look();
    return state === "kept" || (state === "nothing" && this.write(empty()));
  }

  erase() {
    this.finished = [];
    try {
      this.storage().removeItem(KEY);
    } catch {
      // a browser that refuses storage keeps nothing either
    }
  }

  /** Remember a half-finished play. @param {string} id @param {string} record */
  stop(id, record) {
    this.change((kept) => ({ ...kept, stopped: { ...kept.stopped, [id]: { record, at: day() } } }));
  }

  /** @param {string} id @returns {string | undefined} */
  stopped(id) {
    const { stopped = {} } = this.read() || {};
    return Object.hasOwn(stopped, id) ? stopped[id].record : undefined;
  }

  /** Remember a finished one; the same record twice is one. @param {string} id @param {Omit<KeptAttempt, "at">} attempt */
  finish(id, attempt) {
    const attempts = [{ ...attempt, at: day() }];
    this.change((kept) => {
      const { [id]: _gone, ...stopped } = kept.stopped;
      this.finished.push(...attempts);
      return merge({ ...kept, stopped }, { ...empty(), attempts });
    });
  }

  /** Mark a page as read, or take the mark away. @param {string} page @param {boolean} isRead */
  mark(page, isRead) {
    return this.change((kept) => {
      const { [page]: before = day(), ...read } = kept.read;
      return { ...kept, read: isRead ? { ...read, [page]: before } : read };
    });
  }

  /** Remember how an answer to a question that came back went. @param {string} name @param {import("./kept.js").How} how */
  answer(name, how) {
    return this.change((kept) => merge(kept, { ...empty(), asked: { [name]: { [day()]: how } } }));
  }

  /** Join a document from elsewhere with what is kept. @param {Kept} document */
  add(document) {
    return this.change((kept) => merge(kept, document));
  }

  /** Another page wrote: bring back what it had not seen. @param {string | null} text null where it erased everything */
  overwritten(text) {
    if (text === null) this.finished = [];
    else if (this.finished.length) this.change((kept) => merge(kept, { ...empty(), attempts: this.finished }));
  }
}
