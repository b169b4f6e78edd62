// Read aloud, by a voice of this device. One that sends text elsewhere is never used: without a local voice of the
// page's language there is no button.
import { button, h, put } from "./dom.js";

const synth = () => /** @type {SpeechSynthesis | undefined} */ (window.speechSynthesis);

/** A local voice of the page's language, as now known: a browser may learn of its voices late. */
function local() {
  const [language] = document.documentElement.lang.split("-");
  const voices = synth()?.getVoices().filter((one) => one.localService === true && one.lang.toLowerCase().split(/[-_]/)[0] === language) || [];
  return voices.find((one) => one.default) || voices[0];
}

/** The place of a button that reads a screen, and stops. */
export class Voice {
  /** @param {import("./dom.js").Words} words @param {() => string[]} texts what is read, in its order */
  constructor(words, texts) {
    this.words = words;
    this.texts = texts;
    /** What is being read: a browser may forget to tell the end of one that nobody holds. @type {SpeechSynthesisUtterance[]} */
    this.parts = [];
    this.button = button("", () => this.parts.length ? this.stop() : this.read());
    this.place = h("div", { class: "fp-voice" });
    this.listening = new AbortController();
    const { signal } = this.listening;
    const look = () => put(this.place, [local() && this.button]);
    synth()?.addEventListener?.("voiceschanged", look, { signal });
    // "Leave" stops it by itself, before anything else
    for (const gone of ["pagehide", "visibilitychange"]) window.addEventListener(gone, () => this.stop(), { signal });
    this.say([]);
    look();
  }

  /** @param {SpeechSynthesisUtterance[]} parts */
  say(parts) {
    this.parts = parts;
    this.button.textContent = this.words[parts.length ? "voice-stop" : "voice-read"];
  }

  read() {
    const voice = local();
    if (!voice) return;
    // one at a time: a long one ends by itself in some browsers
    const parts = this.texts().map((text) => Object.assign(new SpeechSynthesisUtterance(text), { voice, lang: voice.lang }));
    this.say(parts);
    for (const one of parts) {
      one.onend = () => { if (one === this.parts.at(-1)) this.stop(); };
      synth()?.speak(one);
    }
  }

  stop() {
    if (!this.parts.length) return;
    this.say([]);
    synth()?.cancel();
  }
}
