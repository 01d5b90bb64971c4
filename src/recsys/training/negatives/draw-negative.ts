import type { Interactions } from '../../../data/interactions.js';
import { isKnownIndex, knownIndices } from '../../../data/known-indices.js';
import type { Vocabulary } from '../../../data/vocabulary.js';
import { refuse } from '../../../internal/require.js';
import { createAliasTable } from '../../../random/alias-table.js';
import type { Rng } from '../../../random/rng.js';
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
  const given = sampling.weights?.(train);
  if (given !== undefined) requireWeights(where, given, train.items.size);
  const weights = given && withoutUnknown(given, train.items);
  if (weights) requireDrawable(where, weights);
  const possible = knownIndices(train.items).filter((item) => !weights || weights[item]! > 0);
  const draw = weights ? createAliasTable(weights).draw : uniform(possible);
  if (!sampling.rejectSeen) return () => draw(rng);
  const seen = createSeenItems(train);
  requireUnseen(where, train, possible, seen.has);
  return (user) => {
    let item = draw(rng);
    for (let draws = 1; draws < mostDraws && seen.has(user, item); draws += 1) item = draw(rng);
    return seen.has(user, item) ? nextUnseen(possible, item, (each) => seen.has(user, each)) : item;
  };
}

// The next of `possible` behind `item`, around its end, that the user has not.
function nextUnseen(possible: Int32Array, item: number, isSeen: (item: number) => boolean): number {
  let place = possible.indexOf(item);
  do place = (place + 1) % possible.length;
  while (isSeen(possible[place]!));
  return possible[place]!;
}

function uniform(items: Int32Array): (rng: Rng) => number {
  const scale = items.length / 2 ** 32;
  return (rng) => items[Math.floor(rng.uint32() * scale)]!;
}

function withoutUnknown(weights: Float64Array, items: Vocabulary): Float64Array {
  return weights.map((weight, item) => (isKnownIndex(items, item) ? weight : 0));
}

function requireWeights(where: string, weights: unknown, size: number): asserts weights is Float64Array {
  const name = 'negativeSampling.weights';
  const rule = `give a Float64Array of ${size} finite weights >= 0`;
  if (!(weights instanceof Float64Array)) refuse(where, name, rule, weights);
  if (weights.length !== size) refuse(where, name, rule, weights.length);
  const wrong = weights.find((weight) => !(weight >= 0 && weight < Number.POSITIVE_INFINITY));
  if (wrong !== undefined) refuse(where, name, rule, wrong);
}

function requireDrawable(where: string, weights: Float64Array): void {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  if (sum > 0 && sum < Number.POSITIVE_INFINITY) return;
  refuse(where, 'negativeSampling.weights', 'give known items weights of a finite sum above 0', sum);
}

// Only users with about as many items as there are need a closer look.
function requireUnseen(
  where: string,
  train: Interactions,
  possible: Int32Array,
  has: (user: number, item: number) => boolean,
): void {
  for (let user = 0; user < train.users.size; user += 1) {
    if (train.offsets[user + 1]! - train.offsets[user]! < possible.length) continue;
    if (possible.some((item) => !has(user, item))) continue;
    const rule = 'leave every user an item that can be drawn as a negative (or allow seen ones by `rejectSeen: false`)';
    refuse(where, 'interactions', rule, `${train.users.idAt(user)}, a user who has all ${possible.length}`);
  }
}
