// Decision records: the same line as `fourps.play_record` in Python.

export const FORMAT = "fourps1";
export const DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz";
const LINE = /^fourps1:[a-z0-9-]+:[0-9a-f]{8}:[0-9a-z.~]*:[0-9a-z]{2}$/;

/** A record that cannot be used; `key` names the word that says why. */
export class RecordError extends Error {
  /** @param {string} key @param {number} [step] */
  constructor(key, step = 0) {
    super(key);
    this.key = key;
    this.step = step;
  }
}

/** @param {string} body */
export function checksum(body) {
  let value = 0;
  for (const character of body) value = (value * 31 + /** @type {number} */ (character.codePointAt(0))) % 1291;
  return DIGITS[Math.floor(value / 36)] + DIGITS[value % 36];
}

/** @param {string} id @param {string} version @param {string} moves */
export function writeRecord(id, version, moves) {
  const body = [FORMAT, id, version, moves].join(":");
  return `${body}:${checksum(body)}`;
}

/** The id of the scenario or quiz of an attempt. @param {{record: string}} attempt */
export const idOf = ({ record }) => record.split(":")[1];

/** Whether a value is a whole record, of whatever id and version. @param {unknown} value */
export function isRecord(value) {
  if (typeof value !== "string" || !LINE.test(value)) return false;
  const end = value.lastIndexOf(":");
  return checksum(value.slice(0, end)) === value.slice(end + 1);
}

/**
 * The moves of a record that belongs to this id and version.
 * @param {string} line @param {string} id @param {string} version
 */
export function readRecord(line, id, version) {
  const parts = line.trim().split(":");
  if (parts[0] !== FORMAT || parts.length !== 5) throw new RecordError("record-foreign");
  if (checksum(parts.slice(0, 4).join(":")) !== parts[4]) throw new RecordError("record-damaged");
  if (parts[1] !== id) throw new RecordError("record-foreign");
  if (parts[2] !== version) throw new RecordError("record-version");
  return parts[3];
}
