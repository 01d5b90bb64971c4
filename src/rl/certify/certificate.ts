import type { Estimate } from '../../statistics/estimate.js';
import type { ServiceReport } from './play.js';

/** How much worse one value is than another. */
export interface Gap extends Required<Estimate> {
  /** `'percent'` of the other value, or `'absolute'` where the other is 0 or next to it. */
  readonly unit: 'percent' | 'absolute';
}

/**
 * One policy in a {@link Certificate}: its mean cost per period (or reward per step) over the episodes, with an interval of
 * no width where nothing was simulated.
 */
export interface CertificateRow extends Required<Estimate> {
  /** Its name. */
  readonly name: string;
  /** The exact long-run average, or of episodes that end the exact mean; missing, by default, where it was not computed. */
  readonly exact?: number;
  /** The certified policy's value minus this one's, from the same episodes; missing in its own row. */
  readonly difference?: Required<Estimate>;
  /** Of an inventory, how customers fared. */
  readonly service?: ServiceReport;
}

/** What a policy costs, and what others cost in its place. Made by {@link certify}. */
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
