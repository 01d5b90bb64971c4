import type { Interval } from './interval.js';
import type { ServiceReport } from './play.js';

/** One policy in a {@link Certificate}. */
export interface CertificateRow {
  /** Its name. */
  readonly name: string;
  /** Mean cost per period (or reward per step) over the episodes; the same number thrice where nothing was simulated. */
  readonly value: Interval;
  /** The exact long-run average; missing, by default, where it was not computed. */
  readonly exact?: number;
  /** The certified policy's value minus this one's, from the same episodes; missing in its own row. */
  readonly difference?: Interval;
  /** Of an inventory, how customers fared. */
  readonly service?: ServiceReport;
}

/** What a policy costs, and what others cost in its place. Made by {@link certify}. */
export interface Certificate {
  /** What the numbers are: costs are better low, rewards high. */
  readonly measure: 'cost per period' | 'reward per step';
  /** The certified policy. */
  readonly policy: CertificateRow;
  /** The policies it is compared with. */
  readonly rivals: readonly CertificateRow[];
  /** The rival that does best; missing where there is none. */
  readonly best?: CertificateRow;
  /** How much worse than the best rival, in percent of the rival's value; negative when better. */
  readonly gapToBest?: Interval;
  /** The exact optimum; missing, by default, where it was not computed. */
  readonly optimum?: number;
  /** How much worse than the optimum, in percent of it. */
  readonly gapToOptimum?: Interval;
  /** Episodes played with each policy, 0 where all is exact. */
  readonly episodes: number;
  /** Steps of an episode that counted. */
  readonly steps: number;
  /** Seed of the first episode. */
  readonly seed: number;
  /** All of it as a table to print. */
  readonly table: string;
}
