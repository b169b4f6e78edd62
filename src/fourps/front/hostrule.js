// The host's own line under a rule of the invented country: below the paragraph that states it, or with a reason of a player.
// Where nobody has filled one in, its place stays empty and takes no room.
import { day } from "./day.js";
import { dayText, fill, h } from "./dom.js";
import { isOverdue, local } from "./hostfile.js";

/** @type {Promise<import("./hostfile.js").Local | null> | undefined} the file is read once, when its first line is asked for */
let asked;

/**
 * Put the host's line into its place, if there is one that is still checked.
 * @param {HTMLElement} place
 */
export async function put(place) {
  // drawn before this script came, and met again by it
  if (place.dataset.asked) return;
  place.dataset.asked = "yes";
  const said = await (asked ||= local()), around = /** @type {HTMLElement | null} */ (document.querySelector("meta[name='fourps-here']"))?.dataset;
  const rule = said?.rules[place.dataset.rule || ""];
  if (!said || !rule || !around || isOverdue(said, day())) return;
  const who = rule.who || said.name, checked = rule.checked || said.checked;
  const lines = [h("span", { dir: "auto" }, rule.line)];
  // the one in the page's language first
  if (rule.second) lines[said.second === document.documentElement.lang ? "unshift" : "push"](h("span", { dir: "auto", lang: said.second || null }, rule.second));
  place.setAttribute("role", "note");
  place.append(h("p", {}, h("strong", {}, `${around.here} `), lines[0]), ...lines.slice(1).map((one) => h("p", { dir: "auto" }, one)),
    h("p", { class: "fp-small" }, [who && fill(around.who || "", { who }), checked && fill(around.day || "", { day: dayText(checked) }), around.holds].filter(Boolean).join(" ")));
}
