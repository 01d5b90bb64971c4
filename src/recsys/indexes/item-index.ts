import { type OptionNames, requireGivenOptions } from '../../internal/options.js';
import { refuse, requireAtMost, requirePositiveInteger } from '../../internal/require.js';
import type { Factors } from '../../nn/embedding/models/factors.js';

/** What a search found, best first. */
export interface FoundItems {
  /** `[Q, K]`, row-major; minus infinity where there was no further item. */
  readonly scores: Float32Array;
  /** `[Q, K]`, row-major: item indices; -1 where there was no further item. */
  readonly items: Int32Array;
}

/** The vectors to search among: those of {@link Factors} without the users. */
export type ItemVectors = Omit<Factors, 'users'>;

/**
 * Finds the items of the highest dot product with a vector. {@link exactItemIndex} looks at every item; an approximate
 * index, from another package, fits behind the same interface.
 */
export interface ItemIndex {
  /** Number of items. */
  readonly length: number;
  /** Length of a vector, D. */
  readonly size: number;
  /**
   * The best items for some vectors.
   *
   * @param queries - `[Q, D]`, row-major.
   * @param options - `k`: how many items each query gets, from 1 to the number of items.
   */
  search(queries: Float32Array, options: { readonly k: number }): Promise<FoundItems>;
  /** Frees what the index holds outside the reach of the garbage collector; it must not be used afterwards. */
  dispose(): void;
}

/** Options of {@link ItemIndex.search}. */
export type SearchOptions = Parameters<ItemIndex['search']>[1];

const names: OptionNames<SearchOptions> = { k: true };

/** Refuses a search that does not fit an index. */
export function requireSearch(
  where: string,
  queries: Float32Array,
  options: SearchOptions,
  { size, length }: Pick<ItemIndex, 'size' | 'length'>,
): void {
  requireGivenOptions(where, options, names);
  if (!(queries instanceof Float32Array) || queries.length % size !== 0) {
    refuse(where, 'queries', `be a Float32Array of whole vectors of ${size} numbers`, queries);
  }
  requirePositiveInteger(where, 'k', options.k);
  requireAtMost(where, 'k', options.k, length, 'items');
}
