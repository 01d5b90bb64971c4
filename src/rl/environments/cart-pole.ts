import { refuse, requireNumbers, requireWholeNumber } from '../../internal/require.js';
import { createRng, type RngState, restoreRng } from '../../random/rng.js';
import type { ContinuousEnvironment } from './environment.js';
import { resetSeed } from './environment-door.js';

const gravity = 9.8;
const cartMass = 1;
const poleMass = 0.1;
/** Half of the pole's length. */
const length = 0.5;
const force = 10;
/** Seconds in a step. */
const interval = 0.02;
const widestAngle = (12 * 2 * Math.PI) / 360;
const farthest = 2.4;
const longestEpisode = 500;

/** Position and speed of the cart, angle and angular speed of the pole. */
type Motion = readonly [number, number, number, number];

/**
 * A cart that balances a pole: push left (0) or right (1), 1 for every step that the pole stands. The environment that
 * the field compares itself on, as Gymnasium's `CartPole-v1` has it.
 *
 * The observation is position, speed, angle and angular speed, each uniform in [-0.05, 0.05) at the start. An episode
 * terminates when the cart is more than 2.4 from the middle or the pole more than 12 degrees from upright, and is
 * truncated after 500 steps. A mean return of 475 over 100 episodes counts as solved.
 *
 * @returns The environment. It holds no tensors.
 * @throws RangeError when `seed` is not a safe integer.
 * @see Barto et al., "Neuronlike Adaptive Elements That Can Solve Difficult Learning Control Problems" (1983)
 * @example
 * const environment = cartPoleEnvironment();
 * environment.reset({ seed: 7 }).observation.length; // 4
 * environment.step(1).reward; // 1
 */
export function cartPoleEnvironment(
  options: {
    /** Fixes the starts where `reset` gets none; any safe integer. Default 0. */
    readonly seed?: number;
  } = {},
): ContinuousEnvironment {
  let rng = createRng(resetSeed('cartPoleEnvironment', options) ?? 0);
  let motion: Motion | undefined;
  let steps = 0;
  const limits = Float32Array.of(2 * farthest, Number.POSITIVE_INFINITY, 2 * widestAngle, Number.POSITIVE_INFINITY);
  return {
    name: 'CartPole-v1',
    observationSpace: { kind: 'box', isWhole: false, low: limits.map((limit) => -limit), high: limits },
    actionSpace: { kind: 'discrete', size: 2 },
    reset: (given) => {
      const seed = resetSeed('reset', given);
      if (seed !== undefined) rng = createRng(seed);
      const draw = () => 0.1 * rng.uniform() - 0.05;
      motion = [draw(), draw(), draw(), draw()];
      steps = 0;
      return { observation: Float32Array.from(motion) };
    },
    step: (action) => {
      if (action !== 0 && action !== 1) refuse('step', 'action', 'be 0 or 1', action);
      if (!motion) throw new Error('step: the episode is over, or none has begun: call reset().');
      const moved = move(motion, action === 1 ? force : -force);
      steps += 1;
      const terminated = Math.abs(moved[0]) > farthest || Math.abs(moved[2]) > widestAngle;
      const truncated = !terminated && steps >= longestEpisode;
      motion = terminated || truncated ? undefined : moved;
      return { observation: Float32Array.from(moved), reward: 1, terminated, truncated };
    },
    state: () => ({ stream: rng.state(), steps, ...(motion && { motion: Float64Array.from(motion) }) }),
    restore: (saved) => {
      const given = (saved ?? {}) as {
        readonly stream: RngState;
        readonly steps: number;
        readonly motion?: Float64Array;
      };
      const stream = restoreRng(given.stream);
      requireWholeNumber('restore', 'state.steps', given.steps, 0, longestEpisode);
      if (given.motion !== undefined) requireNumbers('restore', 'state.motion', given.motion, 4);
      rng = stream;
      steps = given.steps;
      const [place, speed, angle, turning] = given.motion ?? [];
      motion = given.motion && [place!, speed!, angle!, turning!];
    },
  };
}

// One step of Euler's method: places move by the speeds before the step.
function move([position, speed, angle, turning]: Motion, push: number): Motion {
  const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
  const mass = cartMass + poleMass;
  const common = (push + poleMass * length * turning ** 2 * sine) / mass;
  const angular = (gravity * sine - cosine * common) / (length * (4 / 3 - (poleMass * cosine ** 2) / mass));
  const acceleration = common - (poleMass * length * angular * cosine) / mass;
  return [
    position + interval * speed,
    speed + interval * acceleration,
    angle + interval * turning,
    turning + interval * angular,
  ];
}
