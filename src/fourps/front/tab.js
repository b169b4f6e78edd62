// What a tab remembers of an attempt, so that a reload loses nothing. It goes with the tab, and "Leave" wipes it.

const MARK = "fourps:";

/** @param {(storage: Storage) => any} act */
const tried = (act) => {
  try {
    return act(window.sessionStorage);
  } catch {
    return null; // a browser that refuses storage forgets at each reload
  }
};

/** What one player's attempt needs to stand there again. */
export class Tab {
  /** @param {string} name of the scenario or quiz */
  constructor(name) {
    this.key = MARK + name;
  }

  /** @returns {any} nothing where nothing is remembered, or what is remembered cannot be read */
  read() {
    return tried((storage) => JSON.parse(storage.getItem(this.key) || "null"));
  }

  /** @param {any} value plain */
  write(value) {
    tried((storage) => storage.setItem(this.key, JSON.stringify(value)));
  }
}

/** Whether the reader said in this tab that nothing is to be kept on the device. @param {boolean} [no] */
export function declined(no) {
  const answer = new Tab("no");
  if (no !== undefined) answer.write(no);
  return answer.read() === true;
}

/** Whether the last story of this tab was played through, without a reason after each choice. @param {boolean} [yes] */
export function playedThrough(yes) {
  const answer = new Tab("through");
  if (yes !== undefined) answer.write(yes);
  return answer.read() === true;
}

/** Forget every attempt of this tab. */
export function forgetTab() {
  tried((storage) => Array.from({ length: storage.length }, (_, place) => storage.key(place) || "").filter((key) => key.startsWith(MARK))
    .forEach((key) => storage.removeItem(key)));
}
