// What a marker decided, in this browser: a list that only grows, kept at once, with neither names nor texts.

/** @typedef {import("./several.js").Decision} Decision */
/**
 * One line of the list; a line that takes another one back names it and decides nothing.
 * @typedef {object} Row
 * @property {string} id
 * @property {string} at when, by the clock of this machine
 * @property {string} marker drawn for each browser: it names nobody
 * @property {string} assignment @property {string} cell
 * @property {string} text its hash
 * @property {Decision} [decision]
 * @property {string} [undoes]
 */

const ROWS = "rows", ABOUT = "about";
export const FORMAT = 1;
// what many markers of many groups come to, twice
const LIMIT = 20_000_000, MOST = 100_000;
const TEXT = ["id", "at", "marker", "assignment", "cell", "text"];

/** A file that cannot be used; `key` says why: it is `broken`, or `newer` than this page. */
export class LogError extends Error {
  /** @param {string} key */
  constructor(key) {
    super(key);
    this.key = key;
  }
}

/** @template T @param {IDBRequest<T>} request @returns {Promise<T>} */
const asked = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

/** Resolves once the disk has it. @param {IDBTransaction} transaction @returns {Promise<void>} */
const ended = (transaction) => new Promise((resolve, reject) => {
  transaction.oncomplete = () => resolve();
  transaction.onabort = () => reject(transaction.error);
});

/** @param {string} name @returns {Promise<IDBDatabase>} */
function opened(name) {
  const request = indexedDB.open(name, 1);
  request.onupgradeneeded = () => {
    request.result.createObjectStore(ROWS, { autoIncrement: true });
    request.result.createObjectStore(ABOUT);
  };
  return asked(request);
}

/** Rows in the order in which they were made, each once. @param {Row[]} rows */
export function inOrder(rows) {
  const known = new Map(rows.map((row) => [row.id, row]));
  return [...known.values()].sort((one, other) => (one.at === other.at ? Number(one.id > other.id) || -1 : Number(one.at > other.at) || -1));
}

/**
 * What stands of each text of a task, by marker, whoever decided first first. What was taken back leaves what was before it.
 * @param {Row[]} rows in their order @param {string} assignment @param {string} cell @param {string[]} mine who marked here, also elsewhere: one marker
 * @returns {Map<string, Map<string, Row>>}
 */
export function standing(rows, assignment, cell, mine) {
  const gone = new Set(rows.map(({ undoes }) => undoes)), /** @type {Map<string, Map<string, Row>>} */ found = new Map();
  for (const row of rows) {
    if (row.undoes || gone.has(row.id) || row.assignment !== assignment || row.cell !== cell) continue;
    const marker = mine.includes(row.marker) ? mine[0] : row.marker, of = found.get(row.text) || new Map();
    of.delete(marker);
    found.set(row.text, of.set(marker, row));
  }
  return found;
}

/** A saved file: its rows, and whose they are. @param {string} text @returns {{rows: Row[], mine: string[]}} */
export function readMarks(text) {
  if (text.length > LIMIT) throw new LogError("broken");
  let document;
  try {
    document = JSON.parse(text);
  } catch {
    throw new LogError("broken");
  }
  const { format, mine, marking } = Object(document);
  if (Number.isInteger(format) && format > FORMAT) throw new LogError("newer");
  if (format !== FORMAT || !Array.isArray(mine) || !mine.every(isWord) || !Array.isArray(marking) || marking.length > MOST || !marking.every(isRow)) throw new LogError("broken");
  return { rows: marking, mine };
}

/** @param {unknown} value */
const isWord = (value) => typeof value === "string" && value.length <= 100;

/** @param {any} decision */
function isDecision(decision) {
  const { kind, scores, cap, points, comment, ...others } = Object(decision), isNumber = (/** @type {unknown} */ one) => Number.isFinite(one);
  return (kind === "mark" ? isNumber(points) : kind === "stop" && points === null) && Array.isArray(scores) && scores.length <= 100 && scores.every(isNumber)
    && typeof cap === "boolean" && typeof comment === "string" && !Object.keys(others).length;
}

/** @param {any} row */
function isRow(row) {
  const { decision, undoes } = Object(row);
  const decides = undoes === undefined ? isDecision(decision) : typeof undoes === "string" && decision === undefined;
  return decides && TEXT.every((name) => isWord(row[name]));
}

/** What is kept: the list, who marked here, and how much of the list is in a file. @typedef {{rows: Row[], mine: string[], inFile: number}} Kept */

/** @param {IDBTransaction} transaction @returns {Promise<Partial<Kept>>} */
async function read(transaction) {
  const about = transaction.objectStore(ABOUT);
  const [rows, mine, inFile] = await Promise.all([asked(transaction.objectStore(ROWS).getAll()), asked(about.get("mine")), asked(about.get("inFile"))]);
  return { rows, mine, inFile };
}

/** Where nothing can be kept, as in some private windows, it lasts as long as the page. */
export class Log {
  /** @param {IDBDatabase | null} database @param {Kept} kept */
  constructor(database, kept) {
    this.database = database;
    this.kept = kept;
    /** Called when anything is other than before. */
    this.changed = /** @type {() => void} */ (() => undefined);
  }

  /** @param {string} name */
  static async open(name) {
    const log = new Log(null, { rows: [], mine: [crypto.randomUUID().slice(0, 8)], inFile: 0 });
    try {
      log.database = await opened(name);
      await log.change(() => ({}));
    } catch {
      log.database = null;
    }
    return log;
  }

  get rows() {
    return this.kept.rows;
  }

  /** Who marked here. */
  get mine() {
    return this.kept.mine;
  }

  /** Who marks here. */
  get marker() {
    return this.mine[0];
  }

  /** How much is in no file yet. */
  get unsaved() {
    return this.rows.length - this.kept.inFile;
  }

  /** How many decisions there are that nobody took back. */
  get count() {
    return this.rows.length - 2 * this.rows.filter(({ undoes }) => undoes).length;
  }

  /**
   * Change something in one step, beside other windows that do; it resolves once the disk has it.
   * @param {(kept: Kept) => {added?: Row[], mine?: string[], inFile?: number}} next from what is there by now
   */
  async change(next) {
    if (!this.database) return this.settle(this.kept, next(this.kept));
    const transaction = this.database.transaction([ROWS, ABOUT], "readwrite", { durability: "strict" }), done = ended(transaction);
    const { rows = [], mine = this.mine, inFile = 0 } = await read(transaction);
    let news;
    try {
      news = next({ rows, mine, inFile });
    } catch (error) {
      transaction.abort();
      await done.catch(() => undefined);
      throw error;
    }
    const { added = [], ...about } = { mine, inFile, ...news };
    for (const row of added) transaction.objectStore(ROWS).add(row);
    for (const [name, value] of Object.entries(about)) transaction.objectStore(ABOUT).put(value, name);
    await done;
    return this.settle({ rows, mine, inFile }, news);
  }

  /** @param {Kept} kept @param {{added?: Row[], mine?: string[], inFile?: number}} news */
  settle(kept, { added = [], ...about }) {
    this.kept = { ...kept, ...about, rows: [...kept.rows, ...added] };
    this.changed();
  }

  /** @param {Omit<Row, "id" | "at" | "marker">} row @returns {Row} */
  row(row) {
    return { id: crypto.randomUUID(), at: new Date().toISOString(), marker: this.marker, ...row };
  }

  /** All of it as text, for a file. */
  text() {
    return `${JSON.stringify({ format: FORMAT, mine: this.mine, marking: inOrder(this.rows) }, null, 1)}\n`;
  }

  /** A file with this many rows was given out. @param {number} count */
  async saved(count) {
    await this.change(() => ({ inFile: count }));
  }

  /**
   * Take a file back: what is there stays, and each row comes in once.
   * @param {string} text
   * @param {boolean} own whether whoever marks here made it, as in another browser
   */
  async take(text, own) {
    const theirs = readMarks(text);
    let count = 0;
    await this.change(({ rows, mine, inFile }) => {
      const known = new Set(rows.map(({ id }) => id)), added = inOrder(theirs.rows).filter(({ id }) => !known.has(id));
      count = added.length;
      return { added, inFile: inFile + count, mine: own ? [...new Set([...mine, ...theirs.mine])] : mine };
    });
    return count;
  }
}
