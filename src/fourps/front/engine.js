// Play a scenario: the same pure functions as `fourps.scenario.engine` in Python.
import { DIGITS, RecordError, readRecord, writeRecord } from "./record.js";

/** @typedef {[string, string, number]} Comparison */
/** @typedef {Comparison[][]} Condition */
/** @typedef {"safe" | "gaps" | "repaired" | "unsafe"} Kind */
/**
 * @typedef {object} Choice
 * @property {string} text
 * @property {string} to
 * @property {Condition} [when]
 * @property {Record<string, number>} [effects]
 * @property {Record<string, number>} [score]
 * @property {string} consequence
 * @property {string} rationale
 * @property {import("./dom.js").SourceLink[]} sources
 * @property {string} [critical]
 * @property {string[]} [repairs]
 * @property {string} [tempts] the competency that one may wrongly think decides
 * @property {string[]} [meets]
 * @property {string[]} [rule] ids of the rules that the reason states
 */
/** `left` is the most decisions to the end of the sitting, this one among them. @typedef {{title: string, left: number, pause?: true, chapter?: string, so_far?: Told, meets?: string[], place: string, time: string, speaker: string, text: string[], asides: {when: Condition, text: string}[], choices: Record<string, Choice>}} Place */
/** What happened, where a play ends or can be left. @typedef {{title: string, text: string[], parts: {when: Condition, about: string[], text: string}[]}} Told */
/** @typedef {{id: string, kind: Kind, when: Condition} & Told} Ending */
/**
 * @typedef {object} Scenario
 * @property {string} id
 * @property {string} version
 * @property {string} title
 * @property {number} minutes of a whole play
 * @property {number} sitting minutes of a chapter, or of all where there is one
 * @property {string[]} role
 * @property {string} content_note
 * @property {string} start
 * @property {Record<string, {title: string, practise: string, range: [number, number]}>} competencies
 * @property {Record<string, {min: number, max: number, start: number, flag: boolean}>} variables
 * @property {Record<string, Place>} nodes
 * @property {Ending[]} endings
 * @property {Record<string, {name: string, drawing?: string}>} places
 * @property {Record<string, {name: string, short: string, face: {src: string, along: number}}>} people
 */
/** @typedef {{node: string, values: Record<string, number>, open: string[], repaired: string[]}} State */
/**
 * @typedef {object} Attempt
 * @property {string} scenario
 * @property {string} version
 * @property {string[]} path
 * @property {string} node
 * @property {Record<string, number>} values
 * @property {Record<string, number>} scores
 * @property {string[]} open
 * @property {string[]} repaired
 * @property {string[]} offered
 * @property {string | null} ending
 * @property {Kind | null} kind
 * @property {Record<string, string>} bands empty until the play is over
 * @property {string} record
 */

const END = "end";

/** @param {Condition | undefined} condition @param {Record<string, number>} values */
export function holds(condition, values) {
  /** @param {Comparison} comparison */
  const one = ([name, operator, number]) => {
    const value = values[name];
    switch (operator) {
      case "==": return value === number;
      case "!=": return value !== number;
      case ">=": return value >= number;
      case "<=": return value <= number;
      case ">": return value > number;
      case "<": return value < number;
      default: throw new Error(`unknown operator ${operator}`);
    }
  };
  return !condition || !condition.length || condition.some((tests) => tests.every(one));
}

/** All points of a choice together. @param {Choice} choice */
export const points = ({ score = {} }) => Object.values(score).reduce((sum, one) => sum + one, 0);

/** @param {Scenario} scenario @returns {State} */
function start(scenario) {
  const values = Object.fromEntries(Object.entries(scenario.variables).map(([name, one]) => [name, one.start]));
  return { node: scenario.start, values, open: [], repaired: [] };
}

/** @param {Scenario} scenario @param {State} state @returns {string[]} */
function offered(scenario, state) {
  if (state.node === END) return [];
  return Object.entries(scenario.nodes[state.node].choices)
    .filter(([, choice]) => holds(choice.when, state.values)
      && (!choice.repairs?.length || choice.repairs.some((error) => state.open.includes(error))))
    .map(([name]) => name);
}

/** @param {Scenario} scenario @param {State} state @param {string} name @returns {State} */
function step(scenario, state, name) {
  const choice = scenario.nodes[state.node].choices[name];
  const values = { ...state.values };
  for (const [key, effect] of Object.entries(choice.effects || {})) {
    const { min, max, flag } = scenario.variables[key];
    values[key] = flag ? effect : Math.min(max, Math.max(min, values[key] + effect));
  }
  const mends = choice.repairs || [];
  const mended = state.open.filter((error) => mends.includes(error));
  const still = state.open.filter((error) => !mends.includes(error));
  if (choice.critical && !still.includes(name)) still.push(name);
  const repaired = new Set([...state.repaired, ...mended].filter((error) => !still.includes(error)));
  return { node: choice.to, values, open: still.sort(), repaired: [...repaired].sort() };
}

/** @param {Scenario} scenario @param {State} state @returns {Ending | undefined} */
function ending(scenario, state) {
  /** @param {Kind} kind */
  const admitted = (kind) =>
    state.open.length ? kind === "unsafe"
      : state.repaired.length ? kind === "repaired" || kind === "unsafe"
        : kind !== "repaired";
  return scenario.endings.find((one) => admitted(one.kind) && holds(one.when, state.values));
}

/**
 * @param {Scenario} scenario @param {Record<string, number>} scores @param {State} state
 * @param {Record<string, Choice>} choices
 */
function bands(scenario, scores, state, choices) {
  /** @type {Record<string, string>} */
  const result = {};
  for (const [name, { range: [low, high] }] of Object.entries(scenario.competencies)) {
    const got = scores[name] - low, whole = high - low;
    /** @param {string[]} errors */
    const touches = (errors) => errors.some((error) => Object.hasOwn(choices[error].score || {}, name));
    let band = 5 * got >= 4 * whole ? "strong" : 2 * got >= whole ? "growing" : "practise";
    if (band === "strong" && touches(state.repaired)) band = "growing";
    result[name] = touches(state.open) ? "practise" : band;
  }
  return result;
}

/**
 * Where a path leads, and where each of its choices was made.
 * @param {Scenario} scenario
 * @param {string[]} path choice ids
 * @returns {{state: State, passed: {node: string, offered: string[]}[]}}
 */
export function follow(scenario, path) {
  let state = start(scenario);
  const passed = path.map((name, index) => {
    const at = { node: state.node, offered: offered(scenario, state) };
    if (!at.offered.includes(name)) throw new RecordError("record-step", index + 1);
    state = step(scenario, state, name);
    return at;
  });
  return { state, passed };
}

/**
 * Play a path from the start.
 * @param {Scenario} scenario
 * @param {string[]} path choice ids
 * @returns {Attempt}
 */
export function replay(scenario, path) {
  const { state, passed } = follow(scenario, path);
  const scores = Object.fromEntries(Object.keys(scenario.competencies).map((name) => [name, 0]));
  let moves = "";
  path.forEach((name, index) => {
    const siblings = scenario.nodes[passed[index].node].choices;
    moves += DIGITS[Object.keys(siblings).sort().indexOf(name)];
    for (const [competency, points] of Object.entries(siblings[name].score || {})) scores[competency] += points;
  });
  const end = state.node === END ? ending(scenario, state) : undefined;
  const choices = Object.assign({}, ...Object.values(scenario.nodes).map((place) => place.choices));
  return {
    scenario: scenario.id, version: scenario.version, path: [...path],
    node: state.node, values: state.values, scores, open: state.open, repaired: state.repaired,
    offered: offered(scenario, state), ending: end ? end.id : null, kind: end ? end.kind : null,
    bands: end ? bands(scenario, scores, state, choices) : {},
    record: writeRecord(scenario.id, scenario.version, moves),
  };
}

/**
 * The path that a decision record holds.
 * @param {Scenario} scenario @param {string} line @returns {string[]}
 */
export function decode(scenario, line) {
  /** @type {string[]} */
  const path = [];
  for (const digit of readRecord(line, scenario.id, scenario.version)) {
    const { node, offered: names } = replay(scenario, path);
    const siblings = node === END ? [] : Object.keys(scenario.nodes[node].choices).sort();
    const name = siblings[DIGITS.indexOf(digit)];
    if (!names.includes(name)) throw new RecordError("record-step", path.length + 1);
    path.push(name);
  }
  return path;
}
