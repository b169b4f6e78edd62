// The saved course: one cache with each file under the hash of its content, and the name of the release in use.
// Pages and the service worker share it. A file is loaded once, whichever releases hold it, and a new
// release is taken into use in one step, when all of it is there.

/**
 * What `offline.json` says: each file's hash and bytes, where old addresses lead, where the host's own file stands, and what loading and keeping all of them takes.
 * @typedef {{format: 1, version: string, release: string, wire: number, size: number, files: Record<string, [string, number]>, moved?: Record<string, string>, local?: string}} Release
 */

// of an answer's headers, what a page still needs when no server sends it
const HEADERS = ["content-type", "content-security-policy", "cross-origin-opener-policy", "permissions-policy", "referrer-policy", "x-content-type-options"];

/** @param {ArrayBuffer} bytes */
async function digest(bytes) {
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return [...hash.slice(0, 10)].map((one) => one.toString(16).padStart(2, "0")).join("");
}

/**
 * The part of a file that was asked for, as media players and readers of PDF do.
 * @param {Response} answer @param {string | null} range
 */
async function part(answer, range) {
  const wanted = /^bytes=(\d+)-(\d*)$/.exec(range || "");
  if (!wanted) return answer;
  const whole = await answer.blob();
  const from = Number(wanted[1]), last = Math.min(Number(wanted[2] || whole.size - 1), whole.size - 1);
  const headers = new Headers(answer.headers);
  if (from > last) return new Response(null, { status: 416, headers: { "content-range": `bytes */${whole.size}` } });
  headers.set("content-range", `bytes ${from}-${last}/${whole.size}`);
  return new Response(whole.slice(from, last + 1), { status: 206, headers });
}

/** @param {string} path one that is no UTF-8 is the name of nothing */
function decoded(path) {
  try {
    return decodeURI(path);
  } catch {
    return path;
  }
}

/** Reads and fills the cache of the book whose folder has the address `root`, which ends in a slash. */
export class Shelf {
  /** @param {string} root */
  constructor(root) {
    this.root = root;
    // several books may share a host
    this.name = `fourps-1 ${new URL(root).pathname}`;
  }

  /** @param {"file" | "release" | "page" | "current" | "local"} kind @param {string} [name] */
  key(kind, name = "") {
    return `${this.root}.saved/${kind}/${name}`;
  }

  /** Read without making a cache where there is none. @param {string} key */
  read(key) {
    return caches.match(key, { cacheName: this.name });
  }

  open() {
    return caches.open(this.name);
  }

  /** Remove the cache again if it was made anew while the course was removed. @param {Cache} cache */
  async dropIfEmpty(cache) {
    const kept = (await cache.keys()).some(({ url }) => !url.startsWith(this.key("page")) && url !== this.key("local"));
    if (!kept) await caches.delete(this.name);
  }

  /** The release in use, if the course is saved. @returns {Promise<Release | undefined>} */
  async current() {
    const answer = await this.read(this.key("current"));
    return answer && this.release(await answer.text());
  }

  /** @param {string} name @returns {Promise<Release | undefined>} */
  async release(name) {
    return (await this.read(this.key("release", name)))?.json();
  }

  /**
   * The release that the server has.
   * @returns {Promise<Release>}
   */
  async published() {
    const answer = await fetch(`${this.root}offline.json`, { cache: "no-cache", mode: "same-origin" });
    const release = answer.ok && await answer.json();
    if (release?.format !== 1) throw new Error(`offline.json: ${answer.status}`);
    return release;
  }

  /** Where the host's own file is, if a release has one. @param {Release | undefined} release */
  local(release) {
    return release?.local && new URL(release.local, this.root).href;
  }

  /**
   * The host's own file: as the server has it now, or as it came last, or else with nothing filled in.
   * @param {string} address @param {Cache} cache as `open` gives it
   */
  async host(address, cache) {
    const key = this.key("local");
    try {
      const answer = await fetch(address, { cache: "no-cache", mode: "same-origin", signal: AbortSignal.timeout(2000) });
      if (answer.status === 404) await cache.delete(key);
      // what a hotspot says in its place is no style sheet
      else if (answer.ok && /css/.test(answer.headers.get("content-type") || "")) {
        await cache.put(key, answer.clone()).catch(() => undefined);
        return answer;
      }
    } catch {
      // no network, or one that stands still
    }
    return await this.read(key) || new Response("", { headers: { "content-type": "text/css" } });
  }

  /** The bytes of a release that are here, whole or not. @param {Release} release */
  async bytes(release) {
    if (!await caches.has(this.name)) return 0;
    const missing = await this.missing(release, await this.open());
    return release.size - missing.reduce((sum, { size }) => sum + size, 0);
  }

  /** @param {Release} release @param {Cache} cache */
  async missing(release, cache) {
    const here = new Set((await cache.keys()).map((one) => one.url));
    return Object.entries(release.files).map(([path, [hash, size]]) => ({ path, hash, size }))
      .filter(({ hash }) => !here.has(this.key("file", hash)));
  }

  /**
   * Load what is missing of a release, four files at a time, then take it into use.
   * What a cache gets that was removed meanwhile is kept nowhere.
   * @param {Release} release
   * @param {Cache} cache as `open` gives it
   * @param {(bytes: number) => void} [tell] called with the bytes that are here
   * @param {AbortSignal} [signal]
   */
  async load(release, cache, tell = () => undefined, signal = undefined) {
    const queue = await this.missing(release, cache);
    let here = release.size - queue.reduce((sum, { size }) => sum + size, 0);
    const work = async () => {
      for (let one = queue.pop(); one; one = queue.pop()) {
        await this.fetch(cache, one.path, one.hash, signal);
        tell(here += one.size);
      }
    };
    try {
      await Promise.all([work(), work(), work(), work()]);
    } catch (error) {
      queue.length = 0;
      throw error;
    }
    signal?.throwIfAborted();
    const local = this.local(release);
    if (local) await this.host(local, cache);
    await cache.put(this.key("release", release.release), new Response(JSON.stringify(release)));
    await cache.put(this.key("current"), new Response(release.release));
  }

  /**
   * Load one file. What is not as the release says is refused: a newer release, or a hotspot's own page.
   * @param {Cache} cache @param {string} path @param {string} hash @param {AbortSignal} [signal]
   */
  async fetch(cache, path, hash, signal) {
    const answer = await fetch(this.root + encodeURI(path), { cache: "no-cache", mode: "same-origin", signal });
    const bytes = await answer.arrayBuffer();
    if (!answer.ok || await digest(bytes) !== hash) throw new Error(`${path}: not as released`);
    const headers = new Headers();
    for (const name of HEADERS) if (answer.headers.has(name)) headers.set(name, /** @type {string} */ (answer.headers.get(name)));
    // made anew: a page that a server redirected to may not answer a navigation
    await cache.put(this.key("file", hash), new Response(bytes, { headers }));
  }

  /**
   * What of some files a request asks for, whatever its query: `folder/` is its index, and some hosts leave out `.html`.
   * @param {Request} request @param {Record<string, unknown>} files by their paths
   */
  asked(request, files) {
    const path = decoded(new URL(request.url).pathname.slice(new URL(this.root).pathname.length));
    return [path, `${path}.html`, `${path}index.html`].find((one) => Object.hasOwn(files, one));
  }

  /**
   * Where an old address leads by now.
   * @param {Release} release @param {Request} request
   */
  moved({ moved = {} }, request) {
    const old = this.asked(request, moved);
    return old && this.root + encodeURI(moved[old]);
  }

  /**
   * Find what a release answers to a request.
   * @param {Release} release @param {Request} request @returns {Promise<Response | undefined>}
   */
  async find(release, request) {
    const name = this.asked(request, release.files);
    const answer = name && await this.read(this.key("file", release.files[name][0]));
    return answer ? part(answer, request.headers.get("range")) : undefined;
  }
}
