// What runs first in each page of a package: on somebody else's platform nothing is kept under an address that all of its
// readers share. Where the shell holds the page, the device is the shell; where none does, nothing is kept at all.
import { away } from "./away.js";
import { ENDED } from "./ended.js";
import { memory } from "./memory.js";
import { submits } from "./submits.js";

const LEAVE = "fourps-leave";
// by the one, Back shows nothing of the course; the other is the switch by which Escape leaves
const TO_LEAVE = ["left", "escape"];
const meta = /** @type {HTMLMetaElement | null} */ (document.querySelector("meta[name=fourps-keeps]"));
// before it is stood in for; a sandbox refuses even to name it
const own = (() => {
  try {
    return window.sessionStorage;
  } catch {
    return null;
  }
})();

/** The shell that holds this page, if it can be reached. */
function held() {
  try {
    return /** @type {any} */ (window.parent).fourpsShell || null;
  } catch {
    return null;
  }
}
const shell = meta?.content === "nothing" || window.parent === window ? null : held();

/** @param {string} name @param {() => unknown} get */
const instead = (name, get) => Object.defineProperty(window, name, { configurable: true, get });
// what the tab must know to leave says nothing of what somebody did
const tab = shell ? shell.tab : memory(TO_LEAVE, own);
instead("sessionStorage", () => tab);
instead("localStorage", () => {
  // as a browser does that was told to keep nothing
  if (!shell?.recorded) throw new DOMException("nothing is kept here", "SecurityError");
  return shell.storage;
});

// a package has no worker, and a sandbox refuses even to name one
Object.defineProperty(navigator, "serviceWorker", { configurable: true, value: undefined });

/** Say in place of the page what is left to do where a frame cannot leave its window. @param {string} text */
function close(text) {
  const said = document.createElement("p");
  said.textContent = text;
  said.tabIndex = -1;
  // by Back, this comes while the page is still read
  window.stop();
  document.body.replaceChildren(said);
  document.documentElement.hidden = false;
  said.focus();
}

/** Leave a page that no shell holds. @param {string} address of the neutral page */
function leave(address) {
  if (window.parent === window) {
    location.replace(address);
    return;
  }
  const text = meta?.dataset.close;
  if (text) close(text);
  else location.replace(address);
  // of a shell that cannot be reached, and of whatever else there is
  window.parent.postMessage(LEAVE, "*");
  away(address);
}

/** @type {import("./onshelf.js").OnShelf} */
const here = { held: shell !== null, leave: (address) => (shell ? shell.leave() : leave(address)) };
Object.assign(window, { fourpsShelf: here });
document.addEventListener(ENDED, (event) => shell?.finish(/** @type {CustomEvent<string>} */ (event).detail));
// before anything is played here: a page is shown to have loaded only when all its pictures have
shell?.visit(location.href);
window.addEventListener("pageshow", ({ persisted }) => {
  if (persisted) shell?.visit(location.href);
});
submits(document);
