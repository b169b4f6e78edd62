// Whether a value that came from outside has the form that is asked for: of what a device keeps, and of what a host filled in.

// as in Python; it does not admit `__proto__`
export const ID = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const DAY = /^(?!0000)[0-9]{4}-[0-9]{2}-[0-9]{2}$/;

/** @param {unknown} value @returns {value is Record<string, any>} */
export const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

/** @param {unknown} value */
export function isDay(value) {
  if (typeof value !== "string" || !DAY.test(value)) return false;
  const date = new Date(value);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(value);
}

/** @param {unknown} value @param {Record<string, (one: any) => boolean>} fields every one of them, and no other */
export const hasShape = (value, fields) => isObject(value) && Object.keys(value).length === Object.keys(fields).length
  && Object.entries(fields).every(([name, fits]) => Object.hasOwn(value, name) && fits(value[name]));

/** @param {unknown} value @param {{test: (key: string) => boolean}} name @param {(one: any) => boolean} fits */
export const isTable = (value, name, fits) => isObject(value)
  && Object.entries(value).every(([key, one]) => name.test(key) && fits(one));
