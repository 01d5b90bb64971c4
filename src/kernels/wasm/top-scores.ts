/**
 * The kernel `MinimartTopScores`: the best items for each query by dot product, without ever storing the scores.
 *
 *     const [scores, items] = engine().runKernel('MinimartTopScores', { queries, items, bias }, { count });
 *
 * Inputs, float32: `queries [Q, D]`, `items [I, D]`, and optionally `bias [I]`, added to each item's score; minus infinity
 * there bars an item. Attribute: `count`, at least one and at most `I`.
 *
 *     score[q, i] = sum over d of queries[q, d] * items[i, d], + bias[i]
 *
 * Outputs: the scores `[Q, count]`, best first, and the items' row numbers `[Q, count]`, int32. Of equal scores the
 * earlier item comes first. Where fewer than `count` scores are above minus infinity (NaN is not), the remaining places hold
 * minus infinity and item -1.
 */
import type { KernelFunc, TensorInfo } from '@tensorflow/tfjs-core';
import { type Part, runsOf, splitWork, threadsFor } from '../threads/split-work.js';
import type { RoutinesOf } from './module/kernel-module.js';
import type { KernelRoutines } from './module/kernel-routines.js';
import { lineOf, placeOf, type WasmMemoryBackend, withScratch } from './module/wasm-memory.js';

/** The name to look for in tfjs's kernel registry. */
export const topScoresKernelName = 'MinimartTopScores';

type Inputs = { queries: TensorInfo; items: TensorInfo; bias?: TensorInfo };

/** Bytes of packed queries that are matched against all items at a time. */
const BLOCK_BYTES = 1 << 19;

/** Makes the kernel that this file describes. */
export function wasmTopScores(routinesOf: RoutinesOf): KernelFunc {
  return ({ inputs, attrs, backend: given }) => {
    const backend = given as WasmMemoryBackend;
    const { queries, items, bias } = inputs as Inputs;
    const { count } = attrs as { count: number };
    requireTopScores(queries, items, bias, count);
    const [queryCount, size] = queries.shape;
    const scores = backend.makeOutput([queryCount, count], 'float32');
    const found = backend.makeOutput([queryCount, count], 'int32');
    const routines = routinesOf(backend);
    const itemCount = items.shape[0];
    const threads = threadsFor(routines, queryCount * itemCount * size);
    const most = 4 * Math.floor(BLOCK_BYTES / (16 * Math.max(1, size)));
    const blocks = runsOf(queryCount, Math.max(threads, Math.ceil(queryCount / Math.max(4, most))), 4);
    const groups = runsOf(blocks.length, threads);
    const bytes = lineOf(routines.topScoresScratch(blocks[0]?.count ?? 0, size));
    const [query, item, best, bestItem] = [queries, items, scores, found].map((tensor) => placeOf(backend, tensor));
    const biasPlace = bias === undefined ? 0 : placeOf(backend, bias);
    withScratch(backend, bytes * groups.length, (scratch) => {
      const parts = groups.map(
        (group, index): Part<KernelRoutines> =>
          blocks.slice(group.start, group.start + group.count).map((block) => {
            const [from, to] = [query + 4 * block.start * size, 4 * block.start * count];
            const own = scratch + bytes * index;
            const sizes = [block.count, item, itemCount, size, biasPlace, count] as const;
            return ['topScores', from, ...sizes, best + to, bestItem + to, own];
          }),
      );
      splitWork(routines, parts);
    });
    return [scores, found];
  };
}

function requireTopScores(queries: TensorInfo, items: TensorInfo, bias: TensorInfo | undefined, count: number): void {
  const isMatching = queries.shape.length === 2 && items.shape.length === 2 && queries.shape[1] === items.shape[1];
  const isBiased = bias === undefined || (bias.shape.length === 1 && bias.shape[0] === items.shape[0]);
  const areFloats = [queries, items, bias ?? items].every(({ dtype }) => dtype === 'float32');
  if (!isMatching || !isBiased || !areFloats) {
    const received = `[${queries.shape}], [${items.shape}], ${bias ? `[${bias.shape}]` : 'none'}`;
    throw new Error(
      `${topScoresKernelName}: queries [Q, D], items [I, D] and bias [I] must be float32, received ${received}.`,
    );
  }
  if (!Number.isInteger(count) || count < 1 || count > items.shape[0]) {
    throw new Error(
      `${topScoresKernelName}: \`count\` must be an integer in [1, ${items.shape[0]}], received ${count}.`,
    );
  }
}
