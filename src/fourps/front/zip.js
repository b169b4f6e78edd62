// Files as one zip, each as it is: what is given out is small, and nothing has to be loaded to pack it.

const TABLE = Uint32Array.from({ length: 256 }, (_, start) => {
  let value = start;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value;
});
// the oldest day that a zip can name
const DATE = 0x21;
const UTF8 = 0x800;

/** @param {Uint8Array} data */
function crc(data) {
  let value = 0xffffffff;
  for (const byte of data) value = TABLE[(value ^ byte) & 255] ^ (value >>> 8);
  return ~value >>> 0;
}

/** Numbers of two and four bytes, the lowest byte first. @param {[number, 2 | 4][]} numbers */
function little(numbers) {
  const bytes = new Uint8Array(numbers.reduce((sum, [, size]) => sum + size, 0)), view = new DataView(bytes.buffer);
  let at = 0;
  for (const [value, size] of numbers) {
    if (size === 2) view.setUint16(at, value, true);
    else view.setUint32(at, value, true);
    at += size;
  }
  return bytes;
}

/**
 * A zip: the same names and texts give the same bytes.
 * @param {[string, string][]} files
 * @returns {Blob}
 */
export function zip(files) {
  const encoder = new TextEncoder();
  /** @type {Uint8Array[]} */
  const bodies = [], /** @type {Uint8Array[]} */ directory = [];
  let offset = 0, length = 0;
  for (const [name, text] of files) {
    const path = encoder.encode(name), data = encoder.encode(text), size = data.length;
    /** @type {[number, 2 | 4][]} */
    const about = [[20, 2], [UTF8, 2], [0, 2], [0, 2], [DATE, 2], [crc(data), 4], [size, 4], [size, 4], [path.length, 2], [0, 2]];
    const head = little([[0x04034b50, 4], ...about]), entry = little([[0x02014b50, 4], [20, 2], ...about, [0, 2], [0, 2], [0, 2], [0, 4], [offset, 4]]);
    bodies.push(head, path, data);
    directory.push(entry, path);
    offset += head.length + path.length + size;
    length += entry.length + path.length;
  }
  const end = little([[0x06054b50, 4], [0, 2], [0, 2], [files.length, 2], [files.length, 2], [length, 4], [offset, 4], [0, 2]]);
  return new Blob(/** @type {BlobPart[]} */ ([...bodies, ...directory, end]), { type: "application/zip" });
}
