import { refuse, requirePositiveInteger } from '../../internal/require.js';

/**
 * A small world that is known exactly: what an environment draws, with its probabilities. States are lists of whole
 * numbers, and an environment's observation where one belongs to it.
 *
 * An episode ends in a state that no action leaves and in which nothing is earned. A model without such a state goes on
 * for ever.
 */
export interface DecisionModel {
  /** What reports call it. */
  readonly name: string;
  /** Where everything begins, `[D]`. */
  readonly start: ArrayLike<number>;
  /** Size `A` of the list of actions. */
  readonly actions: number;
  /** `[A]`: 1 where an action is legal in the state. Not to be changed. */
  actionMask(state: ArrayLike<number>): Uint8Array;
  /** Probabilities of outcomes 0, 1, 2 and so on of an action; they sum to 1. Not to be changed. */
  outcomes(state: ArrayLike<number>, action: number): Float64Array;
  /** Writes the state that follows into `next`, `[D]`, every entry of it, and returns the reward. */
  advance(state: ArrayLike<number>, action: number, outcome: number, next: Int32Array): number;
  /**
   * Whether the model is cut off in a state, as where more customers wait than ever should. A policy that comes there more than
   * once in a million steps is not valued. Default: nowhere.
   */
  isEdge?(state: ArrayLike<number>): boolean;
  /** A number of transitions that it has at least, where that is known: solvers then refuse a large model at once. Default: unknown. */
  readonly leastTransitions?: number;
}

/** Refuses what is no {@link DecisionModel}. */
export function requireModel(where: string, model: unknown): asserts model is DecisionModel {
  const given = (model ?? {}) as Partial<DecisionModel>;
  for (const name of ['actionMask', 'outcomes', 'advance'] as const) {
    if (typeof given[name] !== 'function') refuse(where, 'model', `be an object with a function \`${name}\``, model);
  }
  requirePositiveInteger(where, 'model.actions', given.actions);
  const { start } = given;
  if (typeof start !== 'object' || start === null || !(start.length > 0)) {
    refuse(where, 'model.start', 'be a list of whole numbers', start);
  }
  for (const entry of Array.from(start)) {
    if ((entry | 0) !== entry) refuse(where, 'model.start', 'hold whole numbers in [-2^31, 2^31)', entry);
  }
}

/** The mask of a state, checked: as long as there are actions, ones and zeros, at least a one. */
export function maskOf(where: string, model: DecisionModel, state: ArrayLike<number>): Uint8Array {
  const mask = model.actionMask(state);
  if (mask?.length !== model.actions) {
    refuse(where, 'model', `have action masks of ${model.actions} numbers`, mask?.length);
  }
  let isOpen = false;
  for (let action = 0; action < mask.length; action += 1) {
    const entry = mask[action];
    if (entry === 1) isOpen = true;
    else if (entry !== 0) refuse(where, 'model', 'have action masks of ones and zeros', entry);
  }
  if (!isOpen) refuse(where, 'model', 'have a legal action in every state', mask);
  return mask;
}
