// Today, as a document keeps it.

/** The day in the reader's own time, as in 2026-11-24. @param {Date} [date] */
export function day(date = new Date()) {
  /** @param {number} number @param {number} size */
  const digits = (number, size) => String(number).padStart(size, "0");
  return `${digits(date.getFullYear(), 4)}-${digits(date.getMonth() + 1, 2)}-${digits(date.getDate(), 2)}`;
}
