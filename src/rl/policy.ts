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
