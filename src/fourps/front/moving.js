// An order that is made with buttons; one that nobody touched is no answer.
import { every } from "./answers.js";
import { fill } from "./dom.js";

/** A form that was filled in anew tells its lists so. */
export const FILLED = "fp-filled";

/** @param {HTMLElement} list @param {import("./dom.js").Words} words @param {(text: string) => void} announce */
export function moving(list, words, announce) {
  const mine = /** @type {HTMLInputElement} */ (list.parentElement?.querySelector("[data-order]"));
  const draw = () => {
    const steps = every(list, "[data-letter]");
    steps.forEach((step, place) => {
      step.querySelector("[data-way=earlier]").disabled = place === 0;
      step.querySelector("[data-way=later]").disabled = place === steps.length - 1;
    });
  };
  list.addEventListener("click", ({ target }) => {
    const pressed = /** @type {HTMLElement} */ (target).closest("button"), step = /** @type {HTMLElement | null | undefined} */ (pressed?.closest("[data-letter]"));
    if (!pressed || !step) return;
    if (pressed.dataset.way === "earlier") step.previousElementSibling?.before(step);
    else step.nextElementSibling?.after(step);
    list.dataset.moved = list.dataset.steps;
    mine.checked = true;
    draw();
    (pressed.disabled ? /** @type {HTMLElement} */ (step.querySelector("button:enabled")) : pressed).focus();
    list.dispatchEvent(new Event("change", { bubbles: true }));
    const steps = every(list, "[data-letter]");
    announce(fill(words["task-moved"], { letter: step.dataset.letter || "", place: steps.indexOf(step) + 1, count: steps.length }));
  });
  list.addEventListener(FILLED, draw);
  draw();
}
