// The page with which a host fills in its lines. It reads the file that lies beside the site, or one that is chosen,
// without running it, and saves one. It keeps nothing itself.
import { day } from "./day.js";
import { dayText, fill, h } from "./dom.js";
import { LANGUAGE, LIMIT, UNSEEN, loadLocal } from "./hostfile.js";
import { readLocal, writeLocal } from "./hostfiletext.js";
import { smallLogo } from "./logo.js";
import { RecordError } from "./record.js";

/** @typedef {import("./hostfile.js").Local} Local */
/** @typedef {HTMLInputElement | HTMLTextAreaElement} Field */

/** @param {string} id @returns {any} */
const at = (id) => document.getElementById(id);
/** @type {Record<string, string>} */
const words = JSON.parse(at("words").textContent);
const form = /** @type {HTMLFormElement} */ (at("form"));
const TOP = /** @type {const} */ (["name", "second", "checked", "next"]);
let logo = "", unsaved = false;

/** @param {string} selector @param {ParentNode} [within] @returns {any[]} */
const all = (selector, within = form) => [...within.querySelectorAll(selector)];
/** What stands outside the lines. @param {string} of @returns {Field} */
const top = (of) => all(`[data-top] [data-of="${of}"]`)[0];
/** As it is read again: one thing that is not seen would lose all the lines. @param {Field} field */
const written = (field) => field.value.replace(/\r\n?/g, "\n").replace(new RegExp(UNSEEN, "g"), " ").trim();
/** @param {Local | null} local */
const count = (local) => local ? Object.keys(local.lines).length + Object.keys(local.rules).length : 0;

/** Say something in one of the places for it, and nothing in the others. @param {"saved" | "wrong"} where @param {string} text */
function say(where, text) {
  at("saved").textContent = at("wrong").textContent = "";
  at(where).textContent = text;
}

/** @param {unknown} error */
function refuse(error) {
  if (!(error instanceof RecordError)) throw error;
  return words[error.key];
}

/** Each part says how much of it is filled in, and each line has room for a second language where there is one. */
function renew() {
  for (const part of all("details")) {
    const fields = all("[data-of='line'], [data-top] [data-of]", part);
    part.querySelector("span").textContent = fill(words["setup-count"], { done: fields.filter(written).length, count: fields.length });
  }
  const second = written(at("second"));
  for (const line of all("[data-of='line']")) {
    const within = line.closest("[data-line], [data-rule]");
    let other = within.querySelector("[data-of='second']");
    if (!other && second) {
      other = h("textarea", { id: `${line.id}-second`, "data-of": "second", maxlength: 600, dir: "auto" });
      line.closest("p").after(h("p", {}, h("label", { for: other.id }, words["setup-in"]), other));
    }
    if (other) other.parentElement.hidden = !second && !other.value;
    if (other && LANGUAGE.test(second)) other.lang = second;
  }
}

function showLogo() {
  const picture = form.querySelector("img");
  if (picture && logo) picture.src = logo;
  if (picture) picture.hidden = at("no-logo").hidden = !logo;
}

/** Put what a file says into the form. @param {Local | null} local */
function put(local) {
  form.reset();
  logo = local?.logo || "";
  for (const name of TOP) top(name).value = local?.[name] || "";
  renew();
  for (const [kind, lines] of Object.entries({ line: local?.lines || {}, rule: local?.rules || {} })) {
    for (const [id, line] of Object.entries(lines)) {
      for (const field of all(`[data-${kind}="${CSS.escape(id)}"] [data-of]`)) field.value = /** @type {any} */ (line)[field.dataset.of] || "";
    }
  }
  showLogo();
  renew();
}

/** What is written in the form. @returns {Local} */
function get() {
  /** @type {any} */
  const local = { format: 1, logo, saved: day(), lines: {}, rules: {} };
  for (const name of TOP) local[name] = written(top(name));
  for (const kind of ["line", "rule"]) {
    for (const within of all(`[data-${kind}]`)) {
      const line = { second: "", ...Object.fromEntries(all("[data-of]", within).map((field) => [field.dataset.of, written(field)])) };
      if (line.line) local[`${kind}s`][within.dataset[kind]] = line;
    }
  }
  return local;
}

/** The first field that is wrong, and why. @param {Local} local @returns {[Field, string] | undefined} */
function wrong(local) {
  const later = all("[data-of='checked']").find((field) => field.value > day());
  if (!LANGUAGE.test(local.second)) return [top("second"), words["setup-no-code"]];
  if (later) return [later, words["setup-future"]];
  if (!local.next) return [top("next"), words["setup-undated"]];
  if (local.next <= local.checked) return [top("next"), words["setup-early"]];
  return undefined;
}

/** @param {string} text */
function download(text) {
  const address = URL.createObjectURL(new Blob([text], { type: "text/css" }));
  const link = h("a", { href: address, download: "local.css" });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
  unsaved = false;
}

function save() {
  const local = get(), erased = !count(local) && !local.name && !local.logo;
  const [field, why] = (!erased && wrong(local)) || [];
  for (const one of all("[aria-invalid]")) one.removeAttribute("aria-invalid");
  if (field && why) {
    field.setAttribute("aria-invalid", "true");
    field.setAttribute("aria-describedby", "wrong");
    /** @type {HTMLDetailsElement} */ (field.closest("details")).open = true;
    say("wrong", why);
    return field.focus();
  }
  const text = writeLocal(erased ? null : local);
  if (text.length > LIMIT) return say("wrong", words["setup-much"]);
  download(text);
  say("saved", fill(erased ? words["setup-erased"] : words["setup-saved"], { count: count(local) }));
}

/** @param {HTMLInputElement} input */
async function open(input) {
  const [file] = input.files || [];
  if (!file) return;
  try {
    if (file.size > LIMIT) throw new RecordError("local-large");
    const local = readLocal(await file.text());
    put(local);
    unsaved = true;
    say("saved", fill(words["setup-read"], { count: count(local) }));
  } catch (error) {
    say("wrong", refuse(error));
  }
  input.value = "";
}

/** @param {HTMLInputElement} input */
async function take(input) {
  const [file] = input.files || [];
  if (!file) return;
  try {
    logo = await smallLogo(file);
    unsaved = true;
    say("wrong", "");
  } catch {
    say("wrong", words["setup-no-picture"]);
  }
  input.value = "";
  showLogo();
}

/** Say what the folder has, so that whoever moved the file sees whether it arrived. */
async function look() {
  const folder = at("folder");
  try {
    const local = await loadLocal();
    folder.textContent = local
      ? fill(words["setup-has"], { count: count(local), date: dayText(local.saved || local.checked || local.next), next: dayText(local.next) })
      : words["setup-none"];
    if (local && !unsaved) put(local);
  } catch (error) {
    folder.textContent = refuse(error);
  }
}

form.addEventListener("input", () => { unsaved = true; renew(); });
form.addEventListener("submit", (event) => event.preventDefault());
at("save").onclick = save;
at("print").onclick = () => print();
at("empty").onclick = () => { if (confirm(words["setup-sure"])) { put(null); say("saved", ""); unsaved = true; } };
at("open").onchange = () => open(at("open"));
at("logo").onchange = () => take(at("logo"));
at("no-logo").onclick = () => { logo = ""; unsaved = true; showLogo(); at("logo").focus(); };
addEventListener("beforeprint", () => { for (const part of all("details")) part.open = true; });
// what nobody saved is lost
addEventListener("beforeunload", (event) => { if (unsaved) event.preventDefault(); });
renew();
look();
