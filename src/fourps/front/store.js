// What this device keeps: the document that `fourps.record.Kept` reads and writes in Python.

export const KEY = "fourps";

/** @typedef {{kind: "scenario" | "quiz", record: string, result: string, at: string}} KeptAttempt */
/** @typedef {{format: 1, attempts: KeptAttempt[], stopped: Record<string, string>}} Kept */

/** Keeps nothing until the reader agreed, and never throws where a browser refuses. */
export class Store {
  /** @param {() => Storage} storage a function, since merely naming localStorage can throw */
  constructor(storage) {
    this.storage = storage;
  }

  /** @returns {Kept | null} */
  read() {
    try {
      const document = JSON.parse(this.storage().getItem(KEY) || "null");
      if (!document || document.format !== 1) return null;
      const { attempts, stopped } = document;
      return {
        format: 1,
        attempts: Array.isArray(attempts) ? attempts : [],
        stopped: stopped && typeof stopped === "object" ? stopped : {},
      };
    } catch {
      return null;
    }
  }

  /** @param {Kept} document */
  write(document) {
    try {
      this.storage().setItem(KEY, JSON.stringify(document));
      return true;
    } catch {
      return false;
    }
  }

  agreed() {
    return this.read() !== null;
  }

  /** Say yes once. @returns {boolean} whether we can keep anything; what a newer release keeps is left alone */
  agree() {
    if (this.agreed()) return true;
    try {
      if (this.storage().getItem(KEY) !== null) return false;
    } catch {
      return false;
    }
    return this.write({ format: 1, attempts: [], stopped: {} });
  }

  erase() {
    try {
      this.storage().removeItem(KEY);
    } catch {
      // a browser that refuses storage keeps nothing either
    }
  }

  /** Remember a half-finished play. @param {string} id @param {string} record */
  stop(id, record) {
    const kept = this.read();
    if (kept) this.write({ ...kept, stopped: { ...kept.stopped, [id]: record } });
  }

  /** @param {string} id @returns {string | undefined} */
  stopped(id) {
    return this.read()?.stopped[id];
  }

  /** Remember a finished one; the same record twice is one. @param {string} id @param {Omit<KeptAttempt, "at">} attempt */
  finish(id, attempt) {
    const kept = this.read();
    if (!kept) return;
    const { [id]: _gone, ...stopped } = kept.stopped;
    const known = kept.attempts.some((one) => one.record === attempt.record);
    const at = new Date().toISOString().slice(0, 10);
    this.write({ ...kept, stopped, attempts: known ? kept.attempts : [...kept.attempts, { ...attempt, at }] });
  }
}
