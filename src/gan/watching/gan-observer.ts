import type { Tensor } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { NonFiniteEntry } from '../../training/recovery.js';
import type { Progress } from '../../training/run-steps.js';
import type { ValidationReport } from '../../training/validation.js';

/** Something worth telling about a run. */
export interface Finding {
  /** A short name to test for, such as `'generator-collapsed'`. */
  readonly verdict: string;
  /** What was seen, with numbers. */
  readonly evidence: string;
  /** What to try. */
  readonly remedy: string;
}

/** What an observer may look at, at a report. All of it is borrowed. */
export interface GanMoment {
  /** The measurements, before any observer added to them. */
  readonly report: GanReport;
  /** What draws samples: the moving average if there is one, else the generator in training. */
  readonly generator: LayersModel;
  /** The discriminator in training. */
  readonly discriminator: LayersModel;
  /** `[B, …]`: real samples of the last step. */
  readonly real: Tensor;
  /** `[B, C]`: their conditions, in a conditional game. */
  readonly conditions?: Tensor;
}

/** What an observer says. */
export interface Observation {
  /** Join `findings` of the report. Default none. */
  readonly findings?: readonly Finding[];
  /** When given, the run ends after this report, and this is why. Default: the run goes on. */
  readonly stop?: string;
}

/**
 * Watches a run: called at every report, waited for, and not counted as training time. A value like a loss or a penalty:
 * write your own by returning such an object.
 */
export interface GanObserver {
  /** Names the observer, also as the reason when it stops a run. */
  readonly name: string;
  /** Looks at the run; returns nothing when there is nothing to say. */
  observe(moment: GanMoment): Promise<Observation | undefined>;
  /**
   * What it remembers, as plain data and typed arrays, to be written into checkpoints. Default: left out, by one that
   * remembers nothing.
   */
  state?(): unknown;
  /** Takes over what `state` gave in an earlier process, and refuses what is none. */
  restore?(state: unknown): void | Promise<void>;
}

/** What one step of a GAN measured, before its updates. */
export interface GanReport extends Progress {
  /** Both losses, means over the batch; the discriminator's at its last update of the step. */
  readonly losses: {
    /** What the discriminator minimises. */
    readonly discriminator: number;
    /** What the generator minimises. */
    readonly generator: number;
  };
  /** Value of each penalty, without its weight, when it was last computed. Default: missing, without penalties. */
  readonly penalties?: Readonly<Record<string, number>>;
  /** Mean D(x), the probability that the discriminator gives real samples of being real, in [0, 1]. */
  readonly realScore: number;
  /** Mean D(G(z)), the same for fakes. Both tend to 0.5 when the discriminator cannot tell them apart and the loss is a cross-entropy. */
  readonly fakeScore: number;
  /** What `validation` measured after this step. Default: missing, when nothing was. */
  readonly validation?: ValidationReport;
  /** What was not finite since the last report, and what `onNonFinite` did about it. Default: missing, when all was finite. */
  readonly nonFinite?: readonly NonFiniteEntry[];
  /** What observers found at this report. Default: missing, when there is nothing to tell. */
  readonly findings?: readonly Finding[];
  /** Which observer ended the run with this report, and why. Default: missing, when none did. */
  readonly stopped?: string;
}
