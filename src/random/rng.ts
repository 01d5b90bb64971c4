import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';
import type { JumpableRandomGenerator } from 'pure-rand/types/JumpableRandomGenerator';
import { atOnce, inStretches, type Pieces } from '../internal/pieces.js';
import {
  refuse,
  requireFilled,
  requireGivenSeed,
  requirePositiveInteger,
  requireWholeNumber,
} from '../internal/require.js';
import { fillNormal } from './fill-normal.js';
import { hashState } from './hash-state.js';

/** What {@link Rng.state} saves: plain JSON, so it can stand in a checkpoint. */
export interface RngState {
  /** Seed and stream names from the root down, such as `'7/noise'`. */
  readonly path: string;
  /** Four 32-bit words of the generator. */
  readonly words: readonly number[];
}

/** A seeded source of random numbers with named sub-streams. Made by {@link createRng}. */
export interface Rng {
  /** An integer, uniform in [0, 2^32). */
  uint32(): number;
  /** A number, uniform in [0, 1), with 53 random bits. */
  uniform(): number;
  /** A standard normal number (mean 0, standard deviation 1), by the Box-Muller transform. */
  normal(): number;
  /** An integer, uniform in [0, `below`), without bias; `below` in 1..2^32. */
  integer(below: number): number;
  /** The numbers 0..`count`-1 in random order (Fisher-Yates), every order equally likely. */
  permutation(count: number): Uint32Array;
  /** One of `items`, each equally likely. */
  choice<T>(items: readonly T[]): T;
  /** Fills `out` with numbers uniform in [0, 1), with 24 random bits each (all a float32 holds); returns it. */
  fillUniform(out: Float32Array): Float32Array;
  /** Fills `out` with standard normal numbers, by the ziggurat method; returns it. */
  fillNormal(out: Float32Array): Float32Array;
  /**
   * A stream of its own, fixed by this one's seed and names and by `name`, wherever this one stands: the same name
   * gives the same numbers again, and drawing from one stream moves no other.
   */
  stream(name: string): Rng;
  /** Where this stream stands. */
  state(): RngState;
  /** Puts this stream where `state` was taken; its sub-streams follow. */
  restore(state: RngState): void;
}

/**
 * Makes a seeded source of random numbers.
 *
 * The generator is xoroshiro128+ (pure-rand), the seed and the names of a stream choose its starting state.
 *
 * @param seed - Any safe integer. Equal seeds give equal numbers on every platform.
 * @returns A stream at its start.
 * @throws RangeError when `seed` is not a safe integer.
 * @see Blackman and Vigna, "Scrambled Linear Pseudorandom Number Generators" (2018)
 * @example
 * const rng = createRng(7);
 * rng.stream('noise').uniform() === createRng(7).stream('noise').uniform(); // true
 */
export function createRng(seed: number): Rng {
  requireGivenSeed('createRng', seed);
  return streamAt(String(seed));
}

/**
 * Makes the stream that `state` was taken from, at the place where it was taken.
 *
 * @param state - From {@link Rng.state}.
 * @returns A stream that goes on where the saved one stood; its sub-streams are the same too, each at its start.
 * @throws RangeError when `state` is not such an object.
 * @example
 * const rng = createRng(7);
 * const saved = rng.state();
 * rng.uniform() === restoreRng(saved).uniform(); // true
 */
export function restoreRng(state: RngState): Rng {
  requireState('restoreRng', state);
  const rng = streamAt('');
  rng.restore(state);
  return rng;
}

function streamAt(start: string): Rng {
  let path = start;
  let generator: JumpableRandomGenerator = xoroshiro128plusFromState(hashState(path));
  const uint32 = () => generator.next() >>> 0;
  const uniform = () => ((uint32() >>> 5) * 2 ** 26 + (uint32() >>> 6)) / 2 ** 53;
  const integer = (below: number) => {
    requireWholeNumber('integer', 'below', below, 1, 2 ** 32);
    return integerBelow(uint32, below);
  };
  return {
    uint32,
    uniform,
    integer,
    normal: () => radius(1 - uniform()) * Math.cos(2 * Math.PI * uniform()),
    permutation: (count) => atOnce(permutationInPieces({ integer }, count)),
    choice: (items) => {
      requireFilled('choice', 'items', items);
      return items[integer(items.length)]!;
    },
    fillUniform: (out) => {
      for (let index = 0; index < out.length; index += 1) out[index] = (generator.next() >>> 8) / 2 ** 24;
      return out;
    },
    fillNormal: (out) => fillNormal(generator, out),
    stream: (name) => streamAt(`${path}/${name}`),
    state: () => ({ path, words: [...generator.getState()] }),
    restore: (state) => {
      requireState('restore', state);
      path = state.path;
      generator = xoroshiro128plusFromState(state.words);
    },
  };
}

// Numbers from the incomplete last round of `below` are drawn again: a plain remainder would favour small results.
function integerBelow(uint32: () => number, below: number): number {
  const limit = 2 ** 32 - (2 ** 32 % below);
  let drawn = uint32();
  while (drawn >= limit) drawn = uint32();
  return drawn % below;
}

/** {@link Rng.permutation} for work that lets the event loop turn. */
export function* permutationInPieces({ integer }: Pick<Rng, 'integer'>, count: number): Pieces<Uint32Array> {
  if (count !== 0) requirePositiveInteger('permutation', 'count', count);
  const order = new Uint32Array(count);
  for (let index = 0; index < count; index += 1) order[index] = index;
  yield* inStretches(count, (from, to) => {
    // From the last place down to the second: there is nothing to draw for the first.
    for (let last = count - 1 - from; last > Math.max(0, count - 1 - to); last -= 1) {
      const other = integer(last + 1);
      const kept = order[last]!;
      order[last] = order[other]!;
      order[other] = kept;
    }
  });
  return order;
}

function radius(uniform: number): number {
  return Math.sqrt(-2 * Math.log(uniform));
}

function requireState(where: string, state: RngState): void {
  const isWord = (word: unknown) => Number.isInteger(word) && Math.abs(word as number) < 2 ** 32;
  const whole = Array.isArray(state?.words) && state.words.length === 4 && state.words.every(isWord);
  // Four zeros would give zeros for ever.
  if (!whole || typeof state.path !== 'string' || !state.words.some((word) => (word | 0) !== 0)) {
    refuse(where, 'state', 'come from state(): { path, words }, four integers', state);
  }
}
