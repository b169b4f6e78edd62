// One search: under the reader's words and the course's own, and where no page has them, under the nearest words that there are.
import { instead, near, pages, tests } from "./find.js";

/** @typedef {import("./find.js").Index} Index */
/** @typedef {import("./find.js").Stem} Stem */
/** @typedef {import("./find.js").Test} Test */
/** Loads shelves of packed words; null where one of them cannot be had. @typedef {(names: string[]) => Promise<string[] | null>} Load */
/**
 * What a search found: `pages` by their places in the index, the best first; what the `course` says for words of the reader;
 * which words are `wrong`, which are `meant` instead, and which others may be.
 * @typedef {{asked: Test[], pages: number[], course: string[], wrong: string[], meant: string[], others: string[]}} Found
 */

// every word of the course, which only a search needs that found nothing
const WORDS = "words";
const OTHERS = 3;

/**
 * @param {string} query @param {Index} index @param {Load} load @param {Stem} stem @param {string[]} idle words that stand on every page
 * @returns {Promise<Found | null>} null where the index cannot be loaded
 */
export async function seek(query, index, load, stem, idle) {
  const found = await exact(query, index, load, stem, idle);
  if (!found?.asked.length || found.pages.length) return found;
  const [all] = await load([WORDS]) || [];
  if (!all) return null;
  const asked = [], wrong = [], meant = [], others = [];
  for (const { word } of tests(query, stem, idle)) {
    const here = await exact(word, index, load, stem, idle);
    const [nearest, ...more] = here?.pages.length ? [word] : near(all, word, stem);
    if (nearest !== word) wrong.push(word);
    if (nearest && nearest !== word) meant.push(nearest);
    asked.push(nearest);
    others.push(...nearest ? more : near(all, word, stem, 1));
  }
  const mended = wrong.length && wrong.length === meant.length ? await exact(asked.join(" "), index, load, stem, idle) : found;
  return mended && { ...mended, wrong, meant: mended === found ? [] : meant, others: others.slice(0, OTHERS) };
}

/** Look for the words as they are. @type {typeof seek} */
async function exact(query, index, load, stem, idle) {
  // what the reader calls otherwise than the course is looked for under both names
  const course = instead(query, index.synonyms, stem), said = [...new Set(course.said)];
  const ways = [query, ...said.length ? [course.query] : []].map((one) => tests(one, stem, idle)), asked = ways.flat();
  const there = new Set(index.shelves);
  const packed = await load([...new Set(asked.flatMap((test) => test.shelves))].filter((name) => there.has(name)));
  return packed && { asked, pages: pages(index, packed, ways, stem), course: said, wrong: [], meant: [], others: [] };
}
