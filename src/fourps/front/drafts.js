// What a device keeps of an exercise that is not handed in yet: apart from the store, since only pages of exercises ask.
import { day } from "./day.js";

/** @typedef {import("./store.js").Store} Store */
/** By the name of each control that is filled in. @typedef {Record<string, string>} Fields */

/** @param {Record<string, {fields: Fields}>} drafts @param {string} id */
const of = (drafts, id) => (Object.hasOwn(drafts, id) ? drafts[id].fields : undefined);

/** What is filled in of an exercise. @param {Store} store @param {string} id @returns {Fields | undefined} */
export const draft = (store, id) => of(store.read()?.drafts || {}, id);

/** Remember what changed of it; an empty text is forgotten. @param {Store} store @param {string} id @param {Fields} changed */
export function keepDraft(store, id, changed) {
  return store.change((kept) => {
    const fields = Object.fromEntries(Object.entries({ ...of(kept.drafts, id), ...changed }).filter(([, text]) => text));
    return { ...kept, drafts: { ...kept.drafts, [id]: { at: day(), fields } } };
  });
}

/** @param {Store} store @param {string} id */
export function eraseDraft(store, id) {
  store.change((kept) => {
    const { [id]: _gone, ...drafts } = kept.drafts;
    return { ...kept, drafts };
  });
}
