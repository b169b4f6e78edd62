// The page "Search": which pages hold a word says the shelf of its first letter; where it stands, each found page's own text.
import { button, fill, h } from "./dom.js";
import { extracts, instead, pages, tests } from "./find.js";

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

/** The pages of an index, and what is shown of those that hold the words. */
class Finder {
  /** @param {Index} index */
  constructor(index) {
    // what Sphinx ships for the language of the book
    const { Stemmer, stopwords } = /** @type {any} */ (window);
    const stemmer = new Stemmer();
    /** @type {import("./find.js").Stem} */
    this.stem = (word) => stemmer.stemWord(word);
    this.idle = stopwords;
    // Sphinx writes titles as markup
    const titles = index.titles.map((title) => new DOMParser().parseFromString(title, "text/html").body.textContent || "");
    this.index = { ...index, titles };
    /** @type {import("./find.js").Test[]} */
    this.asked = [];
    /** @type {number[]} the pages that hold the words, the best first */
    this.found = [];
    /** @type {string[]} what the course says for words of the reader */
    this.course = [];
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
    // what the reader calls otherwise than the course is looked for under both names
    const course = instead(query, this.index.synonyms, this.stem);
    const ways = [query, ...course.said.length ? [course.query] : []].map((one) => tests(one, this.stem, this.idle));
    this.asked = ways.flat();
    this.course = [...new Set(course.said)].map((one) => fill(words["page-search-instead"], { words: one }));
    if (!this.asked.length) {
      said.textContent = words["page-search-idle"];
      return;
    }
    said.textContent = words["page-search-busy"];
    const { list, asked } = this, there = new Set(this.index.shelves);
    const wanted = [...new Set(asked.flatMap((test) => test.shelves))].filter((name) => there.has(name));
    await Promise.all(wanted.filter((name) => !shelves.has(name)).map((name) => load(`searchindex/${name}`)));
    if (!list.isConnected) return; // something else was asked for meanwhile
    const packed = wanted.flatMap((name) => shelves.get(name) ?? []);
    if (packed.length < wanted.length) {
      said.textContent = words["page-search-lost"];
      return;
    }
    this.found = [...new Set(ways.flatMap((way) => pages(this.index, packed, way, this.stem)))];
    this.add();
  }

  /** @param {number} page */
  result(page) {
    const { docnames, titles } = this.index, href = `${root}${docnames[page]}.html`;
    return h("li", {}, h("a", { href }, titles[page]),
      ...extracts(texts.get(docnames[page]) || [], this.asked, this.stem, PASSAGES).map(({ at, name, parts }) =>
        h("div", { class: "fp-found" },
          name !== titles[page] && h("p", {}, h("a", { href: at ? `${href}#${at}` : href }, name)),
          h("p", {}, ...parts.map((part, place) => place % 2 ? h("mark", {}, part) : part)))));
  }

  /** Show the next pages. */
  async add() {
    const { list, more, found } = this, count = found.length;
    const next = found.slice(list.children.length, list.children.length + AT_ONCE);
    // with their texts all at once, so that nothing moves under a finger
    await Promise.all(next.map((page) => load(`search/${this.index.docnames[page]}`)));
    if (!list.isConnected) return; // something else was asked for meanwhile
    const items = next.map((page) => this.result(page)), again = list.children.length > 0;
    list.append(...items);
    if (again) /** @type {HTMLElement} */ (items[0].querySelector("a")).focus();
    more.replaceChildren(...(list.children.length < count ? [button(words["page-search-more"], () => this.add())] : []));
    const sum = count === 0 ? words["page-search-none"] : count === 1 ? words["page-search-one"] : fill(words["page-search-many"], { count });
    said.textContent = [sum, ...count ? this.course : []].join(" ");
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
field.form?.addEventListener("submit", (event) => {
  event.preventDefault();
  history.pushState({ asked: field.value }, "");
  show();
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
