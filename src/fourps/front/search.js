// The page "Search": which pages hold a word says the shelf of its first letter; where it stands, each found page's own text.
import { button, fill, h } from "./dom.js";
import { extracts, once } from "./find.js";
import { seek } from "./seek.js";

/** @typedef {import("./find.js").Index} Index */
/** @typedef {import("./find.js").Passage} Passage */

// each loads one file more, which a weak link feels
const AT_ONCE = 5, PASSAGES = 3;
const root = document.documentElement.dataset.content_root || "";
const results = /** @type {HTMLElement} */ (document.getElementById("search-results"));
const field = /** @type {HTMLInputElement} */ (document.querySelector(".fp-search input"));
const said = h("p", { role: "status" });
/** @type {import("./dom.js").Words} */
const words = JSON.parse(results.dataset.words || "");
/** Show what is asked for, as soon as there is an index. */
let show = () => {};
/** @type {Map<string, Passage[]>} by page */
const texts = new Map();
/** @type {Map<string, string>} packed words, by their first letter */
const shelves = new Map();

/** Load words or a text, which is a script since a page from disk can read nothing else. @param {string} path */
const load = (path) => new Promise((resolve) => {
  document.head.append(h("script", { src: `${root}${path}.js`, onload: resolve, onerror: resolve }));
});

/** @type {import("./seek.js").Load} */
async function loadShelves(names) {
  await Promise.all(names.filter((name) => !shelves.has(name)).map((name) => load(`searchindex/${name}`)));
  const packed = names.flatMap((name) => shelves.get(name) ?? []);
  return packed.length < names.length ? null : packed;
}

/** The pages of an index, and what is shown of those that hold the words. */
class Finder {
  /** @param {Index} index */
  constructor(index) {
    // what Sphinx ships for the language of the book
    const { Stemmer, stopwords } = /** @type {any} */ (window);
    const stemmer = new Stemmer();
    /** @type {import("./find.js").Stem} */
    this.stem = once((word) => stemmer.stemWord(word));
    this.idle = stopwords;
    // Sphinx writes titles as markup
    const titles = index.titles.map((title) => new DOMParser().parseFromString(title, "text/html").body.textContent || "");
    this.index = { ...index, titles };
    /** @type {import("./seek.js").Found} */
    this.found = { asked: [], pages: [], course: [], wrong: [], meant: [], others: [] };
    this.list = h("ol");
    this.more = h("p");
  }

  /** @param {string} query */
  async look(query) {
    this.list = h("ol");
    this.more = h("p");
    field.value = query;
    said.textContent = "";
    results.replaceChildren(said, this.list, this.more);
    if (!query.trim()) return;
    said.textContent = words["page-search-busy"];
    const { list } = this;
    const found = await seek(query, this.index, loadShelves, this.stem, this.idle);
    if (!list.isConnected) return; // something else was asked for meanwhile
    if (!found?.asked.length) {
      said.textContent = words[found ? "page-search-idle" : "page-search-lost"];
      return;
    }
    this.found = found;
    this.add();
  }

  /** What is said of the words: which took the place of others, and how many pages have them. */
  sentence() {
    const { pages: { length: count }, course, wrong, meant } = this.found;
    const sum = count === 0 ? words["page-search-none"] : count === 1 ? words["page-search-one"] : fill(words["page-search-many"], { count });
    const near = meant.length && fill(words["page-search-near"], { asked: wrong.join(" "), words: meant.join(" ") });
    return [near, sum, ...count ? course.map((one) => fill(words["page-search-instead"], { words: one })) : []].filter(Boolean).join(" ");
  }

  /** Other words that may have been meant, each a search. */
  others() {
    const { others, pages } = this.found;
    return others.length > 0 && h("p", { class: "fp-others" }, words[pages.length ? "page-search-or" : "page-search-nearest"], " ",
      ...others.map((word) => button(word, () => ask(word))));
  }

  /** @param {number} page */
  result(page) {
    const { docnames, titles } = this.index, href = `${root}${docnames[page]}.html`;
    return h("li", {}, h("a", { href }, titles[page]),
      ...extracts(texts.get(docnames[page]) || [], this.found.asked, this.stem, PASSAGES).map(({ at, name, parts }) =>
        h("div", { class: "fp-found" },
          name !== titles[page] && h("p", {}, h("a", { href: at ? `${href}#${at}` : href }, name)),
          h("p", {}, ...parts.map((part, place) => place % 2 ? h("mark", {}, part) : part)))));
  }

  /** Show the next pages. */
  async add() {
    const { list, more, found: { pages } } = this, shown = list.children.length;
    const next = pages.slice(shown, shown + AT_ONCE);
    // with their texts all at once, so that nothing moves under a finger
    await Promise.all(next.map((page) => load(`search/${this.index.docnames[page]}`)));
    if (!list.isConnected) return; // something else was asked for meanwhile
    const items = next.map((page) => this.result(page));
    list.append(...items);
    more.replaceChildren(...(list.children.length < pages.length ? [button(words["page-search-more"], () => this.add())] : []));
    if (shown > 0) return /** @type {HTMLElement} */ (items[0].querySelector("a")).focus();
    said.textContent = this.sentence();
    said.after(this.others() || "");
  }
}

/** @param {Index} index */
function setIndex(index) {
  const finder = new Finder(index);
  show = () => finder.look(history.state?.asked || "");
  show();
  if (!field.value) field.focus();
}

// what is asked for stands in the tab's history, which shows it to nobody, and in no address
/** @param {string} query */
function ask(query) {
  history.pushState({ asked: query }, "");
  show();
}
field.form?.addEventListener("submit", (event) => {
  event.preventDefault();
  ask(field.value);
});
addEventListener("popstate", () => show());
const old = new URLSearchParams(location.search).get("q"); // of an older link
if (old !== null) history.replaceState({ asked: old }, "", location.pathname);
results.append(said);
// a saved course may be of a newer release by now than the index of a page that "Back" brings again
addEventListener("pageshow", (event) => { if (event.persisted && navigator.serviceWorker?.controller) location.reload(); });
/** What the index, its words and the texts call. */
Object.assign(window, {
  Search: {
    setIndex,
    setWords: (/** @type {string} */ name, /** @type {string} */ packed) => shelves.set(name, packed),
    setText: (/** @type {string} */ name, /** @type {Passage[]} */ text) => texts.set(name, text),
  },
});
