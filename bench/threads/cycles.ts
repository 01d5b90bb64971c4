// tsx bench/threads/cycles.ts [CYCLES]: starts and stops the pool of threads, with a split product and an own memory in each cycle, and
// prints what is left of threads and memory.
import '@tensorflow/tfjs-backend-wasm';
import { readdirSync } from 'node:fs';
import { matMul, ones, tidy } from '@tensorflow/tfjs-core';
import { createInteractions, createVocabulary, easeRecommender, useBackend, wasmKernels } from 'minimart';

const cycles = Number(process.argv[2] ?? 200);
const items = createVocabulary(Array.from({ length: 300 }, (_, item) => item));
const users = createVocabulary(Array.from({ length: 40 }, (_, user) => user));
const rows = Array.from({ length: 4000 }, (_, row) => row);
const shop = createInteractions({
  users,
  items,
  userIndices: rows.map((row) => row % 40),
  itemIndices: rows.map((row) => (row * row) % 300),
});

/** Threads of the process, by the system where it tells. */
function threadsOfProcess(): number {
  try {
    return readdirSync('/proc/self/task').length;
  } catch {
    return Number.NaN;
  }
}

function report(cycle: number, ms: number): void {
  globalThis.gc?.();
  const { rss, heapUsed, arrayBuffers } = process.memoryUsage();
  const mb = (bytes: number) => (bytes / 2 ** 20).toFixed(1);
  console.log(
    `| ${cycle} | ${threadsOfProcess()} | ${mb(rss)} | ${mb(heapUsed)} | ${mb(arrayBuffers)} | ${ms.toFixed(1)} |`,
  );
}

async function cycle(): Promise<void> {
  await useBackend('wasm', { threads: 4 });
  if (wasmKernels()?.threads !== 4) throw new Error('no four threads could be had here.');
  const product = tidy(() => matMul(ones([300, 300]), ones([300, 300])));
  const [first] = await product.data();
  product.dispose();
  if (first !== 300) throw new Error(`a product came to ${first}, not 300.`);
  await easeRecommender(shop);
  await useBackend('wasm', { threads: 1 });
}

console.log('| cycles | threads of the process | resident MB | heap MB | array buffers MB | ms a cycle |');
console.log('|--------|------------------------|-------------|---------|------------------|------------|');
// The first start is on memory that threads can share.
await cycle();
report(1, Number.NaN);
for (let done = 1; done < cycles; ) {
  const start = performance.now();
  const next = Math.min(cycles, done < 20 ? 20 : done + 60);
  for (const before = done; done < next; done += 1) {
    await cycle();
    if (done + 1 === next) {
      // A thread that was ended is gone a moment later.
      await new Promise((resolve) => setTimeout(resolve, 200));
      report(next, (performance.now() - start - 200) / (next - before));
    }
  }
}
