// The panel that saves the course on this device, and removes it. Nothing is saved, and no service worker
// registered, before the reader asks for it.
import { button, fill, h } from "./dom.js";
import { Shelf } from "./shelf.js";
import { ROOT, forget, registration, savable } from "./saved.js";

const shelf = new Shelf(ROOT);

/** @param {number} bytes */
const megabytes = (bytes) => new Intl.NumberFormat(document.documentElement.lang || "en",
  { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(bytes / 1e6);

/** @param {HTMLElement} mount */
async function show(mount) {
  // what was opened from disk is on this device already
  if (!location.protocol.startsWith("http")) return mount.remove();
  /** @type {import("./dom.js").Words} */
  const words = JSON.parse(mount.dataset.words || "{}");
  const live = h("p", { role: "status" });
  const body = h("div");
  mount.replaceChildren(h("div", { class: "fp-keep" }, body, live));
  /** @param {string} text */
  const say = (text) => { live.textContent = text; };
  /** @param {...Node} children */
  const put = (...children) => {
    const held = body.contains(document.activeElement);
    body.replaceChildren(...children);
    // who pressed a button that is gone goes on from the one in its place
    if (held) /** @type {HTMLElement | null} */ (body.querySelector("button"))?.focus();
  };
  if (!savable()) return put(h("p", {}, words["offline-impossible"]));

  /** Each language of a book is saved by itself, and named as it names itself. */
  const language = () => [...document.querySelectorAll(".fp-languages [aria-current]")].map((link) => {
    const [before, after] = words["offline-language"].split("{language}");
    return h("p", {}, before, h("bdi", { lang: link.getAttribute("lang") }, link.textContent), after);
  });

  async function draw() {
    const saved = await shelf.current();
    if (saved && await registration()) {
      return put(h("p", { class: "fp-strong" }, fill(words["offline-saved"], { size: megabytes(saved.size), version: saved.version })),
        h("p", {}, words["offline-renewed"]), button(words["offline-remove"], remove, { class: "fp-remove" }));
    }
    const release = await shelf.published();
    const done = await shelf.bytes(release);
    const sizes = { done: megabytes(done), size: megabytes(release.size) };
    put(h("p", { class: "fp-strong" }, fill(done ? words["offline-half"] : words["offline-size"], sizes)),
      h("p", {}, words["offline-help"]), ...language(),
      h("p", { class: "fp-row" }, button(done ? words["offline-resume"] : words["offline-save"], () => save(release), { class: "fp-save" }),
        done ? button(words["offline-remove"], remove, { class: "fp-remove" }) : null));
  }

  /** @param {import("./shelf.js").Release} release */
  async function save(release) {
    const stop = new AbortController();
    const bar = h("progress", { max: release.size, value: 0, "aria-label": words["offline-saving"] });
    const count = h("span");
    /** @param {number} bytes */
    const tell = (bytes) => {
      bar.setAttribute("value", String(bytes));
      count.textContent = fill(words["offline-count"], { done: megabytes(bytes), size: megabytes(release.size) });
    };
    put(h("p", { class: "fp-row" }, bar, count), button(words["offline-stop"], () => stop.abort(), { class: "fp-stop" }));
    say(words["offline-saving"]);
    navigator.storage?.persist?.();
    try {
      await shelf.load(release, await shelf.open(), tell, stop.signal);
      // removed meanwhile, in another tab
      if (!await shelf.current()) throw new DOMException("", "AbortError");
      await navigator.serviceWorker.register(`${ROOT}worker.js`, { scope: ROOT });
      say(words["offline-done"]);
    } catch (error) {
      say(await failed(error));
    }
    await again();
  }

  /** Undo what cannot be finished, and return what is to be said. @param {any} error */
  async function failed({ name }) {
    if (name === "SecurityError") return words["offline-refused"];
    if (name !== "AbortError" && name !== "QuotaExceededError") return words["offline-broken"];
    await forget();
    return name === "AbortError" ? words["offline-stopped"] : words["offline-full"];
  }

  async function remove() {
    await forget();
    say(words["offline-removed"]);
    await again();
  }

  /** Draw what is so now; without a network, only what the device knows can be said. */
  async function again() {
    try {
      await draw();
    } catch (error) {
      put(button(words["offline-retry"], again));
      say(await failed(error));
    }
  }
  await again();
  mount.dataset.ready = "";
}

for (const mount of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-fourps-offline]"))) show(mount);
