// Every worker of the page begins here. Its name says what it serves, so that all share one bundle of the library.
const services: Readonly<Record<string, () => Promise<unknown>>> = {
  images: () => import('../images/worker/index.js'),
  shop: () => import('../shop/worker/index.js'),
  stock: () => import('../stock/worker/index.js'),
};

/** Loads the service; what is asked meanwhile is asked again when it is there. */
async function start(): Promise<void> {
  const early: unknown[] = [];
  const keep = ({ data }: MessageEvent) => early.push(data);
  self.addEventListener('message', keep);
  await services[self.name]!();
  self.removeEventListener('message', keep);
  for (const data of early) self.dispatchEvent(new MessageEvent('message', { data }));
}

start();
