import type { Tensor } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { GanReport } from '../training/gan-options.js';

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
}
