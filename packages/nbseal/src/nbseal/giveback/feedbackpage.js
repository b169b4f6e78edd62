/**
 * The one page of feedback that a learner gets, made in a browser: the same bytes of the same data as in
 * feedback_page.py, which says what its template may hold.
 *
 * @typedef {{ name: string, points: number, most: number, line: string }} Criterion
 * @typedef {{ title: string, state: "marked" | "waits" | "stopped", points: number, most: number, corrected: boolean, criteria: Criterion[],
 *   cap: { most: number, line: string } | null, comment: string, check: string, read: { name: string, address: string }[], answer: string,
 *   code: boolean }} Task
 * @typedef {{ language: string, words: Record<string, string>, title: string, learner: string, points: number, most: number, late: number,
 *   parts: { name: string, points: number, most: number }[], notes: string[], troubles: string[], notebooks: string[], tasks: Task[] }} Feedback
 */

export const MOST = 100_000;
const LENGTHS = [8000, 4000, 2000, 1000, 500, 250, 100];
const PART = /\{\{([#^])([\w-]+)\}\}\n?([^]*?)\{\{\/\2\}\}\n?|\{\{(:?)([\w-]+)\}\}/g;
/** @type {Record<string, string>} */
const ESCAPED = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#x27;" };

/**
 * The page; where it would be too long, answers and what checks said are shortened.
 *
 * @param {string} template what feedback_page.html holds
 * @param {Feedback} data
 */
export function page(template, data) {
  let text = "";
  for (const length of LENGTHS) {
    text = filled(template, view(data, length), data.words);
    if (new TextEncoder().encode(text).length <= MOST) break;
  }
  return text;
}

/** @param {Feedback} data @param {number} length @returns {Record<string, any>} */
function view(data, length) {
  return {
    ...data,
    score: data.late,
    titles: data.tasks.filter(({ state }) => state !== "marked").map(({ title }) => title).join("; "),
    "has-troubles": data.troubles.length > 0,
    notebooks: data.notebooks.map((name) => ({ name })),
    tasks: data.tasks.map((one) => task(one, length)),
  };
}

/** @param {Task} one @param {number} length */
function task(one, length) {
  const answer = [...clean(one.answer)], check = [...clean(one.check)];
  return {
    ...one,
    marked: one.state === "marked",
    waits: one.state === "waits",
    stopped: one.state === "stopped",
    "has-criteria": one.criteria.length > 0,
    cap: one.cap ? [one.cap] : [],
    reads: one.read.length > 0 && one.points < one.most,
    answer: answer.slice(0, length).join(""),
    "answer-cut": answer.length > length,
    check: check.slice(0, length).join(""),
    "check-cut": check.length > length,
  };
}

/** @param {string} template @param {Record<string, any>} values @param {Record<string, string>} words @returns {string} */
function filled(template, values, words) {
  return template.replace(PART, (_, kind, name, inner, says, place) => {
    if (place) {
      const text = says ? words[place].replace(/\{(\w+)\}/g, (_, key) => shown(values[key], words)) : shown(values[place], words);
      return text.replace(/[&<>"']/g, (mark) => ESCAPED[mark]);
    }
    const value = values[name], entries = Array.isArray(value) ? value : value ? [{}] : [];
    if (kind === "^") return entries.length ? "" : filled(inner, values, words);
    return entries.map((entry) => filled(inner, { ...values, ...(typeof entry === "object" ? entry : { item: entry }) }, words)).join("");
  });
}

/** @param {string | number} value @param {Record<string, string>} words */
function shown(value, words) {
  if (typeof value === "string") return clean(value);
  const hundredths = Math.floor(value * 100 + 0.5), size = Math.abs(hundredths);
  const decimals = String(size % 100).padStart(2, "0").replace(/0+$/, "");
  const whole = `${hundredths < 0 ? "-" : ""}${Math.floor(size / 100)}`;
  return decimals ? `${whole}${words["feedback-decimal"]}${decimals}` : whole;
}

/** @param {string} text */
function clean(text) {
  return text.replace(/\r\n?/g, "\n").replace(/\p{Surrogate}/gu, "?").replace(/[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]/g, "\ufffd");
}
