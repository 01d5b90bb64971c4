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
import type { RoutinesOf } from './module/kernel-module.js';
import { placeOf, type WasmMemoryBackend, withScratch } from './module/wasm-memory.js';

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
    const block = Math.min(queryCount, Math.max(4, 4 * Math.floor(BLOCK_BYTES / (16 * Math.max(1, size)))));
    const routines = routinesOf(backend);
    withScratch(backend, routines.topScoresScratch(block, size), (scratch) => {
      const [query, item, best, bestItem] = [queries, items, scores, found].map((tensor) => placeOf(backend, tensor));
      const biasPlace = bias === undefined ? 0 : placeOf(backend, bias);
      for (let row = 0; row < queryCount; row += block) {
        const rows = Math.min(block, queryCount - row);
        const [from, to] = [query + 4 * row * size, 4 * row * count];
        const itemCount = items.shape[0];
        routines.topScores(from, rows, item, itemCount, size, biasPlace, count, best + to, bestItem + to, scratch);
      }
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
