// Training on a thread of its own, with progress and a stop: npx tsx examples/train-in-worker.ts [STEPS] [STOP_AT]
//
// The main thread stays free for whatever else the program does; in a page the same file works with `new Worker` and `postMessage` in the
// place of node:worker_threads. When not to use it: functions of minimart let the event loop run anyway, so a script that only trains needs
// no worker, and a server that trains all day is better off with a process of its own.
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { buildDiscriminator, buildGenerator, createRng, encodeGan, trainGan, useBackend } from 'minimart';
import '@tensorflow/tfjs-backend-wasm';

type Message =
  | { readonly step: number; readonly totalSteps: number }
  | { readonly file: Uint8Array; readonly steps: number };

await (isMainThread ? main() : train(workerData as { readonly steps: number }));

/** Starts the thread, shows how far it is, and stops it where that is asked for. */
async function main(): Promise<void> {
  const [steps = 200, stopAt = Number.POSITIVE_INFINITY] = process.argv.slice(2).map(Number);
  // This file again, with the part that trains.
  const worker = new Worker(process.argv[1] ?? '', { workerData: { steps } });
  const done = new Promise<Extract<Message, { readonly file: Uint8Array }>>((resolve, reject) => {
    worker.on('error', reject);
    worker.on('message', (message: Message) => {
      if ('file' in message) return resolve(message);
      console.log(`step ${message.step} of ${message.totalSteps}`);
      if (message.step >= stopAt) worker.postMessage('stop');
    });
  });
  const { file, steps: trained } = await done;
  console.log(`${trained} steps, a generator of ${file.length} bytes`);
  await worker.terminate();
}

/** What the thread does: it trains, tells of it, and gives what was trained by then. */
async function train({ steps }: { readonly steps: number }): Promise<void> {
  await useBackend('wasm');
  const controller = new AbortController();
  parentPort!.on('message', () => controller.abort());
  const values = createRng(1).fillNormal(new Float32Array(1000));
  const generator = buildGenerator({ latentSize: 2, hidden: [16], outputShape: [2], seed: 1 });
  const discriminator = buildDiscriminator({ inputShape: [2], hidden: [16], seed: 2 });
  let last = 0;
  const onProgress = async ({ step, totalSteps }: { readonly step: number; readonly totalSteps: number }) => {
    last = step;
    parentPort!.postMessage({ step, totalSteps } satisfies Message);
    // The pause lets a message from the main thread come in.
    await new Promise((resolve) => setTimeout(resolve));
  };
  const { signal } = controller;
  const data = { values, shape: [500, 2] };
  const options = {
    generator,
    discriminator,
    data,
    batchSize: 64,
    steps,
    seed: 7,
    reportEvery: 10,
    signal,
    onProgress,
  };
  // Who stops a run gets an error, and networks that stand at the last whole step.
  await trainGan(options).catch((error: unknown) => {
    if (!signal.aborted) throw error;
  });
  parentPort!.postMessage({ file: await encodeGan({ generator }), steps: last } satisfies Message);
}
