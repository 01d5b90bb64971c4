/**
 * How to act: from what an environment shows to an action. Classic rules, tables and networks all come as one, so that
 * they can be compared.
 */
export interface Policy {
  /** What reports call it. */
  readonly name: string;
  /** An action, 0 to `A - 1`, legal where a mask `[A]` is given. `observation` is `[D]` and stays the caller's. */
  act(observation: ArrayLike<number>, actionMask?: Uint8Array): number;
}
