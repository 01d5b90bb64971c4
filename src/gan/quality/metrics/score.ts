/** A number that says how good samples are, and how sure it is. */
export interface Score {
  /** The number. */
  readonly value: number;
  /** 95% interval; what it covers is said where the score is made. */
  readonly interval: readonly [low: number, high: number];
  /** Number of samples that the score was made with. */
  readonly samples: {
    /** Real ones; 0 where the score looks at generated ones alone. */
    readonly real: number;
    /** Generated ones. */
    readonly generated: number;
  };
}
