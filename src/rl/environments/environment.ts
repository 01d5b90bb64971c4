/** What an environment shows when an episode begins. */
export interface EnvironmentReset {
  /** `[D]`; a fresh array, the caller's to keep. */
  readonly observation: Float32Array;
  /** `[A]`: 1 where an action is legal now, 0 where not; all are where missing. */
  readonly actionMask?: Uint8Array;
}

/** What an environment answers to an action. */
export interface EnvironmentStep extends EnvironmentReset {
  /** What the action earned; costs are negative. */
  readonly reward: number;
  /** The episode is truly over: nothing follows, the bootstrap ends. */
  readonly terminated: boolean;
  /** The episode is only cut off: the future goes on, the bootstrap too. */
  readonly truncated: boolean;
}

/** A world to act in, after Gymnasium (Towers et al., 2024). */
export interface Environment {
  /** What reports call it. */
  readonly name: string;
  /** What observations can be. */
  readonly observationSpace: {
    /** Tells the kinds of spaces apart. */
    readonly kind: 'box';
    /** `[D]`, least values. */
    readonly low: Float32Array;
    /** `[D]`, greatest values. */
    readonly high: Float32Array;
  };
  /** The actions there are: one of `size`, 0 to `size - 1`. */
  readonly actionSpace: {
    /** Tells the kinds of spaces apart. */
    readonly kind: 'discrete';
    /** How many there are. */
    readonly size: number;
  };
  /** Begins an episode. */
  reset(options?: {
    /** Fixes all that follows; any safe integer. By default the environment's random numbers go on. */
    readonly seed?: number;
  }): EnvironmentReset;
  /** Takes one action. Throws for an action out of range or illegal, and after the end of an episode. */
  step(action: number): EnvironmentStep;
  /**
   * Begins an episode in a state drawn from all that could ever be met, also where acting well never leads: for training,
   * so that an agent knows what to do there too. Not every environment has such starts.
   */
  resetAnywhere?(options?: Parameters<Environment['reset']>[0]): EnvironmentReset;
  /** `[A]`: the mask that belongs to an observation. Only where observations alone decide what is legal. */
  legalActions?(observation: ArrayLike<number>): Uint8Array;
  /**
   * Where it stands between two steps, random numbers included, as plain data and typed arrays: for checkpoints. Of an
   * environment without it all actions since its last seed are written down, and taken again.
   */
  state?(): unknown;
  /** Puts it where `state` was taken, also in another process, and refuses what is no such state. */
  restore?(state: unknown): void;
}

/** An {@link Environment} with observations that are not whole numbers. */
export interface ContinuousEnvironment extends Environment {
  /** A box in which numbers need not be whole, so that a table cannot list what is in it. */
  readonly observationSpace: Environment['observationSpace'] & {
    /** Tells it from boxes of whole numbers, also to the compiler. */
    readonly isWhole: false;
  };
}
