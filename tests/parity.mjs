// Runs the players' own modules for the tests: a line of JSON in, a line of JSON out.
import { createInterface } from "node:readline";
import { decode, holds, replay } from "../src/fourps/front/engine.js";
import { decodeQuiz, encodeQuiz, most, outcome, right, shuffle, summary, whole } from "../src/fourps/front/marking.js";
import { RecordError, checksum } from "../src/fourps/front/record.js";
import { Store } from "../src/fourps/front/store.js";

/** What a function returns, or the word by which it refuses. */
function attempt(act) {
  try {
    return act();
  } catch (error) {
    if (!(error instanceof RecordError)) throw error;
    return { refused: error.key, step: error.step };
  }
}

const commands = {
  holds: ({ cases }) => cases.map(([condition, values]) => holds(condition, values)),
  checksum: ({ bodies }) => bodies.map(checksum),
  replay: ({ spec, paths }) => paths.map((path) => attempt(() => replay(spec, path))),
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
  shuffle: ({ cases }) => cases.map(([list, seed, name]) => shuffle(list, seed, name)),

  // calls: [method, ...arguments]; the browser is a Map, or one that refuses
  store({ calls, kept = null, refusing = false }) {
    const held = new Map(kept === null ? [] : [["fourps", kept]]);
    const store = new Store(() => {
      if (refusing) throw new Error("SecurityError");
      return { getItem: (key) => held.get(key) ?? null, setItem: (key, value) => held.set(key, value), removeItem: (key) => held.delete(key) };
    });
    const answers = calls.map(([method, ...rest]) => store[method](...rest) ?? null);
    return { answers, kept: held.get("fourps") ?? null };
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const { command, ...question } = JSON.parse(line);
  let answer;
  try {
    answer = { answer: commands[command](question) };
  } catch (error) {
    answer = { crash: error.stack };
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
