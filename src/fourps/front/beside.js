// The script that shows the host's own line below each rule of a page, and with each reason that is drawn later.
import { put } from "./hostrule.js";
import { DRAWN } from "./rule.js";

addEventListener(DRAWN, (event) => put(/** @type {CustomEvent<HTMLElement>} */ (event).detail));
for (const place of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".fp-beside"))) put(place);
