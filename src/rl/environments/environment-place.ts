import { createGrowingArray } from '../../data/growing-array.js';
import { refuse, requireNumbers } from '../../internal/require.js';
import type { Environment, EnvironmentReset, EnvironmentStep } from './environment.js';
import type { ResetOptions } from './environment-door.js';

/** An environment that can be put where it stood. */
export interface PlacedEnvironment {
  /** Does as the environment does. */
  readonly environment: Environment;
  /** Where it stands, as plain data and arrays of numbers. */
  state(): unknown;
  /** Puts it there. */
  restore(state: unknown): void;
}

// What stands for a reset among actions.
const resetCall = -1;
const anywhereCall = -2;

/**
 * An environment that tells its state is asked for it. Of any other is written down what was done since it was last given a
 * seed, and it is done again: the same seed and the same actions lead to the same place, or the run is refused.
 */
export function placedEnvironment(where: string, environment: Environment): PlacedEnvironment {
  const { state, restore } = environment;
  if (state && restore) {
    return { environment, state: () => environment.state!(), restore: (saved) => environment.restore!(saved) };
  }
  return recordedEnvironment(where, environment);
}

/** Where nothing is written down, nothing need be remembered. */
export function unplaced(environment: Environment): PlacedEnvironment {
  return { environment, state: () => undefined, restore: () => {} };
}

interface Recording {
  readonly seed?: number;
  readonly calls: Int32Array;
  readonly last?: Float32Array;
}

function recordedEnvironment(where: string, environment: Environment): PlacedEnvironment {
  let seed: number | undefined;
  let calls = createGrowingArray((size) => new Int32Array(size));
  let last: Float32Array | undefined;
  const note = <T extends EnvironmentReset>(call: number, answer: T): T => {
    calls.push(call);
    last = answer.observation;
    return answer;
  };
  const begin = (options: ResetOptions | undefined, call: number, answer: EnvironmentReset): EnvironmentReset => {
    if (options?.seed !== undefined) {
      seed = options.seed;
      calls = createGrowingArray((size) => new Int32Array(size));
    }
    return note(call, answer);
  };
  const { resetAnywhere } = environment;
  return {
    environment: {
      ...environment,
      reset: (options) => begin(options, resetCall, environment.reset(options)),
      step: (action): EnvironmentStep => note(action, environment.step(action)),
      ...(resetAnywhere && {
        resetAnywhere: (options) => begin(options, anywhereCall, environment.resetAnywhere!(options)),
      }),
    },
    state: (): Recording => {
      const taken = calls.take();
      for (const call of taken) calls.push(call);
      return { ...(seed !== undefined && { seed }), calls: taken, ...(last && { last: last.slice() }) };
    },
    restore: (saved) => {
      const recording = requireRecording(saved);
      ({ seed, last } = recording);
      calls = createGrowingArray((size) => new Int32Array(size));
      for (const call of recording.calls) calls.push(call);
      requireSamePlace(where, repeat(environment, recording), last);
    },
  };
}

function requireRecording(saved: unknown): Recording {
  const { calls } = (saved ?? {}) as Partial<Recording>;
  if (!(calls instanceof Int32Array)) refuse('restore', 'state.calls', 'be an Int32Array', calls);
  return saved as Recording;
}

// Only the first reset was given the seed.
function repeat(environment: Environment, { seed, calls }: Recording): Float32Array | undefined {
  let last: Float32Array | undefined;
  for (const [place, call] of calls.entries()) {
    const options = place === 0 && seed !== undefined ? { seed } : undefined;
    if (call === resetCall) last = environment.reset(options).observation;
    else if (call === anywhereCall) last = environment.resetAnywhere!(options).observation;
    else last = environment.step(call).observation;
  }
  return last;
}

function requireSamePlace(where: string, found: Float32Array | undefined, last: Float32Array | undefined): void {
  if (!found || !last) return;
  requireNumbers('restore', 'state.last', last, found.length);
  const isSame = found.every((value, place) => value === last[place]);
  const rule =
    'lead to the same place by the same seed and actions, or have `state` and `restore`, to go on with a run';
  if (!isSame) refuse(where, 'environment', rule, Array.from(found));
}
