// The browser's Back undoes one step of a play. The history gets an entry for each step; it holds a number, and
// nothing of what was done: what a tab's history holds may outlive the tab.

/** The entries of one player in this tab's history: one for each step from `base` to `at`, without a gap. */
export class Steps {
  /**
   * @param {string} name of the player
   * @param {number} at the step that is on show
   * @param {(step: number) => void} moved called when Back or Forward leads to another step
   */
  constructor(name, at, moved) {
    this.name = name;
    this.at = at;
    this.base = at;
    this.listening = new AbortController();
    this.busy = false; // from asking to go back until the browser has gone
    /** @type {number[]} steps taken meanwhile */
    this.waiting = [];
    const { state } = window.history;
    if (state?.fourps === name && state.step === at) this.base = state.base;
    else this.begin(at);
    const { signal } = this.listening;
    window.addEventListener("popstate", (event) => {
      if (this.busy) {
        this.busy = false;
        this.waiting.splice(0).forEach((step) => this.add(step));
      } else if (event.state?.fourps === name) {
        ({ step: this.at, base: this.base } = event.state);
        moved(this.at);
      }
    }, { signal });
    // a page that is loaded again stands where it was left
    window.addEventListener("pagehide", () => { window.history.scrollRestoration = "auto"; }, { signal });
  }

  /** @param {number} step */
  entry(step) {
    return { fourps: this.name, step, base: this.base };
  }

  /** Stand at a step that no other leads to. @param {number} step */
  begin(step) {
    this.at = this.base = step;
    window.history.replaceState(this.entry(step), "");
  }

  /** @param {number} step */
  add(step) {
    // who comes back to a step reads it from its top
    window.history.scrollRestoration = "manual";
    window.history.pushState(this.entry(step), "");
  }

  /** Take one step more. */
  push() {
    this.at += 1;
    if (this.busy) this.waiting.push(this.at);
    else this.add(this.at);
  }

  /** Stand at an earlier step. @param {number} step */
  back(step) {
    if (step === this.at) return;
    if (step < this.base || this.busy) {
      this.begin(step);
      return;
    }
    this.busy = true;
    window.history.go(step - this.at);
    this.at = step;
  }

  stop() {
    this.listening.abort();
  }
}
