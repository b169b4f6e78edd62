// What matches a search, and where in a text: without accents and capitals, and from a word's beginning.

/** A named place on a page: what leads there, its name and its text. @typedef {[string, string, string]} Passage */
/** What `fourps.book.after.search_index` writes; the words of headings and their pages are packed. @typedef {{docnames: string[], titles: string[], titleterms: string, shelves: string[], synonyms: Record<string, string>}} Index */
/** @typedef {(word: string) => string} Stem */
/** Whether a word, or its stem, is or begins as the one that is asked for; whether it is that one; and on which shelves such words stand. @typedef {((word: string) => boolean) & {word: string, same: (word: string) => boolean, shelves: string[]}} Test */

const WORD = /[\p{L}\p{M}\p{N}_]+/gu;
// Sphinx's index leaves it out
const POSSESSIVE = /['’]s(?![\p{L}\p{M}\p{N}_])/gu;
// what a page is worth for each word, and once where its title says nothing else, or where it teaches
const [IN_TEXT, MOST_OFTEN, IN_HEADING, IN_TITLE, TEACHING] = [1, 3, 4, 14, 8];
const LENGTH = 180;
const ZERO = "#".charCodeAt(0), ZERO_FIGURE = "0".charCodeAt(0);

// a stemmer of French knows many endings by their accents alone, which who types in a hurry leaves out
/** @type {[RegExp, string][]} */
const ACCENTED = [[/e(e?s?)$/, "é$1"], [/iere(s?|ment)$/, "ière$1"]];

/** @param {string} text */
export const folded = (text) => /^[\x20-\x7f]*$/.test(text) ? text.toLowerCase() :
  text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replaceAll("œ", "oe").replaceAll("æ", "ae");

/** The letter under which a word stands, folded, by its number; all figures are together. @param {string} word */
export const shelf = (word) => (/^[0-9]/.test(word) ? ZERO_FIGURE : word.codePointAt(0) || 0).toString(16);

/**
 * One test for each word of a query that says something; it takes words and stems, folded.
 * @param {string} query @param {Stem} stem @param {string[]} idle words that stand on every page
 * @returns {Test[]}
 */
export function tests(query, stem, idle) {
  // "sûr" says something, though "sur" does not
  const silent = new Set([...idle, ...idle.map(folded)]);
  const wanted = [...new Set(query.normalize("NFC").toLowerCase().replace(POSSESSIVE, "").match(WORD))].filter((word) => !silent.has(word));
  return wanted.map((word) => {
    const whole = folded(word);
    const forms = [word, whole, ...ACCENTED.map(([ending, accented]) => whole.replace(ending, accented))];
    const known = new Set([whole, ...forms.map((form) => folded(stem(form)))]);
    const same = (/** @type {string} */ other) => known.has(other);
    const test = (/** @type {string} */ other) => same(other) || (whole.length > 2 && other.startsWith(whole));
    return Object.assign(test, { word, same, shelves: [...new Set([...known].map(shelf))] });
  });
}

/**
 * A query in the words of the course, and those that stand in it for words from elsewhere.
 * @param {string} query @param {Record<string, string>} synonyms @param {Stem} stem
 * @returns {{query: string, said: string[]}}
 */
export function instead(query, synonyms, stem) {
  /** @param {string} text */
  const stems = (text) => (text.normalize("NFC").toLowerCase().match(WORD) || []).map((word) => folded(stem(word)));
  const known = Object.entries(synonyms).map(([there, here]) => ({ there: stems(there), here }))
    .sort((one, other) => other.there.length - one.there.length);
  const asked = query.normalize("NFC").match(WORD) || [], forms = asked.map((word) => folded(stem(word.toLowerCase())));
  /** @type {string[]} */
  const parts = [], said = [];
  for (let at = 0; at < asked.length;) {
    const found = known.find(({ there }) => there.every((form, place) => form === forms[at + place]));
    if (found) said.push(found.here);
    parts.push(found ? found.here : asked[at]);
    at += found ? found.there.length : 1;
  }
  return { query: parts.join(" "), said };
}

/** What was worked out once: a search asks for the same words again and again. @type {<Key, Value>(work: (key: Key) => Value) => (key: Key) => Value} */
export const once = (work, done = new Map()) => (key) => {
  if (!done.has(key)) done.set(key, work(key));
  return done.get(key);
};

/** Each word, folded and as it is, the pages that hold it, and the one that says it most. @type {(packed: string) => [string, number[], number, string][]} */
const unpacked = once((packed) => {
  const [parts, signs] = packed.split("\n").map((part) => part ? part.split(" ") : []);
  let word = "";
  return parts.map((short, at) => {
    const same = short.charCodeAt(0) - ZERO;
    word = (/[\uD800-\uDBFF]/.test(word) ? [...word].slice(0, same).join("") : word.slice(0, same)) + short.slice(1);
    const [most, ...steps] = [...signs[at]].map((sign) => sign.charCodeAt(0) - ZERO);
    let page = 0;
    const where = steps.map((step) => page += step);
    return [folded(word), where, where[most], word];
  });
});

/** Each word of each title. @type {(stem: Stem) => (index: Index) => {forms: string[]}[][]} */
const titled = once((stem) => once((index) => index.titles.map((title) => marked(title, stem))));

/**
 * The pages that hold every word of one of several ways to ask, the best first.
 * @param {Index} index @param {string[]} shelves the packed words of those that the tests name
 * @param {Test[][]} ways @param {Stem} stem
 * @returns {number[]} places in the index
 */
export function pages(index, shelves, ways, stem) {
  const titles = titled(stem)(index), folders = new Set(index.docnames);
  const terms = shelves.flatMap(unpacked), headings = unpacked(index.titleterms);
  /** @type {Map<number, number>} */
  const best = new Map();
  for (const asked of ways) {
    const weights = asked.map((test) => {
      /** @type {Map<number, number>} */
      const found = new Map();
      /** @param {number} page @param {number} weight */
      const add = (page, weight) => found.set(page, Math.max(weight, found.get(page) || 0));
      for (const [word, where, most] of terms) if (test(word)) for (const page of where) add(page, IN_TEXT + (page === most && test.same(word) ? MOST_OFTEN : 0));
      for (const [word, where] of headings) if (test(word)) for (const page of where) found.set(page, (found.get(page) || 0) + IN_HEADING);
      titles.forEach((title, page) => title.some((word) => word.forms.some(test)) && add(page, IN_HEADING));
      return found;
    });
    const [first, ...others] = weights;
    for (const page of first?.keys() || []) {
      // in a package, a page that is not there has no name
      if (!index.docnames[page] || !others.every((found) => found.has(page))) continue;
      const said = titles[page].filter((word) => word.forms.some((form) => asked.some((test) => test(form))));
      // the half hour has pieces too, and says in short what a module teaches
      const name = index.docnames[page], teaches = name.startsWith("modules/") && folders.has(name.slice(0, name.lastIndexOf("/")));
      const score = weights.reduce((sum, found) => sum + (found.get(page) || 0), 0)
        + IN_TITLE * said.length / titles[page].length + (teaches ? TEACHING : 0);
      best.set(page, Math.max(score, best.get(page) || 0));
    }
  }
  return [...best.keys()].sort((one, other) => (best.get(other) || 0) - (best.get(one) || 0) || one - other);
}

/**
 * How many letters are wrong: one too many, missing or another, or two that changed places; Infinity above a limit.
 * (Damerau and Levenshtein, each place once.)
 * @param {string} one @param {string} other @param {number} most
 */
export function apart(one, other, most) {
  if (Math.abs(one.length - other.length) > most) return Infinity;
  /** @type {number[]} */
  let before = [], last = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let row = 1; row <= one.length; row += 1) {
    const now = [row];
    let least = row;
    for (let at = 1; at <= other.length; at += 1) {
      const wrong = one[row - 1] === other[at - 1] ? 0 : 1;
      const swapped = one[row - 1] === other[at - 2] && one[row - 2] === other[at - 1] ? before[at - 2] + 1 : Infinity;
      now[at] = Math.min(last[at] + 1, now[at - 1] + 1, last[at - 1] + wrong, swapped);
      if (now[at] < least) least = now[at];
    }
    if (least > most) return Infinity;
    before = last;
    last = now;
  }
  return last[other.length] > most ? Infinity : last[other.length];
}

/**
 * The words that a mistyped one may have meant, the nearest first: one letter or two are wrong, or one in the second half of
 * its stem and whatever in its ending. Of those as near, the one comes first that begins and ends most as it, then the most frequent.
 * @param {string} packed each word of the course, and how often it stands there
 * @param {string} typed @param {Stem} stem @param {number} [more] how many more letters may be wrong
 */
export function near(packed, typed, stem, more = 0) {
  const whole = folded(typed), root = folded(stem(typed)), most = (whole.length < 3 ? 0 : whole.length < 6 ? 1 : 2) + more;
  const half = root.slice(0, root.length / 2);
  return unpacked(packed).flatMap(([other, [often], , word]) => {
    const begun = root.length > 4 && other.startsWith(half) && [-1, 0, 1].some((by) => apart(root, other.slice(0, root.length + by), 1) === 1);
    const wrong = begun ? Math.min(2, apart(whole, other, 1)) : apart(whole, other, most);
    return wrong < Infinity ? [{ word, often, wrong, alike: alike(whole, other) }] : [];
  }).sort((one, other) => one.wrong - other.wrong || other.alike - one.alike || other.often - one.often).map(({ word }) => word);
}

/** How many letters two words share at their beginnings and ends. @param {string} one @param {string} other */
function alike(one, other) {
  let first = 0, last = 0;
  while (first < one.length && one[first] === other[first]) first += 1;
  while (last < one.length - first && one.at(-1 - last) === other.at(-1 - last)) last += 1;
  return first + last;
}

/**
 * Each word of a text: where it stands, and the forms that a test knows it by.
 * @param {string} text @param {Stem} stem
 */
function marked(text, stem) {
  return [...text.matchAll(WORD)].map(({ 0: word, index }) =>
    ({ start: index, end: index + word.length, forms: [folded(word), folded(stem(word.toLowerCase()))] }));
}

/**
 * The passages with most of the words, in the order of the page, each with the piece of text to show: odd parts are words found.
 * @param {Passage[]} passages @param {Test[]} asked @param {Stem} stem @param {number} most how many
 * @returns {{at: string, name: string, parts: string[]}[]}
 */
export function extracts(passages, asked, stem, most) {
  const found = passages.map(([at, name, text]) => {
    const hits = marked(text, stem).flatMap((word) => {
      const which = asked.findIndex((test) => word.forms.some(test));
      return which < 0 ? [] : [{ ...word, which }];
    });
    const named = marked(name, stem);
    const count = asked.filter((test, which) =>
      hits.some((hit) => hit.which === which) || named.some((word) => word.forms.some(test))).length;
    return { at, name, text, hits, count };
  });
  const best = Math.max(1, ...found.map((one) => one.count));
  return found.filter((one) => one.count === best).slice(0, most)
    .map(({ at, name, text, hits }) => ({ at, name, parts: extract(text, hits) }));
}

/** @param {string} text @param {{start: number, end: number, which: number}[]} hits */
function extract(text, hits) {
  /** @param {number} start */
  const near = (start) => hits.filter((hit) => hit.start >= start && hit.end <= start + LENGTH);
  const kinds = hits.map((hit) => new Set(near(hit.start).map((one) => one.which)).size);
  const first = hits[kinds.indexOf(Math.max(...kinds))]?.start ?? 0;
  // from the beginning of a word some way before it, to the end of one
  // where none is near, as in a script without spaces, from the word found
  const space = text.indexOf(" ", first - LENGTH / 3);
  const from = first < LENGTH / 3 ? 0 : space < 0 || space >= first ? first : space + 1;
  const end = hits.find((hit) => hit.start === first)?.end ?? 0;
  const limit = from + LENGTH * 4 / 3, last = text.lastIndexOf(" ", limit);
  // not in the middle of a character
  const whole = /[\uD800-\uDBFF]/.test(text[limit - 1]) ? limit - 1 : limit;
  const to = limit >= text.length ? text.length : Math.max(last > from ? last : whole, end);
  const parts = [from > 0 ? "… " : ""];
  let at = from;
  for (const { start, end } of hits.filter((hit) => hit.start >= from && hit.end <= to)) {
    parts[parts.length - 1] += text.slice(at, start);
    parts.push(text.slice(start, end), "");
    at = end;
  }
  parts[parts.length - 1] += text.slice(at, to) + (to < text.length ? " …" : "");
  return parts;
}
