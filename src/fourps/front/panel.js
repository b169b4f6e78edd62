// What a reader decides about what the device keeps: to keep, to erase, to carry away.
import { button, h } from "./dom.js";
import { onShelf } from "./onshelf.js";
import { declined, forgetTab } from "./tab.js";

/** @typedef {import("./dom.js").Words} Words */
/** @typedef {import("./store.js").Store} Store */

/** Something else that a reader may want gone with it. @typedef {{label: string, isThere: () => Promise<boolean>, erase: () => Promise<void>}} Also */

/**
 * Ask once before everything is erased, in a dialog that Escape closes.
 * @param {Words} words
 * @param {() => void} erase
 * @param {Also} [also]
 */
export function askToErase(words, erase, also) {
  const tick = /** @type {HTMLInputElement} */ (h("input", { type: "checkbox" }));
  const more = h("label", { class: "fp-option", hidden: true }, tick, h("span", {}, also?.label));
  also?.isThere().then((is) => { more.hidden = !is; });
  const yes = () => {
    box.close();
    if (tick.checked) also?.erase();
    erase();
  };
  const box = /** @type {HTMLDialogElement} */ (h("dialog", { class: "fp fp-dialog", "aria-labelledby": "fp-erase-question" },
    h("p", { id: "fp-erase-question", class: "fp-strong" }, words["erase-question"]),
    h("p", {}, words["erase-help"]), more,
    h("p", { class: "fp-row" },
      button(words["erase-no"], () => box.close(), { class: "fp-erase-no", autofocus: true }),
      button(words["erase-yes"], yes, { class: "fp-main fp-erase-yes" }))));
  box.addEventListener("close", () => box.remove());
  document.body.append(box);
  box.showModal();
}

/** Why nothing can be kept here. @param {Store} store @param {Words} words */
export function refusal(store, words) {
  const { state } = store.look();
  return words[`kept-${state === "newer" || state === "damaged" ? state : "denied"}`];
}

/**
 * The question whether to keep attempts, or what follows from a yes.
 * @param {Store} store
 * @param {Words} words
 * @param {(text: string) => void} announce
 * @param {() => void} agreed called when the reader says yes
 * @param {Also} [also] what can be erased with it
 */
export function keepPanel(store, words, announce, agreed, also) {
  const panel = h("div", { class: "fp-keep" });
  const complaint = h("p", { class: "fp-complaint", role: "alert" });
  const draw = () => {
    const { state } = store.look();
    complaint.textContent = "";
    // a platform that keeps nothing is not asked: it would say no to a yes
    if (state === "denied" && onShelf()) {
      panel.replaceChildren(h("p", {}, refusal(store, words)));
      return;
    }
    panel.replaceChildren(
      ...(state === "nothing" || state === "denied"
        ? [
            h("p", { class: "fp-strong" }, words["keep-question"]),
            h("p", {}, words["keep-help"]),
            complaint,
            h("p", { class: "fp-row" }, button(words["keep-yes"], agree, { class: "fp-agree" })),
          ]
        : [
            h("p", {}, state === "kept" ? words.kept : refusal(store, words)),
            button(words["kept-erase"], () => askToErase(words, erase, also), { class: "fp-erase" }),
          ]),
    );
  };
  const focus = () => /** @type {HTMLElement} */ ([...panel.querySelectorAll("button")].pop()).focus();
  const agree = () => {
    if (!store.agree()) {
      complaint.textContent = refusal(store, words);
      return;
    }
    agreed();
    draw();
    announce(words.kept);
    focus();
  };
  const erase = () => {
    store.erase();
    forgetTab();
    draw();
    announce(words["kept-erased"]);
    focus();
  };
  draw();
  return panel;
}

/**
 * The question before anything is begun, with a plain No beside the yes; nothing where it is answered.
 * @param {Store} store
 * @param {Words} words
 * @param {(text: string) => void} announce
 * @param {() => void} [agreed] called when the reader says yes
 */
export function askFirst(store, words, announce, agreed = () => undefined) {
  if (store.look().state !== "nothing" || declined()) return null;
  /** @param {string} text */
  const answered = (text) => {
    panel.replaceChildren(h("p", { tabindex: "-1" }, text));
    announce(text);
    /** @type {HTMLElement} */ (panel.firstElementChild).focus({ preventScroll: true });
  };
  const yes = () => {
    const kept = store.agree();
    if (kept) agreed();
    answered(kept ? words.kept : refusal(store, words));
  };
  const no = () => {
    declined(true);
    answered(words["keep-declined"]);
  };
  const panel = h("div", { class: "fp-keep fp-keep-first" },
    h("p", { class: "fp-strong" }, words["keep-question"]),
    h("p", { class: "fp-small" }, words["keep-help"]),
    h("p", { class: "fp-row" },
      button(words["keep-yes"], yes, { class: "fp-agree" }),
      button(words["keep-no"], no, { class: "fp-decline" })));
  return panel;
}

/**
 * Save a text as a file of this device.
 * @param {string} name
 * @param {string} type
 * @param {string} text
 */
export function saveFile(name, type, text) {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = /** @type {HTMLAnchorElement} */ (h("a", { href: url, download: name }));
  link.click();
  // the browser reads it after this turn
  setTimeout(() => URL.revokeObjectURL(url), 60000);
}
