import type { Interactions } from '../data/interactions.js';
import { customersPerItem } from './customers-per-item.js';
import { knowledgeOf } from './knowledge.js';
import type { Recommender, ScoreSource } from './recommender.js';

/** A score, and where it comes from. */
export interface SourcedScore {
  readonly score: number;
  readonly source: ScoreSource;
}

/**
 * Puts what a recommender knows and what it does not into one order: first its own scores, then the rest by popularity.
 * What nobody has comes never, at minus infinity. Keys of that order are numbers that can be compared.
 */
export interface Completion {
  /** Whether the recommender knows a user. */
  knowsUser(user: number): boolean;
  /**
   * Keys of one user's items.
   *
   * @param scores - `[N]`, the recommender's, or nothing where it knows nothing of the user.
   * @param items - `[N]`, which items they are; undefined for all.
   * @param keys - `[N]`, where they go.
   */
  complete(scores: Float32Array | undefined, items: Int32Array | undefined, keys: Float64Array): Float64Array;
  /** For the rows of many users: {@link complete} of all `size` items, with what is known of each item asked once. */
  ofCatalogue(size: number): (scores: Float32Array | undefined, keys: Float64Array) => Float64Array;
  /** The score behind a key. */
  read(key: number): SourcedScore;
}

// Below every float32 number; whole multiples of a power of two are exact.
const step = 2 ** 200;

/** How a recommender's scores are completed; without `rows` or with `fill: 'nothing'`, what it does not know comes never. */
export function createCompletion(
  recommender: Recommender,
  rows: Interactions | undefined = recommender.seen,
  fill: 'popularity' | 'nothing' = 'popularity',
): Completion {
  const { knowsUser, knowsItem, emptyScore } = knowledgeOf(recommender);
  const customers = fill === 'popularity' && rows ? customersPerItem(rows) : undefined;
  const beyond = 1 + (customers?.reduce((most, count) => Math.max(most, count), 0) ?? 0);
  const filled = (item: number): number => {
    const count = customers ? customers[item]! : 0;
    return count > 0 ? (count - beyond) * step : Number.NEGATIVE_INFINITY;
  };
  return {
    knowsUser,
    complete(scores, items, keys) {
      for (let at = 0; at < keys.length; at += 1) {
        const item = items ? items[at]! : at;
        const isKnown = scores && scores[at] !== emptyScore && knowsItem(item);
        keys[at] = isKnown ? scores[at]! : filled(item);
      }
      return keys;
    },
    ofCatalogue: (size) => completeRows(size, { filled, knowsItem, emptyScore }),
    read(key) {
      if (key === Number.NEGATIVE_INFINITY) return { score: 0, source: 'unknown' };
      return isFilled(key) ? { score: key / step + beyond, source: 'popularity' } : { score: key, source: 'model' };
    },
  };
}

interface Known {
  filled(item: number): number;
  knowsItem(item: number): boolean;
  readonly emptyScore: number | undefined;
}

function completeRows(size: number, { filled, knowsItem, emptyScore }: Known): ReturnType<Completion['ofCatalogue']> {
  const fills = new Float64Array(size);
  const unknown: number[] = [];
  for (let item = 0; item < size; item += 1) {
    fills[item] = filled(item);
    if (!knowsItem(item)) unknown.push(item);
  }
  return (scores, keys) => {
    keys.set(scores ?? fills);
    if (!scores) return keys;
    for (const item of unknown) keys[item] = fills[item]!;
    if (emptyScore === undefined) return keys;
    for (let item = 0; item < size; item += 1) if (scores[item] === emptyScore) keys[item] = fills[item]!;
    return keys;
  };
}

/** Says in place of `'model'` which part of the recommender an item comes from, where it tells what the user had from the rest. */
export function inParts<S extends SourcedScore>(
  scored: S,
  { sources }: Pick<Recommender, 'sources'>,
  had: () => boolean,
): S {
  if (!sources || scored.source !== 'model') return scored;
  return { ...scored, source: had() ? sources.had : sources.others };
}

/** Whether a key stands for a place by popularity. */
export function isFilled(key: number): boolean {
  return key <= -step;
}
