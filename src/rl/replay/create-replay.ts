import { requireOptions } from '../../internal/options.js';
import {
  refuse,
  requireEach,
  requireIndex,
  requireIndices,
  requirePositive,
  requirePositiveInteger,
  requireProbability,
  requireWholeNumber,
} from '../../internal/require.js';
import type { Rng } from '../../random/rng.js';
import { createPriorities, type Priorities } from './priorities.js';
import { type ReplayConfig, replayNames, requireReplayConfig } from './replay-config.js';
import { requireStored } from './require-stored.js';
import { createStore, type ReplayBatch, type StoredTransition } from './transition-store.js';

/** What was experienced, to learn from it more than once. Made by {@link createReplay}. */
export interface Replay {
  /** The most transitions that it holds. */
  readonly capacity: number;
  /** Transitions stored now. */
  size(): number;
  /**
   * Stores one, in place of the oldest when full. Its numbers are copied. Throws a RangeError for what is missing, not
   * finite or out of range.
   */
  add(transition: StoredTransition): void;
  /**
   * Draws `count` transitions with replacement: all alike, or by priority, one from each of `count` equal shares of the
   * total. Throws a RangeError when nothing is stored.
   */
  sample(
    count: number,
    rng: Rng,
    options?: {
      /** How far importance weights undo the preference for large errors, in [0, 1]: 1 undoes it in full. Default 1. */
      readonly correction?: number;
    },
  ): ReplayBatch;
  /** Gives drawn transitions the priorities of their errors. Does nothing where draws are uniform. */
  updatePriorities(places: ArrayLike<number>, errors: ArrayLike<number>): void;
  /** The columns of all that is stored, in order of place, `[capacity]` long; only the first `size()` rows mean something. */
  columns(): Omit<ReplayBatch, 'places' | 'weights'>;
  /** What decides future draws besides the columns: the next place, and the priorities where there are any. */
  state(): ReplayState;
  /** Puts the replay where columns and state were taken; rows of the columns that mean nothing may be left out. */
  restore(columns: Omit<ReplayBatch, 'places' | 'weights'>, state: ReplayState): void;
}

/** What {@link Replay.state} saves. */
export interface ReplayState {
  /** Transitions stored. */
  readonly size: number;
  /** Where the next one goes. */
  readonly next: number;
  /** `[size]` priorities, raised to the exponent, and the largest so far; missing where draws are uniform. */
  readonly priorities?: {
    /** `[size]`, in order of place. */
    readonly values: Float64Array;
    /** The largest so far. */
    readonly largest: number;
  };
}

/**
 * Makes a circular memory of transitions in typed arrays, with uniform or prioritized draws.
 *
 *     P(i) = p(i)^exponent / sum of p^exponent,   p = |error| + offset
 *     weight(i) = (size P(i))^-correction, divided by the largest of the batch
 *
 * New transitions have the largest priority so far. Draws cost log2(capacity) steps each.
 *
 * @param config - See {@link ReplayConfig}.
 * @returns An empty replay.
 * @throws RangeError when a size is no positive integer or a setting out of range.
 * @see Schaul et al., "Prioritized Experience Replay" (2016), https://arxiv.org/abs/1511.05952
 * @example
 * const replay = createReplay({ capacity: 1000, observationSize: 2, actions: 3 });
 * const [observation, nextObservation] = [Float32Array.of(0, 1), Float32Array.of(1, 1)];
 * replay.add({ observation, action: 2, reward: 5, discount: 0.9, nextObservation });
 * replay.sample(2, createRng(1)).rewards; // Float32Array [5, 5]
 */
export function createReplay(config: ReplayConfig): Replay {
  requireOptions('createReplay', config, replayNames, 'config');
  requireReplayConfig('createReplay', config);
  const { capacity, prioritized = false } = config;
  const store = createStore(config);
  const priorities = prioritized ? createPriorities(capacity, prioritized === true ? {} : prioritized) : undefined;
  let [size, next] = [0, 0];
  return {
    capacity,
    size: () => size,
    add: (transition) => {
      requireStored('add', transition, config);
      store.write(next, transition);
      priorities?.admit(next);
      next = (next + 1) % capacity;
      size = Math.min(size + 1, capacity);
    },
    sample: (count, rng, options) => {
      requireOptions('sample', options, { correction: true });
      const { correction = 1 } = options ?? {};
      requirePositiveInteger('sample', 'count', count);
      requireProbability('sample', 'correction', correction);
      if (size === 0) refuse('sample', 'replay', 'hold transitions', size);
      const { places, weights, columns } = store.batchOf(count);
      draw(places, weights, size, rng, priorities, correction);
      store.read(places, columns);
      return { places, weights, ...columns };
    },
    updatePriorities: (places, errors) => {
      if (!priorities) return;
      requireErrors(places, errors, size);
      for (let row = 0; row < places.length; row += 1) priorities.set(places[row]!, errors[row]!);
    },
    columns: () => store.columns(),
    state: () => ({ size, next, ...(priorities && { priorities: priorities.save(size) }) }),
    restore: (columns, state) => {
      requireState(state, capacity, priorities !== undefined);
      store.requireColumns('restore', columns, state.size);
      store.load(columns);
      if (state.priorities) priorities?.load(state.priorities);
      [size, next] = [state.size, state.next];
    },
  };
}

function requireErrors(places: ArrayLike<number>, errors: ArrayLike<number>, size: number): void {
  const where = 'updatePriorities';
  if (errors?.length !== places?.length) refuse(where, 'errors', `hold ${places?.length} numbers`, errors?.length);
  requireIndices(where, 'places', places, size);
  // One priority without end would be drawn alone from then on.
  requireEach(where, 'errors', errors, Number.isFinite, 'be a finite number');
}

function requireState(state: ReplayState, capacity: number, isPrioritized: boolean): void {
  const { size, next, priorities } = state ?? {};
  requireWholeNumber('restore', 'state.size', size, 0, capacity);
  requireIndex('restore', 'state.next', next, capacity);
  if (!isPrioritized) return;
  const { values, largest } = priorities ?? {};
  if (values?.length !== size) refuse('restore', 'state.priorities.values', `hold ${size} numbers`, values?.length);
  const bad = values.find((value) => !(Number.isFinite(value) && value > 0));
  if (bad !== undefined) refuse('restore', 'state.priorities.values', 'hold positive numbers', bad);
  requirePositive('restore', 'state.priorities.largest', largest);
}

function draw(
  places: Int32Array,
  weights: Float32Array,
  size: number,
  rng: Rng,
  priorities: Priorities | undefined,
  correction: number,
): void {
  if (priorities) {
    priorities.draw(places, weights, size, rng, correction);
    return;
  }
  for (let row = 0; row < places.length; row += 1) places[row] = rng.integer(size);
  weights.fill(1);
}
