/** How long to measure, for one child process. */
export interface Pace {
  /** Steps before the clock starts, at most; stopped early when `budget` is spent. */
  readonly warmup: number;
  /** Steps to time, at most; at least one is timed. */
  readonly steps: number;
  /** Milliseconds for the warm-up, and again for the timed steps. */
  readonly budget: number;
}

/** What a child process prints as its last line. */
export interface Measurement {
  /** Milliseconds of single steps, or whatever a row measures, by name. */
  readonly series: Readonly<Record<string, readonly number[]>>;
  /**
   * Losses of the first step, about the same for every contender, whose random weights differ: the discriminator's and
   * the generator's, or one alone.
   */
  readonly firstLosses?: readonly number[];
  /** Versions of what was measured, where only the child knows them. */
  readonly versions?: Readonly<Record<string, string>>;
}

/** A child process's answer: a measurement, or why there is none. */
export type Answer = Measurement | { readonly error: string } | { readonly skipped: string };
