// The one frame that holds a course on somebody else's platform: pages change inside it, and the session is its own.
import { away } from "./away.js";
import { memory } from "./memory.js";
import { search } from "./runtime.js";
import { Session } from "./session.js";

/** What a page says that cannot reach this window. */
export const LEAVE = "fourps-leave";
// in milliseconds: how often a runtime is looked for, when the course opens without one, and when none is looked for any more
const EVERY = 250, OPEN = 1000, LAST = 10000;
// in which several changes are one
const PAUSE = 150;
const LEFT = "left";

/** @template {HTMLElement} T @param {string} selector */
const the = (selector) => /** @type {T} */ (document.querySelector(selector));

/** The tab's own memory, in which nothing stands but that somebody left. @template T @param {(storage: globalThis.Storage) => T} act */
function tab(act) {
  try {
    return act(sessionStorage);
  } catch {
    return null; // in a sandbox there is none
  }
}

class Shell {
  constructor() {
    /** @type {import("./session.js").Unit} */
    this.unit = JSON.parse(the("script[type='application/json']").textContent || "");
    this.frame = /** @type {HTMLIFrameElement} */ (the("iframe"));
    this.line = the("[role=status]");
    this.root = new URL(".", location.href).href;
    this.timer = 0;
    this.opened = false;
    this.left = false;
    this.session = new Session(this.unit, (state) => this.say(state), (act) => {
      clearTimeout(this.timer);
      this.timer = window.setTimeout(act, PAUSE);
    });
  }

  /** @param {import("./session.js").State} state */
  say(state) {
    // where somebody left, nothing speaks of a course
    const text = this.left ? "" : this.line.dataset[state] || "";
    if (this.line.textContent !== text) this.line.textContent = text;
  }

  /** Open the course, once, where the reader stopped. */
  open() {
    if (!this.opened && !this.left) this.frame.src = this.root + this.session.start;
    this.opened = true;
  }

  /** Look for a runtime for some seconds. A window by itself has none to wait for. */
  async begin() {
    const alone = window.parent === window && !window.opener;
    const found = await search(window, (runtime) => this.left || this.session.begin(runtime), async (tries) => {
      if (alone || tries * EVERY >= OPEN) this.open();
      if (alone || tries * EVERY >= LAST) return false;
      await new Promise((resolve) => { setTimeout(resolve, EVERY); });
      return true;
    });
    if (!found) this.say("unrecorded");
    this.open();
  }

  /** @param {string} href */
  visit(href) {
    const address = decodeURI(href.slice(this.root.length));
    if (href.startsWith(this.root) && this.session.leads(address)) this.session.visit(address);
  }

  /** @param {string} key @param {boolean} repeat */
  press(key, repeat) {
    try {
      this.frame.contentWindow?.dispatchEvent(new KeyboardEvent("keydown", { key, repeat }));
    } catch {
      // a sandbox keeps both apart
    }
  }

  end() {
    clearTimeout(this.timer);
    this.session.end();
  }

  /** Show nothing of the course any more. */
  clear() {
    this.left = true;
    document.title = "…";
    this.frame.remove();
    this.line.textContent = "";
    the("main").hidden = false;
    the("main p").focus();
  }

  /** Leave: first of all nothing is seen any more; then the platform is told, and the whole window is left where it may be. */
  leave() {
    if (this.left) return true;
    this.clear();
    tab((storage) => storage.setItem(LEFT, "yes"));
    // once it was painted: a platform may take its time
    setTimeout(() => {
      this.end();
      away(new URL(the("main").dataset.neutral || "", this.root).href);
    }, 50);
    return true;
  }
}

// what pages have in place of the tab's memory
const shell = new Shell(), tabs = memory();
Object.assign(window, {
  fourpsShell: {
    storage: shell.session.storage,
    tab: tabs,
    /** @param {string} href */
    visit: (href) => shell.visit(href),
    /** @param {string} id */
    finish: (id) => shell.session.finish(id),
    leave: () => shell.leave(),
    get recorded() { return shell.session.runtime !== null; },
  },
});
addEventListener("message", ({ source, data }) => {
  if (data === LEAVE && source === shell.frame.contentWindow) shell.leave();
});
// the keys that leave are heard by the page, wherever the focus is
addEventListener("keydown", ({ key, repeat }) => shell.press(key, repeat));
addEventListener("pagehide", () => shell.end());
// what was ended cannot go on
addEventListener("pageshow", ({ persisted }) => { if (persisted) location.reload(); });
const [entry] = /** @type {PerformanceNavigationTiming[]} */ (performance.getEntriesByType("navigation"));
// by Back, nobody comes to see what somebody left
if (entry?.type === "back_forward" && tab((storage) => storage.getItem(LEFT))) shell.clear();
else {
  tab((storage) => storage.removeItem(LEFT));
  shell.begin();
}
