// Keeps the files of one build, and answers from there. A new build has a new name, and clears the old one away.
const name = 'minimart-playground-__VERSION__';
const files = '__FILES__';

self.addEventListener('install', (event) => {
  const keep = async () => {
    const cache = await caches.open(name);
    await cache.addAll(files);
    await self.skipWaiting();
  };
  event.waitUntil(keep());
});

self.addEventListener('activate', (event) => {
  const clear = async () => {
    const old = (await caches.keys()).filter((key) => key.startsWith('minimart-playground-') && key !== name);
    await Promise.all(old.map((key) => caches.delete(key)));
    await self.clients.claim();
  };
  event.waitUntil(clear());
});

self.addEventListener('fetch', (event) => {
  if (event.request.method !== 'GET') return;
  const answer = async () => {
    const kept = await caches.match(event.request, { ignoreSearch: event.request.mode === 'navigate' });
    return kept ?? fetch(event.request);
  };
  event.respondWith(answer());
});
