import { requireOptions } from '../../internal/options.js';
import { refuse, requireWholeNumber } from '../../internal/require.js';
import type { Factors } from '../../nn/embedding/models/factors.js';
import { selectTop } from '../serving/select-top.js';
import { type FoundItems, type ItemIndex, requireSearch, type SearchOptions } from './item-index.js';

/** What {@link usearchItemIndex} needs of an index of the package usearch: an `Index` with the metric `'ip'` has it. */
export interface UsearchIndex {
  /** Stores vectors, `[N, D]` row-major, under their keys. */
  add(keys: BigUint64Array, vectors: Float32Array, threads?: number): void;
  /** Keys of the vectors nearest to some queries, `[Q, D]` row-major: `[Q, K]`, of which `counts[q]` are filled. */
  search(
    vectors: Float32Array,
    k: number,
    threads: number,
  ): {
    /** `[Q, K]`, or fewer for a single query. */
    readonly keys: BigUint64Array;
    /** `[Q]`: how many keys each query has; missing for a single query, which has them all. */
    readonly counts?: BigUint64Array;
  };
  /** Number of vectors stored. */
  size(): number;
  /** Length of a vector. */
  dimensions(): number;
}

type UsearchMatches = ReturnType<UsearchIndex['search']>;

/**
 * An approximate index over items, by an index of the package usearch (2.25 and later; not a dependency: install it).
 *
 * An empty index is filled with the item vectors, under their indices as keys; a full one, loaded from a file say, must
 * hold them so. Item biases are one more number of each vector: `new Index({ metric: 'ip', dimensions, … })` wants
 * `dimensions` D, or D + 1 with biases. What the index finds is scored exactly, from the factors, so scores are right and
 * only an item that the index overlooks can be missing.
 *
 * @param index - Searches by inner product.
 * @param factors - From {@link Recommender.factors}; borrowed.
 * @returns An index for `recommend(recommender, user, { index })`. Its `dispose` leaves the index of usearch alone.
 * @throws RangeError when the numbers of vectors or dimensions differ, or an option is out of range.
 * @see Malkov and Yashunin, "Efficient and Robust Approximate Nearest Neighbor Search Using Hierarchical Navigable Small
 *   World Graphs" (2018)
 * @example
 * const index = usearchItemIndex(usearch, await recommender.factors!());
 * const picks = await recommend(recommender, 'ann', { k: 2, index });
 * picks.length; // 2
 */
export function usearchItemIndex(
  index: UsearchIndex,
  factors: Omit<Factors, 'users'>,
  options: {
    /** How many times `k` items to take from the index, to be scored exactly, >= 1. Default 2. */
    readonly oversampling?: number;
    /** Threads that usearch may use; 0 lets it choose. Default 0. */
    readonly threads?: number;
  } = {},
): ItemIndex {
  const where = 'usearchItemIndex';
  requireOptions(where, options, { oversampling: true, threads: true });
  const { oversampling = 2, threads = 0 } = options;
  const isFactor = typeof oversampling === 'number' && oversampling >= 1 && Number.isFinite(oversampling);
  if (!isFactor) refuse(where, 'oversampling', 'be a finite number >= 1', oversampling);
  requireWholeNumber(where, 'threads', threads);
  requireUsearch(where, index);
  if (!(factors?.items instanceof Float32Array)) refuse(where, 'factors', 'be { size, items }', factors);
  const { size, items, itemBiases } = factors;
  const length = items.length / size;
  requireFilled(index, factors, length, threads);
  return {
    length,
    size,
    search: async (queries: Float32Array, searched: SearchOptions) => {
      requireSearch('search', queries, searched, { size, length });
      const { k } = searched;
      if (queries.length === 0) return { scores: new Float32Array(0), items: new Int32Array(0) };
      const count = queries.length / size;
      const ask = Math.min(length, Math.ceil(oversampling * k));
      const matches = index.search(itemBiases ? withColumn(queries, size, () => 1) : queries, ask, threads);
      return scoreExactly(factors, queries, k, (query) => foundKeys(matches, query, count));
    },
    dispose: () => {},
  };
}

function requireUsearch(where: string, index: UsearchIndex): void {
  for (const method of ['add', 'search', 'size', 'dimensions'] as const) {
    if (typeof index?.[method] !== 'function') refuse(where, 'index', `have a method \`${method}\``, index);
  }
}

function requireFilled(
  index: UsearchIndex,
  { size, items, itemBiases }: Omit<Factors, 'users'>,
  length: number,
  threads: number,
): void {
  const dimensions = size + (itemBiases ? 1 : 0);
  if (index.dimensions() !== dimensions) {
    const rule = `have ${dimensions} dimensions${itemBiases ? ', one for the item biases' : ''}`;
    refuse('usearchItemIndex', 'index', rule, index.dimensions());
  }
  if (index.size() === 0) {
    const keys = BigUint64Array.from({ length }, (_, item) => BigInt(item));
    index.add(keys, itemBiases ? withColumn(items, size, (item) => itemBiases[item]!) : items, threads);
  }
  if (index.size() !== length) refuse('usearchItemIndex', 'index', `hold all ${length} items`, index.size());
}

// `[N, D]` with one more number at the end of each row.
function withColumn(rows: Float32Array, size: number, last: (row: number) => number): Float32Array {
  const wide = new Float32Array((rows.length / size) * (size + 1));
  for (let row = 0; row * size < rows.length; row += 1) {
    wide.set(rows.subarray(row * size, (row + 1) * size), row * (size + 1));
    wide[row * (size + 1) + size] = last(row);
  }
  return wide;
}

// Row numbers of one query, in rising order: ties go to the lower.
function foundKeys({ keys, counts }: UsearchMatches, query: number, queries: number): Int32Array {
  const width = keys.length / queries;
  const filled = counts ? Number(counts[query]!) : width;
  return Int32Array.from(keys.subarray(query * width, query * width + filled), Number).sort();
}

function scoreExactly(
  { size, items, itemBiases }: Omit<Factors, 'users'>,
  queries: Float32Array,
  k: number,
  itemsOf: (query: number) => Int32Array,
): FoundItems {
  const count = queries.length / size;
  const found = {
    scores: new Float32Array(count * k).fill(Number.NEGATIVE_INFINITY),
    items: new Int32Array(count * k).fill(-1),
  };
  for (let query = 0; query < count; query += 1) {
    const near = itemsOf(query);
    const scores = Float32Array.from(near, (item) => {
      let sum = itemBiases?.[item] ?? 0;
      for (let axis = 0; axis < size; axis += 1) sum += queries[query * size + axis]! * items[item * size + axis]!;
      return sum;
    });
    selectTop('search', scores, k, () => true).forEach((place, rank) => {
      found.scores[query * k + rank] = scores[place]!;
      found.items[query * k + rank] = near[place]!;
    });
  }
  return found;
}
