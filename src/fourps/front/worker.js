// The service worker of a saved course. It exists only where a reader saved the course, answers from what was
// saved, and brings in a new release file by file. A page gets all that it asks for from one release.
import { Shelf } from "./savedcourse.js";

const here = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));
const shelf = new Shelf(here.registration.scope);
const SERVER = "server";
/**
 * The release of each page that was answered, and whether the page has asked for anything yet: before, a browser may not list it.
 * @type {Map<string, {release: string, asked: boolean}>}
 */
const opened = new Map();
/** @type {Promise<void> | undefined} */
let renewing;

/** Remember which release a page came from, also when the worker is stopped meanwhile. @param {string} page @param {string} release */
async function pin(page, release) {
  opened.set(page, { release, asked: false });
  try {
    const cache = await shelf.open();
    await cache.put(shelf.key("page", page), new Response(release));
    if (!await shelf.read(shelf.key("current"))) await shelf.dropIfEmpty(cache);
  } catch {
    // a full device: the worker knows it for as long as it runs, and the page opens all the same
  }
}

/** The release that a page came from. @param {string} page */
async function pinned(page) {
  const known = opened.get(page);
  if (known) known.asked = true;
  const name = known?.release || await (await shelf.read(shelf.key("page", page)))?.text();
  if (name === SERVER) return undefined;
  return name ? shelf.release(name) : shelf.current();
}

/** What is saved, if a device can read it. @template T @param {Promise<T>} reading */
const orNothing = (reading) => reading.catch(() => undefined);

/** @param {FetchEvent} event */
async function answer({ request, clientId, resultingClientId }) {
  if (request.mode !== "navigate") {
    const release = await orNothing(pinned(clientId));
    return (release && await orNothing(shelf.find(release, request))) || fetch(request);
  }
  const release = await orNothing(shelf.current());
  if (!release) return fetch(request);
  const moved = shelf.moved(release, request);
  if (moved) return Response.redirect(moved);
  const found = await orNothing(shelf.find(release, request));
  await pin(resultingClientId, found ? release.release : SERVER);
  return found || fetch(request).catch((error) => unsaved(release, error));
}

/**
 * Say in place of the browser that a page is neither saved nor within reach: one in another language, mostly.
 * @param {import("./savedcourse.js").Release} release @param {unknown} error what the network said
 */
async function unsaved(release, error) {
  const page = await shelf.find(release, new Request(`${shelf.root}unsaved.html`));
  if (!page) throw error;
  // its link leads from the book's folder, wherever the page that was asked for stands
  const text = (await page.text()).replace("<head>", () => `<head><base href="${shelf.root}">`);
  return new Response(text, { status: 503, headers: page.headers });
}

/** The host's own file, which belongs to no release. @param {Request} request */
async function host(request) {
  const local = shelf.local(await orNothing(shelf.current()));
  const cache = local === request.url.split("?")[0] && await orNothing(shelf.open());
  return cache ? shelf.host(local, cache) : fetch(request);
}

/** Remove the pages that were closed, and the releases and files that no open page may still ask for. @param {Cache} cache */
async function tidy(cache) {
  const listed = new Set((await here.clients.matchAll({ includeUncontrolled: true })).map((one) => one.id));
  for (const [page, known] of opened) {
    if (listed.has(page)) known.asked = true;
    else if (known.asked) opened.delete(page);
  }
  const open = new Set([...listed, ...opened.keys()]);
  const current = await shelf.current();
  if (!current) return;
  const names = new Set([current.release]), hashes = new Set();
  for (const { release } of opened.values()) names.add(release);
  const keys = (await cache.keys()).map((one) => one.url);
  /** @param {"file" | "release" | "page"} kind */
  const of = (kind) => keys.filter((key) => key.startsWith(shelf.key(kind))).map((key) => key.slice(shelf.key(kind).length));
  for (const page of of("page")) {
    if (open.has(page)) names.add(await (await shelf.read(shelf.key("page", page)))?.text() || SERVER);
    else await cache.delete(shelf.key("page", page));
  }
  for (const name of of("release")) {
    if (!names.has(name)) await cache.delete(shelf.key("release", name));
    else for (const [hash] of Object.values((await shelf.release(name))?.files || {})) hashes.add(hash);
  }
  for (const hash of of("file")) if (!hashes.has(hash)) await cache.delete(shelf.key("file", hash));
}

/** Bring in a new release, if there is one and the course was not removed meanwhile. */
async function renew() {
  const current = await orNothing(shelf.current());
  if (!current) return;
  try {
    // one handle for all that is written: removing the course ends in nothing, however much is on its way
    const cache = await shelf.open();
    const published = await shelf.published();
    if (!await shelf.current()) return await shelf.dropIfEmpty(cache);
    const local = shelf.local(published);
    if (published.release !== current.release) await shelf.load(published, cache);
    else if (local) await shelf.host(local, cache);
    await tidy(cache);
  } catch {
    // no network, no room, or a release half-way onto its server: the saved one goes on whole,
    // what was loaded of the new one stays, and the next page that opens tries again
  }
}

here.addEventListener("install", (event) => event.waitUntil(here.skipWaiting()));
here.addEventListener("fetch", (event) => {
  if (event.request.method !== "GET") return;
  // it may stand above this worker's folder
  if (/\/local\.css(\?|$)/.test(event.request.url)) return event.respondWith(host(event.request));
  if (!event.request.url.startsWith(shelf.root)) return;
  const answered = answer(event);
  event.respondWith(answered);
  if (event.request.mode !== "navigate") return;
  // the page first: on a weak link nothing competes with it
  const after = () => (renewing ||= renew().finally(() => { renewing = undefined; }));
  event.waitUntil(answered.then(after, after));
});
