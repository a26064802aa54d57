// The service worker: the app without a network.
//
// It keeps the files of exactly one build, under that build's own name, and answers from them alone; so a page
// never meets files of two builds. A new build installs beside the old one and waits until a person clicks
// (`platform/worker.rs`). It never touches /sw.js, /sync or anything that is not a file of the app.

// Both lines are replaced after the build. With "dev" nothing is kept and every request goes to the network.
const FILES = [];
const BUILD = "dev";

const PREFIX = "rapport-";
const CACHE = PREFIX + BUILD;
const PAGE = "/";
const KEPT = new Set(FILES);
// Addresses of the relay's own, which a person may open in a tab.
const RELAY = new Set(["/sw.js", "/sync", "/health", "/ready"]);
// What other apps share to us waits here until a page takes it (`platform/share.rs`); no build owns it.
const SHARED = "shared-with-rapport";
// Such a name changes with the contents, so what an older build kept under it is the same file.
const HASHED = /-[0-9a-f]{16}(_bg)?\.[a-z]+$/;

self.addEventListener("install", (event) => {
  if (KEPT.size > 0) event.waitUntil(fill());
});

self.addEventListener("activate", (event) => {
  event.waitUntil(removeOldBuilds());
});

self.addEventListener("message", (event) => {
  if (event.data === "update") self.skipWaiting();
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method === "POST" && url.origin === self.location.origin && url.pathname === "/share") {
    event.respondWith(receive(request));
    return;
  }
  if (KEPT.size === 0 || request.method !== "GET" || url.origin !== self.location.origin) return;
  if (RELAY.has(url.pathname)) return;
  const file = request.mode === "navigate" ? PAGE : url.pathname;
  if (KEPT.has(file)) event.respondWith(answer(file, request));
});

async function answer(file, request) {
  const cache = await caches.open(CACHE);
  return (await cache.match(file)) ?? fetch(request);
}

// Nothing of it goes to the network: with what was kept, the page at /shared goes on; if it kept nothing, it says so.
async function receive(request) {
  try {
    const form = await request.formData();
    const cache = await caches.open(SHARED);
    const lines = ["title", "text", "url"].map((name) => form.get(name)).filter((line) => typeof line === "string" && line);
    if (lines.length > 0) await cache.put("/shared/text", new Response([...new Set(lines)].join("\n")));
    const files = form.getAll("files").filter((file) => typeof file !== "string");
    for (const [number, file] of files.entries()) {
      const headers = { "content-type": file.type || "application/octet-stream", "x-name": encodeURIComponent(file.name) };
      await cache.put(`/shared/${Date.now()}-${number}`, new Response(file, { headers }));
    }
  } catch (error) {
    console.error("what was shared could not be kept", error);
  }
  return Response.redirect("/shared", 303);
}

// All files or none: if one is missing the browser throws this worker away and tries again later.
async function fill() {
  const cache = await caches.open(CACHE);
  try {
    await Promise.all(FILES.map((file) => keep(cache, file)));
    await checkPage(cache);
  } catch (error) {
    await caches.delete(CACHE);
    throw error;
  }
}

async function keep(cache, file) {
  const hashed = HASHED.test(file);
  const before = hashed ? await caches.match(file) : undefined;
  const response = before ?? (await fetch(file, { cache: hashed ? "default" : "reload" }));
  if (!response.ok) throw new Error(`${file}: ${response.status}`);
  // A redirected answer may not be given to a navigation.
  const { status, statusText, headers } = response;
  await cache.put(file, response.redirected ? new Response(response.body, { status, statusText, headers }) : response);
}

// The relay may have changed to the next build between our requests: then the page names files that we do not have.
async function checkPage(cache) {
  const page = await cache.match(PAGE);
  const names = (await page.text()).match(/\/[\w.-]+-[0-9a-f]{16}(_bg)?\.[a-z]+/g) ?? [];
  const missing = names.find((name) => !KEPT.has(name));
  if (missing) throw new Error(`the page wants ${missing}, which is not of build ${BUILD}`);
}

async function removeOldBuilds() {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith(PREFIX) && name !== CACHE);
  await Promise.all(old.map((name) => caches.delete(name)));
}
