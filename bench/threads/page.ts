// What bench/threads/pages.ts runs in a page, and in a worker of it.
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { env } from '@tensorflow/tfjs-core';
import { buildDiscriminator, buildGenerator, createRng, ganSteps, useBackend, wasmKernels } from 'minimart';

/** How steps are to be taken. */
export interface PageRequest {
  /** Our threads; missing for as many as there are. */
  readonly threads?: number;
  /** Whether tfjs's own threaded build is to run, on which our kernels are missing. */
  readonly stock?: boolean;
  /** Whether a worker of the page takes them. */
  readonly inWorker?: boolean;
  readonly steps: number;
}

export interface PageSpeed {
  readonly stepsASecond: number;
  readonly threads: number;
  readonly isIsolated: boolean;
}

/** Row A: 784-256-512-1024-784 against 784-1024-512-256-1, batch 128. */
async function takeSteps({ threads, stock, steps }: PageRequest): Promise<PageSpeed> {
  setWasmPaths('/wasm/');
  if (stock) env().set('WASM_HAS_MULTITHREAD_SUPPORT', true);
  await useBackend('wasm', threads === undefined ? {} : { threads });
  const size = 784;
  const generator = buildGenerator({ latentSize: size, hidden: [256, 512, 1024], outputShape: [size], seed: 1 });
  const discriminator = buildDiscriminator({ inputShape: [size], hidden: [1024, 512, 256], seed: 2 });
  const data = { values: createRng(3).fillUniform(new Float32Array(1024 * size)), shape: [1024, size] };
  const warmUp = Math.ceil(steps / 3);
  let start = 0;
  for await (const { step } of ganSteps({ generator, discriminator, data, batchSize: 128, steps: warmUp + steps })) {
    if (step === warmUp) start = performance.now();
  }
  const stepsASecond = (1000 * steps) / (performance.now() - start);
  return { stepsASecond, threads: wasmKernels()?.threads ?? 1, isIsolated: globalThis.crossOriginIsolated };
}

function askWorker(request: PageRequest): Promise<PageSpeed> {
  return new Promise((resolve, reject) => {
    const worker = new Worker('/page.js', { type: 'module' });
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = ({ message }) => reject(new Error(message || 'the worker did not start'));
    worker.postMessage(request);
  });
}

if (typeof window === 'undefined') {
  addEventListener('message', async ({ data }: MessageEvent<PageRequest>) => postMessage(await takeSteps(data)));
} else {
  Object.assign(window, {
    measure: (request: PageRequest) => (request.inWorker ? askWorker(request) : takeSteps(request)),
  });
}
