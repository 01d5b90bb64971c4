import { refuse } from '../../internal/require.js';
import type { Environment } from './environment.js';
import { checkedEnvironment, requireEnvironment, resetSeed } from './environment-door.js';

/** What many environments answer to one action each. */
export interface VectorStep {
  /** `[N, D]`, row by row; a fresh array. */
  readonly observations: Float32Array;
  /** `[N, A]`: 1 where an action is legal, 0 where not; a fresh array. */
  readonly actionMasks: Uint8Array;
  /** `[N]`. */
  readonly rewards: Float64Array;
  /** `[N]`: 1 where an episode is truly over. */
  readonly terminated: Uint8Array;
  /** `[N]`: 1 where an episode is cut off. */
  readonly truncated: Uint8Array;
  /**
   * `[N, D]`: what followed each action. It differs from `observations` in rows whose episode ended, which already show
   * the first observation of the next.
   */
  readonly nextObservations: Float32Array;
  /** `[N, A]`: the masks that belong to `nextObservations`. */
  readonly nextActionMasks: Uint8Array;
}

/** Many environments of one kind, stepped together. Made by {@link vectorizeEnvironments}. */
export interface VectorEnvironment {
  /** How many, `N`. */
  readonly count: number;
  /** What each of them observes. */
  readonly observationSpace: Environment['observationSpace'];
  /** What each of them can do. */
  readonly actionSpace: Environment['actionSpace'];
  /** Begins an episode in each. With a seed, environment `i` gets `seed + i`. */
  reset(options?: Parameters<Environment['reset']>[0]): Pick<VectorStep, 'observations' | 'actionMasks'>;
  /** Takes one action in each, `[N]`; an environment whose episode ends begins the next at once. */
  step(actions: ArrayLike<number>): VectorStep;
}

type VectorReset = ReturnType<VectorEnvironment['reset']>;

/**
 * Steps many environments together, so that a network can choose for all of them in one pass.
 *
 * @param given - One or more, each an object of its own, with the same spaces.
 * @returns The environments as one.
 * @throws RangeError when there is none, one stands twice, or their spaces differ in size.
 * @example
 * const shop = () => inventoryEnvironment({ demand: [1, 2, 3], holding: 1, penalty: 4, maxOrder: 5 });
 * const shops = vectorizeEnvironments([shop(), shop()]);
 * shops.reset({ seed: 7 });
 * shops.step([1, 5]).rewards; // Float64Array [0, -4]
 */
export function vectorizeEnvironments(given: readonly Environment[]): VectorEnvironment {
  const { observationSpace, actionSpace } = requireAlike(given);
  const environments = given.map((each, index) =>
    checkedEnvironment('vectorizeEnvironments', each, `environments[${index}]`),
  );
  const [count, width, actions] = [environments.length, observationSpace.low.length, actionSpace.size];
  const rows = (): VectorReset => ({
    observations: new Float32Array(count * width),
    actionMasks: new Uint8Array(count * actions).fill(1),
  });
  const put = (target: VectorReset, row: number, seen: { observation: Float32Array; actionMask?: Uint8Array }) => {
    target.observations.set(seen.observation, row * width);
    if (seen.actionMask) target.actionMasks.set(seen.actionMask, row * actions);
  };
  return {
    count,
    observationSpace,
    actionSpace,
    reset: (options) => {
      const seed = resetSeed('reset', options);
      const now = rows();
      environments.forEach((environment, row) => {
        put(now, row, environment.reset(seed === undefined ? {} : { seed: seed + row }));
      });
      return now;
    },
    step: (chosen) => {
      if (chosen?.length !== count) refuse('step', 'actions', `have ${count} entries`, chosen?.length ?? chosen);
      const [now, next] = [rows(), rows()];
      const rewards = new Float64Array(count);
      const terminated = new Uint8Array(count);
      const truncated = new Uint8Array(count);
      environments.forEach((environment, row) => {
        const answer = environment.step(chosen[row]!);
        put(next, row, answer);
        put(now, row, answer.terminated || answer.truncated ? environment.reset() : answer);
        rewards[row] = answer.reward;
        terminated[row] = Number(answer.terminated);
        truncated[row] = Number(answer.truncated);
      });
      const { observations: nextObservations, actionMasks: nextActionMasks } = next;
      return { ...now, rewards, terminated, truncated, nextObservations, nextActionMasks };
    },
  };
}

function requireAlike(environments: readonly Environment[]): Environment {
  if (!Array.isArray(environments)) refuse('vectorizeEnvironments', 'environments', 'be an array', environments);
  const [first] = environments;
  if (!first) refuse('vectorizeEnvironments', 'environments', 'hold at least one', environments);
  environments.forEach((each, index) => {
    requireEnvironment('vectorizeEnvironments', each, `environments[${index}]`);
  });
  if (new Set(environments).size < environments.length) {
    refuse('vectorizeEnvironments', 'environments', 'be objects of their own', 'one that stands there twice');
  }
  const [width, actions] = sizesOf(first);
  const other = environments.find((each) => sizesOf(each)[0] !== width || sizesOf(each)[1] !== actions);
  if (other)
    refuse('vectorizeEnvironments', 'environments', `all have the sizes [${width},${actions}]`, sizesOf(other));
  return first;
}

function sizesOf({ observationSpace, actionSpace }: Environment): [number, number] {
  return [observationSpace.low.length, actionSpace.size];
}
