// Every worker of the page begins here. Its name says what it serves, so that all share one bundle of the library.
const services: Readonly<Record<string, () => Promise<unknown>>> = {
  images: () => import('../images/worker/index.js'),
  shop: () => import('../shop/worker/index.js'),
  stock: () => import('../stock/worker/index.js'),
};

// The first formatter of a process takes long to make. Made here, it does not hold the page when the charts need one.
const warmUp = () => new Intl.NumberFormat('en-US').format(1);

/** Loads the service; what is asked meanwhile is asked again when it is there. */
async function start(): Promise<void> {
  warmUp();
  const early: unknown[] = [];
  const keep = ({ data }: MessageEvent) => early.push(data);
  self.addEventListener('message', keep);
  await services[self.name]!();
  self.removeEventListener('message', keep);
  for (const data of early) self.dispatchEvent(new MessageEvent('message', { data }));
}

start();
