/**
 * A small world that is known exactly: what an environment draws, with its probabilities. States are lists of whole
 * numbers, and an environment's observation where one belongs to it.
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
  /** Writes the state that follows into `next`, `[D]`, and returns the reward. */
  advance(state: ArrayLike<number>, action: number, outcome: number, next: Int32Array): number;
}
