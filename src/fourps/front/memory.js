// What stands in for a browser's storage where nothing may be kept.

/**
 * A memory that ends with its window.
 * @param {string[]} [through] keys that go on to another storage, if there is one
 * @param {Storage | null} [storage]
 */
export function memory(through = [], storage = null) {
  /** @type {Map<string, string>} */
  const here = new Map();
  /** @param {string} key */
  const elsewhere = (key) => (through.includes(key) ? storage : null);
  return {
    getItem: (/** @type {string} */ key) => (elsewhere(key)?.getItem(key) ?? here.get(key)) ?? null,
    setItem: (/** @type {string} */ key, /** @type {string} */ value) => {
      const other = elsewhere(key);
      if (other) other.setItem(key, value);
      else here.set(key, value);
    },
    removeItem: (/** @type {string} */ key) => {
      elsewhere(key)?.removeItem(key);
      here.delete(key);
    },
    key: (/** @type {number} */ place) => [...here.keys()][place] ?? null,
    clear: () => {
      here.clear();
      for (const key of through) storage?.removeItem(key);
    },
    get length() { return here.size; },
  };
}
