// Runs the players' own modules for the tests: a line of JSON in, a line of JSON out.
import { readFileSync, readdirSync } from "node:fs";
import { createInterface } from "node:readline";
import { AnswerError, fieldsOf, fold, moment, shapeOf } from "../src/fourps/front/answershape.js";
import { HandInError, readHandIn } from "../src/fourps/front/readanswers.js";
import { drawn } from "../src/fourps/front/drawn.js";
import * as drafts from "../src/fourps/front/drafts.js";
import { score } from "../src/fourps/front/answerscore.js";
import { calendar, later } from "../src/fourps/front/calendar.js";
import { decode, holds, replay } from "../src/fourps/front/engine.js";
import { decodeQuiz, encodeQuiz, most, outcome, right, summary, whole } from "../src/fourps/front/marking.js";
import { shuffle } from "../src/fourps/front/shuffle.js";
import { apart, extracts, folded, instead, shelf, tests } from "../src/fourps/front/find.js";
import { counted as group } from "../src/fourps/front/group.js";
import { lastWords } from "../src/fourps/front/lastwords.js";
import { isOverdue } from "../src/fourps/front/hostfile.js";
import { readLocal, writeLocal } from "../src/fourps/front/hostfiletext.js";
import { merge, parse } from "../src/fourps/front/kept.js";
import { next } from "../src/fourps/front/next.js";
import { pack, pageKey, unpack } from "../src/fourps/front/packed.js";
import { Play } from "../src/fourps/front/play.js";
import { RecordError, checksum } from "../src/fourps/front/record.js";
import { find, search } from "../src/fourps/front/runtime.js";
import { clock } from "../src/fourps/front/scene.js";
import { seek } from "../src/fourps/front/seek.js";
import { Session } from "../src/fourps/front/session.js";
import { sitting as counted } from "../src/fourps/front/sitting.js";
import { testsFile, together } from "../src/fourps/front/tests.js";
import { turns } from "../src/fourps/front/turningpoints.js";
import { Store } from "../src/fourps/front/store.js";
import { isDue, programme, sitting } from "../src/fourps/front/weeks.js";

/** What a function returns, or the word by which it refuses. */
function attempt(act) {
  try {
    return act();
  } catch (error) {
    if (!(error instanceof RecordError || error instanceof HandInError)) throw error;
    return { refused: error.key, step: error.step };
  }
}

/** What the page "Search" of a built site loads. */
function builtIndex(site) {
  const shelves = {}, text = (name) => readFileSync(`${site}/${name}`, "utf8");
  let index;
  const Search = { setIndex: (one) => { index = one; }, setWords: (name, packed) => { shelves[name] = packed; } };
  for (const name of ["searchindex.js", ...readdirSync(`${site}/searchindex`).map((one) => `searchindex/${one}`)]) new Function("Search", text(name))(Search);
  const { Stemmer, stopwords } = new Function(`${text("_static/language_data.js")}; return { Stemmer, stopwords };`)();
  const stemmer = new Stemmer();
  return { index, shelves, stem: (word) => stemmer.stemWord(word), idle: stopwords };
}

// the stem of a word is the word without its plural
const singular = (word) => word.replace(/s$/, "");

const FRONT = new URL("../src/fourps/front/", import.meta.url);
const module = (text) => `data:text/javascript,${encodeURIComponent(text.replace(/"\.\/(\w+\.js)"/g, (_, name) => `"${new URL(name, FRONT)}"`))}`;

/** What marks answers, with a mistake in one of its two files. */
async function mistaken(file, there, instead) {
  const texts = Object.fromEntries(["answershape.js", "answerscore.js"].map((name) => [name, readFileSync(new URL(name, FRONT), "utf8")]));
  if (!texts[file].includes(there)) return null;
  texts[file] = texts[file].replace(there, () => instead);
  const shape = module(texts["answershape.js"]);
  return import(module(texts["answerscore.js"].replace('"./answershape.js"', `"${shape}"`)));
}

/** The rows of answers that get other points than they should, or hear something else. */
function* differing(mark, keys, sets, words) {
  for (const [exercise, rows] of Object.entries(sets)) {
    for (const [task, text, points, said] of rows) {
      let is;
      try {
        is = mark(keys[exercise][task], text, words);
      } catch (error) {
        is = { said: String(error) };
      }
      if (is.points !== points || is.said !== said) yield [exercise, task, text, [points, said], [is.points, is.said]];
    }
  }
}

/** Windows within each other; one of another origin tells only what stands around it. */
function framed(windows) {
  const made = windows.map((one) => {
    const place = { of: one };
    return new Proxy(place, { get(_, name) {
      if (name === "parent") return place.parent;
      if (name === "opener") return one.opener ? (place.opener ||= framed(one.opener)) : null;
      if (one.foreign) throw new Error("SecurityError");
      return String(name).startsWith("API") && one[name] ? { name: one[name], LMSInitialize() {}, Initialize() {} } : undefined;
    }, set(_, name, value) { place[name] = value; return true; } });
  });
  made.forEach((one, at) => { one.parent = made[at + 1] || one; });
  return made[0];
}

const PLATFORM = { 1.2: { api: "API", call: "LMS", end: "Finish" }, 2004: { api: "API_1484_11", call: "", end: "Terminate" } };

/** A reader's session with a platform that notes each call. acts: [method of the session or its storage, ...arguments] */
function session({ unit, version = "1.2", values = {}, answers = {}, acts = [] }) {
  const { api, call, end } = PLATFORM[version], calls = [], said = [], held = { ...values };
  const does = {
    Initialize: () => "true", Commit: () => "true", [end]: () => "true", GetLastError: () => "0",
    GetValue: (name) => held[name] ?? "",
    SetValue: (name, value) => { held[name] = value; return "true"; },
  };
  const window = { [api]: {} };
  for (const [word, act] of Object.entries(does)) {
    window[api][call + word] = (...given) => {
      calls.push([word, ...given]);
      const answer = answers[`${word} ${given[0]}`] ?? answers[word];
      if (answer === "throws") throw new Error("the platform is gone");
      return answer ?? act(...given);
    };
  }
  window.parent = window;
  const one = new Session(unit, (state) => said.push(state), (act) => act());
  const begun = one.begin(find(window)), after = [];
  for (const [name, ...given] of acts) {
    if (name === "answers") answers = given[0];
    else if (name in one.storage) one.storage[name](...given);
    else one[name](...given);
    after.push(calls.length);
  }
  return { begun, calls, after, said, held, start: one.start, text: one.storage.getItem("fourps") };
}

const commands = {
  // files: their bytes in base64
  handIns: ({ files }) => files.map((file) => attempt(() => readHandIn(new Uint8Array(Buffer.from(file, "base64"))))),
  drawn: ({ texts }) => texts.map(drawn),
  // changes: [file, what stands there, what stands there instead]; whether any answer shows it
  async score({ keys, sets, words, changes }) {
    const seen = [];
    for (const change of changes) {
      const wrong = await mistaken(...change);
      seen.push(!wrong ? "not made" : differing(wrong.score, keys, sets, words).next().done ? "unseen" : "seen");
    }
    return { differ: [...differing(score, keys, sets, words)].slice(0, 20), changes: seen };
  },
  // what the desk of a release makes of files (name and base64), some decided upon: [cell, decision by learner]; script: the page's own
  async folder({ script, spec, files, decided, told = false }) {
    const body = script.slice(script.indexOf("{") + 1, script.lastIndexOf("}"));
    const { opened, givenout, store, log } = new Function(`${body}; return { opened: $opened, givenout: $givenout, store: $folderstore, log: $log };`)();
    const list = new log.Log(null, { rows: [], mine: ["me"], inFile: 0 }), all = [];
    for (const [name, data] of files) all.push(await opened.open(spec, name, new Uint8Array(Buffer.from(data, "base64"))));
    const stores = {};
    for (const [cell, decisions] of decided) {
      const task = { ...spec.rubrics[all[0].exercise].tasks[cell], assignment: all[0].exercise, cell, words: {} };
      const texts = all.filter(({ texts }) => texts[cell]).map(({ learner, texts }) => ({ key: texts[cell], html: "", words: 1, language: "en", who: learner }));
      stores[cell] = new store.FolderStore(list, task, texts);
      for (const { key, who } of texts) if (decisions[who]) await stores[cell].put(key, decisions[who], "");
    }
    const of = (cell, key) => stores[cell]?.decided(key) || [];
    return {
      marking: list.text(),
      table: givenout.marksTable(spec, all, of, spec.words),
      pages: Object.fromEntries(all.map((one) => [one.learner, givenout.feedback(spec, spec.template, one, of, told)])),
    };
  },
  holds: ({ cases }) => cases.map(([condition, values]) => holds(condition, values)),
  checksum: ({ bodies }) => bodies.map(checksum),
  replay: ({ spec, paths }) => paths.map((path) => attempt(() => replay(spec, path))),
  // acts: [method of the player, value]; after each act the path, and the options as they stand on the screen
  play({ spec, seed, acts }) {
    let memory = null;
    const tab = { read: () => memory && JSON.parse(memory), write: (value) => { memory = JSON.stringify(value); } };
    const open = (drawn) => {
      const state = { spec, path: [], seed: drawn };
      return new Play({ tab, model: { get: (name) => state[name], set: (name, value) => { state[name] = value; }, save_changes() {} } });
    };
    let player = open(seed);
    const by = {
      show: (screen) => player.show(screen),
      choose: (name) => { player.choose(name); player.show("situation"); },
      stand: (step) => { player.stand(step); player.show("situation"); },
      again: () => { player.reorder(); by.stand(1); },
      take: (path) => { player.way = player.set(path); player.show("situation"); },
      reload: (drawn) => { player = open(drawn); },
    };
    return acts.map(([act, value]) => {
      by[act](value);
      return [player.now.path, player.offered];
    });
  },
  sittings: ({ spec, ways }) => ways.map((way) => way.map((_, step) => counted(spec, way.slice(0, step + 1)))),
  last: ({ spec, paths }) => paths.map((path) => {
    const now = replay(spec, path);
    return lastWords(spec, now, spec.nodes[now.node]?.so_far || spec.endings.find(({ id }) => id === now.ending));
  }),
  turns: ({ spec, paths }) => paths.map((path) => turns(spec, path).map(({ chosen, best }) => [chosen, best])),
  decode: ({ spec, lines }) => lines.map((line) => attempt(() => decode(spec, line))),

  // tree: [place of the parent, choice]; each entry is replayed from the start
  branches({ spec, tree }) {
    const pathTo = (place) => {
      const path = [];
      for (let at = place; at > 0; at = tree[at][0]) path.push(tree[at][1]);
      return path.reverse();
    };
    return tree.map((_, place) => replay(spec, pathTo(place)));
  },

  answers: ({ questions, cases }) => cases.map(([name, answer]) => {
    const question = questions[name];
    return whole(question, answer) ? right(question, answer) : null;
  }),
  outcomes: ({ spec, tries }) => tries.map((one) => ({
    outcomes: Object.fromEntries(Object.entries(spec.questions).map(([name, question]) => [name, outcome(question, one[name] || [], most(spec))])),
    summary: summary(spec, one),
    record: encodeQuiz(spec, one),
  })),
  decodeQuiz: ({ spec, lines }) => lines.map((line) => attempt(() => decodeQuiz(spec, line))),
  clock: ({ words, hours }) => hours.map((hour) => clock(words, ...hour.split(":"))),

  // what is said of the shape of each answer, and the values of fields, or the key of what is said
  shapes: ({ words, tasks }) => tasks.map(({ checks, answers }) => answers.map((answer) => shapeOf(checks, answer, words))),
  fields: ({ tasks }) => tasks.map(({ fields, answers }) => answers.map((answer) => {
    try {
      return fieldsOf(answer, fields);
    } catch (error) {
      if (!(error instanceof AnswerError)) throw error;
      return null;
    }
  })),
  moments: ({ texts }) => texts.map(moment),
  // each sign that is folded to small letters of English, and these letters
  folds: () => Array.from({ length: 0x20000 }, (_, at) => String.fromCodePoint(at)).map((sign) => [sign, fold(sign)]).filter(([, letters]) => /^[a-z]+$/.test(letters)),
  shuffle: ({ cases }) => cases.map(([list, seed, name]) => shuffle(list, seed, name)),

  later: ({ days }) => days.map(([day, weeks]) => later(day, weeks)),
  calendar: ({ titles, day, weeks = 1 }) => titles.map((title) => calendar(title, day, "1-2-3", new Date("2026-11-24T09:30:15.250Z"), weeks)),

  // of an index made for it, or of a built site and as its page "Search" asks; the names of pages, the best first
  seek({ site, index, shelves, queries }) {
    const known = site ? builtIndex(site) : { index, shelves, stem: singular, idle: ["the"] };
    const load = async (names) => names.map((name) => known.shelves[name]);
    return Promise.all(queries.map(async (query) => {
      const { pages, ...found } = await seek(query, known.index, load, known.stem, known.idle);
      return { ...found, asked: undefined, pages: pages.map((page) => known.index.docnames[page]) };
    }));
  },
  apart: ({ pairs }) => pairs.map(([one, other, most]) => apart(one, other, most)),
  instead: ({ synonyms, queries }) => queries.map((query) => instead(query, synonyms, singular)),
  shelves: ({ words }) => words.map((word) => shelf(folded(word))),
  // as the page "Search" of a French book has it, whose index says which pages hold a stem
  french: ({ stemmer, idle, words, queries }) => {
    const stems = new (new Function(`${stemmer}; return FrenchStemmer;`)())(), stem = (word) => stems.stemWord(word);
    const index = words.map((word) => folded(stem(word)));
    return queries.map((query) => {
      const asked = tests(query, stem, idle);
      return words.filter((_, at) => asked.length && asked.every((test) => test(index[at]) && test.shelves.includes(shelf(index[at]))));
    });
  },
  extracts: ({ passages, queries, most = 3 }) => queries.map((query) => extracts(passages, tests(query, singular, ["the"]), singular, most)),

  // what is read of each text, and what the other would make of two at once
  parse: ({ texts }) => texts.map((text) => attempt(() => parse(text))),
  merge: ({ pairs }) => pairs.map(([ours, theirs]) => merge(ours, theirs)),

  // what of a kept document goes to a platform, and what comes back
  pack: ({ kept, others = {} }) => kept.map((one) => pack(one, others)),
  // of pages that are not named, the marks by their keys
  unpack: ({ texts, pages = [] }) => texts.map((text) => attempt(() => unpack(text, pages))),
  pageKeys: ({ pages }) => pages.map(pageKey),
  session: (of) => session(of),
  // windows: from the innermost outwards, each with what its opener has; tries: after how many looks there is an API
  find: ({ windows }) => find(framed(windows))?.api.name ?? null,
  late: async ({ windows, tries }) => {
    const [here] = windows, api = here.API;
    delete here.API;
    let waited = 0;
    const found = await search(framed(windows), () => true, async (tried) => {
      if (tried + 1 === tries) here.API = api;
      return ++waited < 40;
    });
    return { found, waited };
  },

  // what is read of the host's file, and the same written again
  local: ({ files }) => files.map((file) => attempt(() => readLocal(file))),
  localFile: ({ values }) => values.map(writeLocal),
  overdue: ({ cases }) => cases.map(([next, today]) => isOverdue({ next }, today)),
  // what a reader saves of their tests, and what the group page makes of such files
  testsFile: ({ tests, kept }) => kept.map(({ attempts }) => testsFile(tests, attempts)),
  group: ({ spec, files }) => {
    const { people, notes } = together(spec.tests, files);
    return { people: people.length, notes, ...group(spec, people) };
  },

  next: ({ course, cases }) => cases.map(([kept, today, here]) => next(course, kept, today, here)),

  // a reader of "Three questions": who comes on some days, and answers as `going` says, over and over
  comingBack({ modules, banks, kept, days, going, most = 3, foretold = false }) {
    const log = [];
    const known = (today) => ({ ...kept, attempts: kept.attempts.filter(({ at }) => foretold || at <= today) });
    let answer = 0;
    for (const today of days) {
      if (programme(modules, known(today), today).every((one) => one?.due === "")) break;
      for (const [place, standing] of programme(modules, known(today), today).entries()) {
        if (!isDue(standing, today)) continue;
        const asked = sitting(banks[place], standing.given);
        for (const { name, outcome } of asked.slice(0, most)) {
          const how = going[answer++ % going.length];
          (kept.asked[name] ||= {})[today] = how;
          log.push({ place, week: standing.week, today, name, outcome, how });
        }
      }
    }
    return { log, end: programme(modules, kept, days[days.length - 1]) };
  },

  // calls: [method, ...arguments]; the browser is a Map, or one that refuses or has no room
  store({ calls, kept = null, refusing = false, full = false }) {
    const held = new Map(kept === null ? [] : [["fourps", kept]]);
    let refused = 0;
    const store = new Store(() => {
      if (refusing) throw new Error("SecurityError");
      return {
        getItem: (key) => held.get(key) ?? null,
        setItem: (key, value) => {
          if (full) throw new Error("QuotaExceededError");
          held.set(key, value);
        },
        removeItem: (key) => held.delete(key),
      };
    }, () => { refused += 1; });
    const answers = calls.map(([method, ...rest]) => {
      // as if another page had written
      if (method === "elsewhere") return held.set("fourps", rest[0]) && null;
      return (method in drafts ? drafts[method](store, ...rest) : store[method](...rest)) ?? null;
    });
    return { answers, kept: held.get("fourps") ?? null, refused };
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const { command, ...question } = JSON.parse(line);
  let answer;
  try {
    answer = { answer: await commands[command](question) };
  } catch (error) {
    answer = { crash: error.stack };
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
