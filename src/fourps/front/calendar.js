// A calendar file with one day in it, or one each week, as RFC 5545 says (sections 3.1, 3.3.10, 3.3.11, 3.6.1 and 3.6.6).

const LENGTH = 75; // octets of a line, without its end
const encoder = new TextEncoder();

/** Fold a line between characters; no line is longer than 75 octets. @param {string} line */
function folded(line) {
  let result = "", size = 0;
  for (const character of line) {
    const width = encoder.encode(character).length;
    if (size + width > LENGTH) {
      result += "\r\n ";
      size = 1;
    }
    result += character;
    size += width;
  }
  return result;
}

/** @param {string} text one line, whatever is in it */
const escaped = (text) => text.replace(/\p{Cc}+/gu, " ").replace(/[\\;,]/g, "\\$&");

/**
 * The day some weeks after another.
 * @param {string} day as in 2026-11-24
 * @param {number} weeks
 */
export function later(day, weeks) {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + 7 * weeks);
  return date.toISOString().slice(0, 10);
}

/**
 * A whole day with a reminder at nine in the morning, or the same for some weeks. It says nothing but its title.
 * @param {string} title
 * @param {string} day as in 2026-11-24
 * @param {string} id unlike that of any other
 * @param {Date} now
 * @param {number} [weeks]
 */
export function calendar(title, day, id, now, weeks = 1) {
  const text = escaped(title);
  const lines = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Reminder//EN",
    "BEGIN:VEVENT",
    `UID:${id}`,
    `DTSTAMP:${now.toISOString().replace(/[-:]|\.\d+/g, "")}`,
    `DTSTART;VALUE=DATE:${day.replaceAll("-", "")}`,
    ...(weeks > 1 ? [`RRULE:FREQ=WEEKLY;COUNT=${weeks}`] : []),
    `SUMMARY:${text}`,
    "CLASS:PRIVATE",
    "TRANSP:TRANSPARENT",
    "BEGIN:VALARM",
    "ACTION:DISPLAY",
    `DESCRIPTION:${text}`,
    "TRIGGER:PT9H",
    "END:VALARM",
    "END:VEVENT",
    "END:VCALENDAR",
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join("");
}
