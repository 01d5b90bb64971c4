import { type OptionNames, requireOptions } from '../../internal/options.js';
import { atOnce, inStretches, type Pieces } from '../../internal/pieces.js';
import { refuse, requireOneOf } from '../../internal/require.js';
import type { Interactions } from '../interactions.js';
import type { Vocabulary } from '../vocabulary.js';
import { requireVocabulary } from '../vocabulary.js';
import { gather } from './gather.js';
import { type GroupedRows, groupRowsInPieces } from './group-rows.js';
import type { InteractionOptions, TableInteractions } from './interaction-options.js';
import { duplicatePolicies, mergeDuplicates, sumWeights } from './merge-duplicates.js';

/** Rows in any order, for {@link createInteractions}. */
export interface InteractionRows {
  /** The users that `userIndices` index. */
  readonly users: Vocabulary;
  /** The items that `itemIndices` index. */
  readonly items: Vocabulary;
  /** `[N]`: the user of each row. */
  readonly userIndices: ArrayLike<number>;
  /** `[N]`: the item of each row. */
  readonly itemIndices: ArrayLike<number>;
  /** `[N]`, each > 0; every row weighs 1 where missing. */
  readonly weights?: ArrayLike<number>;
  /** `[N]`: milliseconds since 1970-01-01 UTC. */
  readonly times?: ArrayLike<number>;
  /** `[N]`: whole numbers, the same for rows of one order; -1 for a row of none. */
  readonly orders?: ArrayLike<number>;
  /** What becomes of several rows of one user with one item. Default `'keep'`. */
  readonly duplicates?: InteractionOptions['duplicates'];
}

// Interactions themselves are taken as well: to merge rows after a split, say.
const rowNames: OptionNames<InteractionRows & TableInteractions> = {
  users: true,
  items: true,
  userIndices: true,
  itemIndices: true,
  weights: true,
  times: true,
  orders: true,
  duplicates: true,
  length: true,
  offsets: true,
  report: true,
};

/**
 * Groups rows by user, oldest first; rows of equal time, and rows without times, keep their order.
 *
 * Which of several rows of one pair is first or last is told after sorting by time. `rows` can be interactions that are
 * there: `createInteractions({ ...train, duplicates: 'sum' })` merges the rows of a split.
 *
 * @param rows - Indices into the vocabularies, and what goes with each row. Copied.
 * @returns The rows in their new order, in arrays of their own.
 * @throws RangeError when an index is outside its vocabulary, a weight is not above 0, a time is not finite, or lengths
 *   differ.
 * @example
 * const shop = createInteractions({
 *   users: createVocabulary(['ann', 'bob']),
 *   items: createVocabulary(['tea', 'mug']),
 *   userIndices: [1, 0, 1],
 *   itemIndices: [0, 0, 1],
 *   times: [30, 10, 20],
 * });
 * shop.itemIndices; // [0, 1, 0]
 * shop.offsets; // [0, 1, 3]
 */
export function createInteractions(rows: InteractionRows): Interactions {
  return atOnce(createInteractionsInPieces(rows));
}

/** {@link createInteractions} for work that lets the event loop turn. */
export function* createInteractionsInPieces(rows: InteractionRows): Pieces<Interactions> {
  requireOptions('createInteractions', rows, rowNames, 'rows');
  const { users, items, userIndices, itemIndices, weights, times, orders, duplicates = 'keep' } = rows ?? {};
  yield* requireRows(rows, duplicates);
  const grouped = yield* groupRowsInPieces(userIndices, users.size, times);
  const kept = keptRows(grouped, rows, duplicates);
  const { order, offsets } = kept;
  const length = order.length;
  const summed = duplicates === 'sum' ? sumWeights(grouped, kept, itemIndices, items.size, weights) : undefined;
  const made = {
    ...{ users, items, length, offsets, userIndices: new Int32Array(length), itemIndices: new Int32Array(length) },
    weights: summed ?? new Float32Array(length).fill(1),
    ...(times && { times: new Float64Array(length) }),
    ...(orders && { orders: new Int32Array(length) }),
  };
  yield* gatherInPieces(made.userIndices, userIndices, order);
  yield* gatherInPieces(made.itemIndices, itemIndices, order);
  if (weights && !summed) yield* gatherInPieces(made.weights, weights, order);
  if (made.times && times) yield* gatherInPieces(made.times, times, order);
  if (made.orders && orders) yield* gatherInPieces(made.orders, orders, order);
  return made;
}

function* gatherInPieces(
  out: Int32Array | Float32Array | Float64Array,
  values: ArrayLike<number>,
  places: Uint32Array,
): Pieces<void> {
  yield* inStretches(out.length, (from, to) => {
    gather(out.subarray(from, to), values, places.subarray(from, to));
  });
}

function keptRows(
  grouped: GroupedRows,
  { items, itemIndices }: InteractionRows,
  duplicates: NonNullable<InteractionRows['duplicates']>,
): GroupedRows {
  if (duplicates === 'keep') return grouped;
  return mergeDuplicates(grouped, itemIndices, items.size, duplicates === 'last' ? 'last' : 'first');
}

function* requireRows(rows: InteractionRows, duplicates: NonNullable<InteractionRows['duplicates']>): Pieces<void> {
  const { users, items, userIndices, itemIndices, weights, times, orders } = rows ?? {};
  const where = 'createInteractions';
  requireOneOf(where, 'duplicates', duplicatePolicies, duplicates);
  for (const [name, vocabulary] of Object.entries({ users, items })) {
    requireVocabulary(where, name, vocabulary);
  }
  for (const [name, values] of Object.entries({ userIndices, itemIndices })) {
    if (typeof values?.length !== 'number') refuse(where, name, 'be a list of indices', values);
  }
  yield* requireIndices('userIndices', userIndices, users.size);
  for (const [name, values] of Object.entries({ itemIndices, weights, times, orders })) {
    if (values && values.length !== userIndices.length) {
      refuse(where, `${name}.length`, `be ${userIndices.length}, as userIndices.length`, values.length);
    }
  }
  yield* requireIndices('itemIndices', itemIndices, items.size);
  if (weights) yield* requireEach('weights', weights, isWeight, 'finite numbers above 0');
  if (times) yield* requireEach('times', times, Number.isFinite, 'finite numbers');
  if (orders) yield* requireEach('orders', orders, isOrder, 'whole numbers from -1 to 2147483647');
}

const isWeight = (weight: number) => weight > 0 && weight < Infinity;
const isOrder = (order: number) => Number.isInteger(order) && order >= -1 && order < 2 ** 31;

function* requireIndices(name: string, indices: ArrayLike<number>, size: number): Pieces<void> {
  const rule = `indices from 0 to ${size - 1}`;
  yield* requireEach(name, indices, (index) => Number.isInteger(index) && index >= 0 && index < size, rule);
}

function* requireEach(
  name: string,
  values: ArrayLike<number>,
  isGood: (value: number) => boolean,
  rule: string,
): Pieces<void> {
  yield* inStretches(values.length, (from, to) => {
    for (let row = from; row < to; row += 1) {
      if (!isGood(values[row]!)) {
        refuse('createInteractions', name, `hold ${rule} (first offender at position ${row})`, values[row]);
      }
    }
  });
}
