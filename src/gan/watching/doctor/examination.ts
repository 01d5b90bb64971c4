import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { ValueRange } from '../../../data/value-range.js';
import type { Rng } from '../../../random/rng.js';
import type { Noise } from './draw-samples.js';
import type { RealSamples } from './real-samples.js';

/** What the doctor knows of a run at one moment: numbers only, which the signs turn into findings. */
export interface Examination {
  /** The step after which it was taken. */
  readonly step: number;
  /** Of the reports since the last examination. */
  readonly curves: CurveNumbers;
  /** Of the weights, over the first ten reports, and over the last ten times that they were looked at. */
  readonly updates: { readonly first: UpdateNumbers; readonly last: UpdateNumbers };
  /** Of the real samples seen so far. */
  readonly data: DataNumbers;
  /** Of samples that were drawn for this examination. */
  readonly samples: SampleNumbers;
  /** How far conditions matter, in a conditional game. */
  readonly conditions?: ConditionNumbers;
}

/** How losses and scores went between two examinations. */
export interface CurveNumbers {
  /** Means of D(x) and D(G(z)). */
  readonly realScore: number;
  readonly fakeScore: number;
  /** Mean change of the two scores from one report to the next, the larger of the two. */
  readonly scoreSwing: number;
  /** Median size of the larger loss. */
  readonly lossSize: number;
}

/** `|w(t + k) - w(t)| / (k |w(t)|)`, mean over the times it was measured; NaN before the first. */
export interface UpdateNumbers {
  readonly discriminator: number;
  readonly generator: number;
}

/** The real samples themselves. */
export interface DataNumbers {
  /** How many different ones stand behind these numbers, and how many went by in all. */
  readonly count: number;
  readonly seen: number;
  /** Whether these are all there are. */
  readonly isWhole: boolean;
  /** Whether the data themselves repeat. */
  readonly repeats: boolean;
  readonly low: number;
  readonly high: number;
  /** Root of the mean square of all their numbers. */
  readonly size: number;
  /** Mean distance between two of them. */
  readonly spread: number;
  /** What the generator can give, when its last activation sets bounds. */
  readonly range?: ValueRange;
}

/** Generated samples beside real ones, all as shares of the distances between real ones. */
export interface SampleNumbers {
  /** How many were drawn. */
  readonly count: number;
  /** Mean distance between two generated samples over that between two real ones. */
  readonly diversity: number;
  /** Energy distance between generated and real samples over the mean distance between two real ones. */
  readonly distance: number;
  /** Share of generated samples within a third of the real ones' usual nearest distance from a real one. */
  readonly near: number;
}

/** What conditions do. */
export interface ConditionNumbers {
  /** Share of the real samples' variance that their conditions explain, and its standard error. */
  readonly share: number;
  readonly shareError: number;
  /** How much of it generated samples reproduce: 1 all, 0 nothing, less where they do something else; its standard error. */
  readonly reproduced: number;
  readonly reproducedError: number;
}

/** What an examination of samples needs. */
export interface SampleProbe {
  readonly generator: LayersModel;
  readonly reals: RealSamples;
  /** `[count, …]`: the same at every examination, so that what changes is the generator. */
  readonly noise: Noise;
  /** For noise that is to be fresh. */
  readonly rng: Rng;
}
