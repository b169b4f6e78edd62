// The store over the gradebook: each decision goes to the program that serves the page.
import { desk } from "./desk.js";
import { Refused } from "./parts.js";

/** @typedef {import("./parts.js").Store} Store */

/** @type {HTMLMetaElement | null} */
const meta = document.querySelector("meta[name=xsrf]");

/**
 * Ask the program. What it refuses it says why; an answer that does not come is asked for again by the page.
 * @param {string} what
 * @param {Record<string, unknown>} [body] without one nothing is changed
 * @returns {Promise<any>}
 */
async function ask(what, body) {
  const headers = { "X-XSRFToken": meta?.content ?? "" };
  const answer = await fetch(what, body ? { method: "POST", headers, body: JSON.stringify(body) } : {});
  if (answer.ok) return answer.json();
  const { why, now } = await answer.json().catch(() => ({}));
  throw why ? new Refused(why, now) : new Error(String(answer.status));
}

/** @type {Store} */
const store = {
  load: () => ask("task"),
  put: (key, decision, seen) => ask("put", { key, decision, seen }),
  undo: async () => (await ask("undo", {})).key,
  who: async (key) => (await ask("who", { key })).who,
  agreement: () => ask("agreement", {}),
};

desk(store);
