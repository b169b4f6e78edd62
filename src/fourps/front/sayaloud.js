// Say it aloud: half a minute on a clock, then the points to tick, and what to say again.
// Nothing is recorded or kept, and nothing rings or flashes when the time is over.
import { fill } from "./dom.js";

const TOLD = 10; // seconds before the end whoever listens to the page is told the time, and else where they ask for it

/** @param {HTMLElement} card */
function start(card) {
  /** @type {import("./dom.js").Words} */
  const words = JSON.parse(card.dataset.words || "{}");
  /** @type {<T extends HTMLElement>(what: string) => T} */
  const part = (what) => /** @type {any} */ (card.querySelector(what));
  const bar = /** @type {HTMLProgressElement} */ (part("progress"));
  const press = part("button"), left = part("[role=timer]"), said = part(".fp-live"), all = part("[role=status]:not(.fp-live)");
  const points = part("fieldset"), again = part("fieldset + div");
  const boxes = points.querySelectorAll("input"), lines = again.querySelectorAll("li");
  let timer = 0, end = 0;

  /** @param {number} seconds */
  function show(seconds) {
    if (bar.value === seconds) return;
    bar.value = seconds;
    left.textContent = fill(words["aloud-left"], { seconds });
    if (seconds === TOLD) said.textContent = left.textContent;
  }

  function begin() {
    for (const box of boxes) box.checked = false;
    weigh();
    said.textContent = "";
    show(bar.max);
    end = performance.now() + bar.max * 1000;
    timer = window.setInterval(tick, 200);
    turn(words["voice-stop"]);
  }

  function tick() {
    const seconds = Math.max(0, Math.ceil((end - performance.now()) / 1000));
    show(seconds);
    if (!seconds) stop();
  }

  function stop() {
    window.clearInterval(timer);
    timer = 0;
    said.textContent = words["aloud-over"];
    turn(words.again);
  }

  /** @param {string} next what the button does then */
  function turn(next) {
    press.textContent = next;
    for (const one of [points, again]) one.classList.toggle("fp-later", timer > 0);
  }

  function weigh() {
    boxes.forEach((box, place) => { lines[place].hidden = box.checked; });
    again.hidden = [...boxes].every((box) => box.checked);
    all.textContent = again.hidden ? words["aloud-all"] : "";
  }

  press.addEventListener("click", () => timer ? stop() : begin());
  points.addEventListener("change", weigh);
}

for (const card of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".fp-aloud"))) start(card);
