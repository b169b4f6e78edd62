// The panel that saves the course on this device, and removes it. Nothing is saved, and no service worker
// registered, before the reader asks for it.
import { button, fill, h } from "./dom.js";
import { Shelf } from "./savedcourse.js";
import { ROOT, forget, registration, savable } from "./saved.js";

const shelf = new Shelf(ROOT);

/** @param {number} bytes */
const megabytes = (bytes) => new Intl.NumberFormat(document.documentElement.lang || "en",
  { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(bytes / 1e6);

/** Each language of a book is saved by itself, and named as it names itself. @param {import("./dom.js").Words} words */
const languages = (words) => [...document.querySelectorAll(".fp-languages [aria-current]")].map((link) => {
  const [before, after] = words["offline-language"].split("{language}");
  return h("p", {}, before, h("bdi", { lang: link.getAttribute("lang") }, link.textContent), after);
});

class Panel {
  /** @param {HTMLElement} mount */
  constructor(mount) {
    /** @type {import("./dom.js").Words} */
    this.words = JSON.parse(mount.dataset.words || "{}");
    this.live = h("p", { role: "status" });
    this.body = h("div");
    mount.replaceChildren(h("div", { class: "fp-keep" }, this.body, this.live));
  }

  /** @param {string} text */
  say(text) {
    this.live.textContent = text;
  }

  /** @param {...Node} children */
  put(...children) {
    const { body } = this, held = body.contains(document.activeElement);
    body.replaceChildren(...children);
    // who pressed a button that is gone goes on from the one in its place
    if (held) /** @type {HTMLElement | null} */ (body.querySelector("button"))?.focus();
  }

  async draw() {
    const { words } = this, saved = await shelf.current();
    const remove = button(words["offline-remove"], () => this.remove(), { class: "fp-remove" });
    if (saved && await registration()) {
      return this.put(h("p", { class: "fp-strong" }, fill(words["offline-saved"], { size: megabytes(saved.size), version: saved.version })),
        h("p", {}, words["offline-renewed"]), remove);
    }
    const release = await shelf.published();
    const done = await shelf.bytes(release);
    const sizes = { done: megabytes(done), size: megabytes(release.size) };
    this.put(h("p", { class: "fp-strong" }, fill(done ? words["offline-half"] : words["offline-size"], sizes)),
      h("p", {}, words["offline-help"]), ...languages(words),
      h("p", { class: "fp-row" }, button(done ? words["offline-resume"] : words["offline-save"], () => this.save(release), { class: "fp-save" }),
        done ? remove : null));
  }

  /** @param {import("./savedcourse.js").Release} release */
  async save(release) {
    const { words } = this, stop = new AbortController();
    const bar = h("progress", { max: release.size, value: 0, "aria-label": words["offline-saving"] });
    const count = h("span");
    /** @param {number} bytes */
    const tell = (bytes) => {
      bar.setAttribute("value", String(bytes));
      count.textContent = fill(words["offline-count"], { done: megabytes(bytes), size: megabytes(release.size) });
    };
    this.put(h("p", { class: "fp-row" }, bar, count), button(words["offline-stop"], () => stop.abort(), { class: "fp-stop" }));
    this.say(words["offline-saving"]);
    navigator.storage?.persist?.();
    try {
      await shelf.load(release, await shelf.open(), tell, stop.signal);
      // removed meanwhile, in another tab
      if (!await shelf.current()) throw new DOMException("", "AbortError");
      await navigator.serviceWorker.register(`${ROOT}worker.js`, { scope: ROOT });
      this.say(words["offline-done"]);
    } catch (error) {
      this.say(await failed(error, this.words));
    }
    await this.again();
  }

  async remove() {
    await forget();
    this.say(this.words["offline-removed"]);
    await this.again();
  }

  /** Draw what is so now; without a network, only what the device knows can be said. */
  async again() {
    try {
      await this.draw();
    } catch (error) {
      this.put(button(this.words["offline-retry"], () => this.again()));
      this.say(await failed(error, this.words));
    }
  }
}

/** Undo what cannot be finished, and return what is to be said. @param {any} error @param {import("./dom.js").Words} words */
async function failed({ name }, words) {
  if (name === "SecurityError") return words["offline-refused"];
  if (name !== "AbortError" && name !== "QuotaExceededError") return words["offline-broken"];
  await forget();
  return name === "AbortError" ? words["offline-stopped"] : words["offline-full"];
}

/** @param {HTMLElement} mount */
async function show(mount) {
  // what was opened from disk is on this device already
  if (!location.protocol.startsWith("http")) return mount.remove();
  const panel = new Panel(mount);
  if (!savable()) return panel.put(h("p", {}, panel.words["offline-impossible"]));
  await panel.again();
  mount.dataset.ready = "";
}

for (const mount of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-fourps-offline]"))) show(mount);
