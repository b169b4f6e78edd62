// Where the book's folder is, and how a device forgets the saved course.
import { Shelf } from "./savedcourse.js";

/** The address of the book's folder, which every page names. */
export const ROOT = new URL(document.documentElement.dataset.content_root || "./", location.href).href;

/** The folder of each language of the book, each of which is saved by itself. */
const roots = () => new Set([ROOT, ...[...document.querySelectorAll(".fp-languages a")].map((link) =>
  new URL(/** @type {HTMLElement} */ (link).dataset.root || "", location.href).href)]);

/** Whether this browser can save anything from this address: not from disk, nor without https. */
export const savable = () => location.protocol.startsWith("http") && navigator.serviceWorker !== undefined && "caches" in window;

/** The service worker of one language's own, if there is one. */
export async function registration(root = ROOT) {
  const found = await navigator.serviceWorker.getRegistration(root);
  // that of a folder further up belongs to another book
  return found?.scope === root ? found : undefined;
}

/** Remove one language of the saved course and its service worker, if there are any. */
export async function forget(root = ROOT) {
  if (!savable()) return;
  await caches.delete(new Shelf(root).name);
  await (await registration(root))?.unregister();
}

/** Whether anything of the course is saved here, in any language, be it half of it. */
export async function isAnySaved() {
  if (!savable()) return false;
  const found = await Promise.all([...roots()].map(async (root) => await caches.has(new Shelf(root).name) || registration(root)));
  return found.some(Boolean);
}

/** Remove the saved course in every language. */
export async function forgetAll() {
  for (const root of roots()) await forget(root);
}
