// Where the book's folder is, and how a device forgets the saved course.
import { Shelf } from "./shelf.js";

/** The address of the book's folder, which every page names. */
export const ROOT = new URL(document.documentElement.dataset.content_root || "./", location.href).href;

/** Whether this browser can save anything from this address: not from disk, nor without https. */
export const savable = () => location.protocol.startsWith("http") && "serviceWorker" in navigator && "caches" in window;

/** The book's own service worker, if there is one. */
export async function registration() {
  const found = await navigator.serviceWorker.getRegistration(ROOT);
  // that of a folder further up belongs to another book
  return found?.scope === ROOT ? found : undefined;
}

/** Remove the saved course and its service worker, if there are any. */
export async function forget() {
  if (!savable()) return;
  await caches.delete(new Shelf(ROOT).name);
  await (await registration())?.unregister();
}
