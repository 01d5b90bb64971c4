import { plainText } from '../../internal/describe.js';
import { refuse } from '../../internal/require.js';

/**
 * How to act: from what an environment shows to an action. Classic rules, tables and networks all come as one, so that
 * they can be compared.
 */
export interface Policy {
  /** What reports call it. */
  readonly name: string;
  /**
   * Chooses an action, 0 to `A - 1`, legal where a mask `[A]` is given. A network's answer may be a promise.
   * `observation` is `[D]` and stays the caller's.
   */
  act(observation: Float32Array, actionMask?: Uint8Array): number | Promise<number>;
  /** The same for many at once, `[N, D]` and masks `[N, A]` row by row; without it they are asked for one by one. */
  actAll?(
    observations: Float32Array,
    actionMasks: Uint8Array,
    count: number,
  ): ArrayLike<number> | Promise<ArrayLike<number>>;
}

/** A {@link Policy} that answers at once. */
export interface InstantPolicy extends Policy {
  /** As in {@link Policy}. */
  act(observation: ArrayLike<number>, actionMask?: Uint8Array): number;
}

/** Refuses what is no policy. */
export function requirePolicy(where: string, name: string, policy: unknown): asserts policy is Policy {
  const { act, actAll, name: called } = (policy ?? {}) as Partial<Policy>;
  if (typeof act !== 'function') refuse(where, name, 'be an object with a function `act`', policy);
  if (typeof called !== 'string') refuse(where, name, 'have a name, a string', called);
  if (actAll !== undefined && typeof actAll !== 'function') {
    refuse(where, name, 'have a function as `actAll`, or none', actAll);
  }
}

/** Checks what a policy chose: a number of one of the actions, and legal. */
export function requireAction(where: string, policy: Policy, action: unknown, mask: ArrayLike<number>): number {
  if (!(Number.isInteger(action) && mask[action as number] === 1)) {
    refuse(where, 'policy', `take legal actions only ('${plainText(policy.name, 60)}')`, action);
  }
  return action as number;
}

/** Checks an observation: a list of finite numbers, of the given length where one is given. */
export function requireObservation(observation: ArrayLike<number>, size?: number): void {
  const length = (observation as ArrayLike<number> | undefined)?.length;
  const isList = typeof observation === 'object' && Number.isInteger(length) && length! > 0;
  if (!isList || (size !== undefined && length !== size)) {
    refuse(
      'act',
      'observation',
      size === undefined ? 'be a list of numbers' : `be a list of ${size} numbers`,
      observation,
    );
  }
  for (let place = 0; place < length!; place += 1) {
    if (!Number.isFinite(observation[place])) refuse('act', 'observation', 'hold finite numbers', observation[place]);
  }
}

/** The action itself where it is legal, otherwise the nearest legal one below it, otherwise the nearest above. */
export function nearestLegal(action: number, mask: ArrayLike<number> | undefined): number {
  if (!mask) return action;
  let legal = Math.min(action, mask.length - 1);
  while (legal >= 0 && !mask[legal]) legal -= 1;
  if (legal >= 0) return legal;
  legal = Math.min(action, mask.length - 1) + 1;
  while (legal < mask.length && !mask[legal]) legal += 1;
  if (legal >= mask.length) refuse('act', 'actionMask', 'leave an action', mask);
  return legal;
}
