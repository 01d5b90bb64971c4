import type { Interval } from './interval.js';
import type { ServiceReport } from './play.js';

/** How much worse one value is than another. */
export interface Gap extends Interval {
  /** `'percent'` of the other value, or `'absolute'` where the other is 0 or next to it. */
  readonly unit: 'percent' | 'absolute';
}

/** One policy in a {@link Certificate}. */
export interface CertificateRow {
  /** Its name. */
  readonly name: string;
  /** Mean cost per period (or reward per step) over the episodes; the same number thrice where nothing was simulated. */
  readonly value: Interval;
  /** The exact long-run average, or of episodes that end the exact mean; missing, by default, where it was not computed. */
  readonly exact?: number;
  /** The certified policy's value minus this one's, from the same episodes; missing in its own row. */
  readonly difference?: Interval;
  /** Of an inventory, how customers fared. */
  readonly service?: ServiceReport;
}

/** What a policy costs, and what others cost in its place. Made by {@link certifyPolicy}. */
export interface Certificate {
  /** What the numbers are: costs are better low, rewards high. */
  readonly measure: 'cost per period' | 'reward per step' | 'reward per episode';
  /** The certified policy. */
  readonly policy: CertificateRow;
  /** The policies it is compared with. */
  readonly rivals: readonly CertificateRow[];
  /** The rival that does best; missing where there is none. */
  readonly best?: CertificateRow;
  /** How much worse than the best rival; negative when better. */
  readonly gapToBest?: Gap;
  /** The exact optimum; missing, by default, where it was not computed. */
  readonly optimum?: number;
  /**
   * How much worse than the optimum; missing where there is no optimum, and where simulated episodes came out better than it:
   * they are then too short, or begin too well, to be compared with the long run.
   */
  readonly gapToOptimum?: Gap;
  /** Episodes played with each policy, 0 where all is exact. */
  readonly episodes: number;
  /** Steps of an episode that counted. */
  readonly steps: number;
  /** Seed of the first episode. */
  readonly seed: number;
  /** All of it as a table to print. */
  readonly table: string;
}
