// Where and when one is in a scenario, with whom, and how far.
import { fill, h } from "./dom.js";
import { reachable } from "./reach.js";

const TIME = /^week (\d+)(?:, ([A-Z]\w+))?(?:, (\d+):(\d+))?$/;

/** An hour and its minutes; before a colon an hour has two figures. @param {import("./dom.js").Words} words @param {string} hour @param {string} minute */
export function clock(words, hour, minute) {
  const said = minute === "00" ? words["clock-sharp"] : words.clock;
  return fill(said, { hour: said.includes(":") ? hour : Number(hour), minute });
}

/**
 * The head of a screen.
 * @param {import("./engine.js").Scenario} scenario
 * @param {import("./dom.js").Words} words
 * @param {string} name of a node
 * @param {{number: number, most: number}} at where in the sitting
 * @param {HTMLElement} heading
 * @param {string} [face] of a speaker, where it is shown
 * @param {string} [speaker] of a scene, "" where nobody speaks; what follows from a choice has none
 * @param {HTMLElement} [voice] where the button is that reads the screen
 */
export function head(scenario, words, name, { number, most }, heading, face, speaker, voice) {
  const { place, time } = scenario.nodes[name];
  const [, week, day, hour, minute] = time.match(TIME) || [], who = speaker && scenario.people[speaker];
  const when = week && [fill(words.week, { week }), day && words[`day-${day.toLowerCase()}`], hour && clock(words, hour, minute)].filter(Boolean).join(", ");
  const { name: there, drawing } = scenario.places[place] || {};
  const where = [there, who && `${who.name}, ${who.short}`].filter(Boolean).join(" · ");
  return h("div", { class: "fp-head" },
    h("p", { class: "fp-count" }, h("span", {}, fill(words["decision-of"], { number, most })), when && h("span", {}, when)),
    h("progress", { value: number - 1, max: most, "aria-hidden": "true" }),
    h("div", { class: "fp-scene" },
      who && face && reachable(who.face.src) && h("img", { class: "fp-face", src: who.face.src, alt: "", width: 44, height: 44, style: `object-position:${who.face.along}% 0` }),
      h("div", {}, heading, where && h("p", { class: "fp-where" }, where)), voice,
      // lazy: it is asked for once the options stand there
      drawing && speaker !== undefined && reachable(drawing) && h("img", { class: "fp-scenery", loading: "lazy", src: drawing, alt: "", "aria-hidden": "true", width: 320, height: 72 })));
}
