import { engine, getBackend, getKernel, type NamedTensorMap, type Tensor, tensor, tidy } from '@tensorflow/tfjs-core';
import { describe } from '../../internal/describe.js';
import { refuse, requirePositiveInteger } from '../../internal/require.js';
import { prepareBackend } from '../../kernels/prepare-backend.js';
import { searchOnHost } from '../scoring/search-on-host.js';
import { type FoundItems, type ItemIndex, type ItemVectors, requireSearch } from './item-index.js';

/** Kernel of this library that some backends have: product and selection in one. Its file says what it does. */
const fusedKernel = 'MinimartTopScores';

/**
 * Makes an index that compares a vector with every item, so that nothing is missed:
 *
 *     score[q, i] = queries[q] . items[i] + itemBiases[i]
 *
 * Of equal scores the smaller index comes first; scores of minus infinity or NaN are never found. Where the active
 * backend has this library's fused kernel (wasm), product and selection run there, with a copy of the items in its
 * memory until `dispose()`; elsewhere on the host.
 *
 * @param vectors - Such as `recommender.factors()` gives. Not copied for the host: do not change them.
 * @returns The index.
 * @throws RangeError when the vectors do not have the lengths that `size` says.
 * @example
 * const index = exactItemIndex({ size: 2, items: Float32Array.of(1, 0, 0, 1, 1, 1) });
 * const { items, scores } = await index.search(Float32Array.of(2, 1), { k: 2 });
 * items; // Int32Array [2, 0]
 * scores; // Float32Array [3, 2]
 */
export function exactItemIndex(vectors: ItemVectors): ItemIndex {
  const length = requireVectors(vectors);
  const { size } = vectors;
  let copy: DeviceCopy | undefined;
  const drop = () => {
    for (const each of copy?.tensors ?? []) each?.dispose();
    copy = undefined;
  };
  return {
    length,
    size,
    async search(queries, options) {
      requireSearch('search', queries, options, { size, length });
      const { k } = options;
      await prepareBackend();
      const backend = getBackend();
      if (queries.length === 0 || !getKernel(fusedKernel, backend)) return searchOnHost(vectors, queries, k);
      if (copy?.backend !== backend) {
        drop();
        copy = copyTo(backend, vectors, length);
      }
      return searchOnBackend(copy, queries, size, k);
    },
    dispose: drop,
  };
}

interface DeviceCopy {
  readonly backend: string;
  /** Items `[I, D]` and, where there are any, biases `[I]`. */
  readonly tensors: readonly [Tensor, Tensor?];
}

function copyTo(backend: string, { items, itemBiases, size }: ItemVectors, length: number): DeviceCopy {
  const vectors = tensor(items, [length, size], 'float32');
  return { backend, tensors: itemBiases ? [vectors, tensor(itemBiases, [length], 'float32')] : [vectors] };
}

async function searchOnBackend(
  { tensors: [items, bias] }: DeviceCopy,
  queries: Float32Array,
  size: number,
  k: number,
): Promise<FoundItems> {
  const found = tidy((): Tensor[] => {
    const rows = tensor(queries, [queries.length / size, size], 'float32');
    const inputs: NamedTensorMap = { queries: rows, items, ...(bias && { bias }) };
    return engine().runKernel<Tensor[]>(fusedKernel, inputs, { count: k });
  });
  try {
    const [scores, indices] = await Promise.all(found.map((each) => each.data()));
    return { scores: scores as Float32Array, items: indices as Int32Array };
  } finally {
    for (const each of found) each.dispose();
  }
}

function requireVectors(vectors: ItemVectors): number {
  const where = 'exactItemIndex';
  if (typeof vectors !== 'object' || vectors === null) refuse(where, 'vectors', 'be { size, items }', vectors);
  const { size, items, itemBiases } = vectors;
  requirePositiveInteger(where, 'vectors.size', size);
  if (!(items instanceof Float32Array)) refuse(where, 'vectors.items', 'be a Float32Array', items);
  const length = items.length / size;
  if (length === 0 || !Number.isInteger(length)) {
    refuse(where, 'vectors.items', `hold whole vectors of ${size} numbers, one at least`, `${items.length} numbers`);
  }
  if (itemBiases && !(itemBiases instanceof Float32Array && itemBiases.length === length)) {
    refuse(where, 'vectors.itemBiases', `be a Float32Array of ${length} numbers`, describe(itemBiases));
  }
  return length;
}
