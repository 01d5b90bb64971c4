// tsx bench/threads/handing.ts: how much work is worth a second thread. Products of 64 rows and columns, of more and more steps, in one
// part and in two; the least time of many, which other work on the machine spoils last.
import '@tensorflow/tfjs-backend-wasm';
import { useBackend } from 'minimart';
import { enableFusedProducts } from 'minimart/node';
import { type Part, splitWork } from '../../src/kernels/threads/split-work.js';
import { createOwnRoutines } from '../../src/kernels/wasm/module/kernel-module.js';
import type { KernelRoutines } from '../../src/kernels/wasm/module/kernel-routines.js';
import { table } from '../harness/table.js';

const side = 64;
const repeats = 600;
const rounds = 3;

enableFusedProducts();
await useBackend('wasm', { threads: 2 });
const { routines } = await createOwnRoutines(512, { threads: true });

/** Rows `first` to `first + rows - 1` of a product. */
function part(first: number, rows: number, depth: number): Part<KernelRoutines> {
  const [left, right, output, scratch] = [0, 1 << 21, 1 << 22, (1 << 23) + first * (1 << 18)];
  const strides = [4 * depth, 4, right, 4 * side, 4, output + 4 * side * first, 4 * side] as const;
  return [['multiply', 0, left, ...strides, first, rows, depth, side, scratch, 0]];
}

function leastMicroseconds(parts: readonly Part<KernelRoutines>[]): number {
  let least = Number.POSITIVE_INFINITY;
  for (let time = 0; time < repeats; time += 1) {
    const start = performance.now();
    splitWork(routines, parts);
    least = Math.min(least, performance.now() - start);
  }
  return 1000 * least;
}

const depths = [8, 16, 32, 48, 64, 96, 128, 192, 256, 512, 1024];
const [ones, twos] = [depths, depths].map((each) => each.map(() => Number.POSITIVE_INFINITY)) as [number[], number[]];
for (let round = 0; round < rounds; round += 1) {
  for (const [place, depth] of depths.entries()) {
    const halves = [part(0, side / 2, depth), part(side / 2, side / 2, depth)];
    ones[place] = Math.min(ones[place]!, leastMicroseconds([part(0, side, depth)]));
    twos[place] = Math.min(twos[place]!, leastMicroseconds(halves));
  }
}
const rows = depths.map((depth, place) => {
  const [one, two] = [ones[place]!, twos[place]!];
  return [String(side * side * depth), one.toFixed(1), two.toFixed(1), (one / two).toFixed(2)];
});
console.log(table(['products', 'one part, µs', 'two parts, µs', 'times as fast'], rows));
