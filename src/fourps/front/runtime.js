// The runtime that a platform lends to a course, by SCORM 1.2 or SCORM 2004: found wherever a platform has it, and
// asked without trust. Nothing here throws.

/** What somebody's platform calls things. @typedef {{api: string, call: string, end: string, status: string, place: string, exit: string, time: string, mode: string}} Tongue */
/** @type {Tongue[]} */
const TONGUES = [
  { api: "API_1484_11", call: "", end: "Terminate", status: "cmi.completion_status", place: "cmi.location", exit: "cmi.exit", time: "cmi.session_time", mode: "cmi.mode" },
  { api: "API", call: "LMS", end: "Finish", status: "cmi.core.lesson_status", place: "cmi.core.lesson_location", exit: "cmi.core.exit", time: "cmi.core.session_time", mode: "cmi.core.lesson_mode" },
];
// windows within windows; more are a circle
const DEEPEST = 50;
const OVER = ["completed", "passed"];

/** What is told. @typedef {"status" | "data" | "place"} Name */

/** A window of another origin may not be looked into. @template T @param {() => T} act */
function tried(act) {
  try {
    return act();
  } catch {
    return null;
  }
}

/** A window, and those above it. @param {Window | null | undefined} from */
function upwards(from) {
  /** @type {Window[]} */
  const all = [];
  for (let at = from; at && !all.includes(at) && all.length < DEEPEST; at = tried(() => /** @type {Window} */ (at).parent)) all.push(at);
  return all;
}

/**
 * Look for a runtime: in a window itself, above it, and where the windows came from that were opened.
 * @param {Window} here
 * @returns {Runtime | null}
 */
export function find(here) {
  const above = upwards(here);
  for (const one of [...above, ...above.flatMap((window) => upwards(tried(() => /** @type {Window | null} */ (window.opener))))]) {
    for (const tongue of TONGUES) {
      const api = tried(() => /** @type {any} */ (one)[tongue.api]);
      if (api && tried(() => typeof api[`${tongue.call}Initialize`]) === "function") return new Runtime(api, tongue);
    }
  }
  return null;
}

/**
 * Look for a runtime until one answers: a platform may make it after the course.
 * @param {Window} here
 * @param {(runtime: Runtime) => boolean} begin
 * @param {(tries: number) => Promise<boolean>} wait whether to look again
 */
export async function search(here, begin, wait) {
  for (let tries = 0; ; tries += 1) {
    const runtime = find(here);
    if (runtime && begin(runtime)) return true;
    if (!await wait(tries)) return false;
  }
}

/** Hours, minutes and seconds. @param {number} seconds */
function clock(seconds) {
  /** @param {number} number @param {number} size */
  const digits = (number, size) => String(Math.floor(number)).padStart(size, "0");
  return `${digits(Math.min(9999, seconds / 3600), 4)}:${digits((seconds / 60) % 60, 2)}:${digits(seconds % 60, 2)}`;
}

/** One session with a platform. */
export class Runtime {
  /** @param {any} api @param {Tongue} tongue */
  constructor(api, tongue) {
    this.api = api;
    this.tongue = tongue;
    this.ended = false;
    /** @type {Record<Name, string>} what the platform has for sure */
    this.known = { status: "", data: "", place: "" };
  }

  /** @param {string} word @param {...string} values @returns {string | null} nothing where it failed */
  call(word, ...values) {
    const answer = tried(() => String(this.api[this.tongue.call + word](...values)));
    return answer === "false" ? null : answer;
  }

  /** @param {string} name */
  get(name) {
    const answer = this.call("GetValue", name);
    return answer === null || answer === "null" || answer === "undefined" ? "" : answer;
  }

  /** @param {Name} name */
  element(name) {
    return name === "data" ? "cmi.suspend_data" : this.tongue[name];
  }

  /** Begin; at once it is said that nothing is completed, for a platform would take silence for it. @returns {boolean} whether it answers */
  begin() {
    // some page around us may have begun already
    if (this.call("Initialize", "") === null && !this.get(this.tongue.status)) return false;
    for (const name of /** @type {Name[]} */ (["status", "data", "place"])) this.known[name] = this.get(this.element(name));
    if (!this.over && !this.wasHere) this.put("status", "incomplete");
    this.call("SetValue", this.tongue.exit, "suspend");
    return this.call("Commit", "") !== null;
  }

  /**
   * Whether the reader has been here where a platform never names the status, as Open edX's block does not: what is
   * completed there would be incomplete again. But it gives back how the reader went the last time.
   */
  get wasHere() {
    return !this.known.status && this.get(this.tongue.exit) === "suspend";
  }

  /** Whether the course is completed: it stays so. */
  get over() {
    return OVER.includes(this.known.status);
  }

  /** Whether somebody only looks at the course, such as a guest: then a platform keeps nothing. */
  get isLooking() {
    return this.get(this.tongue.mode) === "browse";
  }

  /** @param {Name} name @param {string} value */
  put(name, value) {
    return this.call("SetValue", this.element(name), value) !== null;
  }

  /** Tell what changed, and have it kept. @param {Partial<Record<Name, string>>} values @returns {boolean} whether the platform has all of it now */
  keep(values) {
    const news = /** @type {[Name, string][]} */ (Object.entries(values)).filter(([name, value]) => this.known[name] !== value);
    if (!news.length) return true;
    if (this.ended) return false;
    // each of them is told, also after one that was refused
    const taken = news.map(([name, value]) => this.put(name, value)), kept = this.call("Commit", "") !== null;
    news.forEach(([name, value], at) => { if (kept && taken[at]) this.known[name] = value; });
    return kept && !taken.includes(false);
  }

  /** @param {number} seconds that it took */
  end(seconds) {
    if (this.ended) return;
    this.ended = true;
    this.call("SetValue", this.tongue.time, this.tongue.call ? clock(seconds) : `PT${Math.round(seconds)}S`);
    this.call("Commit", "");
    this.call(this.tongue.end, "");
  }
}
