// The script of a page with nothing to play, which can be marked as read: a player's script carries the marks too.
import { h } from "./dom.js";
import { marks } from "./mark.js";
import { askFirst } from "./panel.js";
import { Store } from "./store.js";

marks();
for (const mount of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-ask]"))) {
  const store = new Store(() => window.localStorage), words = JSON.parse(mount.dataset.words || "{}");
  const said = h("p", { role: "status", class: "fp-live" });
  mount.append(said, askFirst(store, words, (text) => { said.textContent = text; }) || h("p", {}, words[store.agreed() ? "kept" : "kept-none"]));
}
