import type { Interactions } from '../../data/interactions.js';
import { refuse } from '../../internal/require.js';
import type { Rng } from '../../random/rng.js';
import { createAliasTable } from './alias-table.js';
import type { NegativeSampling } from './negative-sampling.js';
import { createSeenItems } from './seen-items.js';

/** Draws an item that is a negative for a user. */
export type DrawNegative = (user: number) => number;

/** After so many items in a row that the user has, the next one in the order of indices is taken that they have not. */
const mostDraws = 100;

/**
 * Prepares the drawing of negatives.
 *
 * @param where - Function that the user called.
 * @throws RangeError when weights do not fit, or when a user has every item that could be drawn.
 */
export function createDrawNegative(
  where: string,
  train: Interactions,
  sampling: NegativeSampling,
  rng: Rng,
): DrawNegative {
  const weights = sampling.weights?.(train);
  if (weights) requireWeights(where, weights, train.items.size);
  const itemCount = knownItems(train);
  const draw = weights ? createAliasTable(withoutUnknown(weights, train)) : uniform(itemCount);
  if (!sampling.rejectSeen) return () => draw(rng);
  const isPossible = (item: number) => item < itemCount && (!weights || weights[item]! > 0);
  const seen = createSeenItems(train);
  requireUnseen(where, train, isPossible, seen.has);
  return (user) => {
    let item = draw(rng);
    for (let draws = 1; seen.has(user, item); draws += 1) {
      item = draws < mostDraws ? draw(rng) : (item + 1) % itemCount;
      while (!isPossible(item)) item = (item + 1) % itemCount;
    }
    return item;
  };
}

// The index for unknown items is the last one, where there is one.
function knownItems({ items }: Interactions): number {
  return items.unknownIndex >= 0 ? items.size - 1 : items.size;
}

function uniform(count: number): (rng: Rng) => number {
  const scale = count / 2 ** 32;
  return (rng) => Math.floor(rng.uint32() * scale);
}

function withoutUnknown(weights: Float64Array, { items }: Interactions): Float64Array {
  return items.unknownIndex >= 0 ? weights.map((weight, item) => (item === items.unknownIndex ? 0 : weight)) : weights;
}

function requireWeights(where: string, weights: Float64Array, size: number): void {
  const rule = `give ${size} finite weights >= 0, of a sum above 0`;
  if (weights.length !== size) refuse(where, 'negativeSampling.weights', rule, weights.length);
  const wrong = weights.find((weight) => !(weight >= 0 && weight < Number.POSITIVE_INFINITY));
  if (wrong !== undefined) refuse(where, 'negativeSampling.weights', rule, wrong);
  if (!weights.some((weight) => weight > 0)) refuse(where, 'negativeSampling.weights', rule, 0);
}

// Only users with about as many items as there are need a closer look.
function requireUnseen(
  where: string,
  train: Interactions,
  isPossible: (item: number) => boolean,
  has: (user: number, item: number) => boolean,
): void {
  const possible: number[] = [];
  for (let item = 0; item < train.items.size; item += 1) if (isPossible(item)) possible.push(item);
  for (let user = 0; user < train.users.size; user += 1) {
    if (train.offsets[user + 1]! - train.offsets[user]! < possible.length) continue;
    if (possible.some((item) => !has(user, item))) continue;
    const rule = 'leave every user an item that can be drawn as a negative (or allow seen ones by `rejectSeen: false`)';
    refuse(where, 'interactions', rule, `${train.users.idAt(user)}, a user who has all ${possible.length}`);
  }
}
