import { tidy } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { type OptionNames, requireOptions } from '../../internal/options.js';
import { refuse, requireGivenFunction, requireOneOf, requirePositiveInteger } from '../../internal/require.js';
import { requireSignal } from '../../internal/signal.js';
import { cloneModel } from '../../nn/clone-model.js';
import { allVariables } from '../../nn/model-variables.js';
import { firstNonFinite } from '../../nn/weight-guard.js';
import type { GanMoment, GanObserver, Observation } from './gan-observer.js';

/** Options of {@link keepBestGenerator}. */
export interface KeepBestGeneratorOptions {
  /** Steps from one score to the next, >= 1: taken at the first report that is so far on, and at the last step. */
  readonly every: number;
  /** Ends the run after so many scores in a row that are no new best. By default it goes on to its end. */
  readonly patience?: number;
  /** Which scores are good ones. Default `'lower'`, as for distances. */
  readonly better?: 'lower' | 'higher';
  /** Handed to `score`; once it is aborted no score counts, and the run rejects with its reason. */
  readonly signal?: AbortSignal;
}

/** One score of a run. */
export interface GeneratorScore {
  /** The step after which it was taken. */
  readonly step: number;
  /** What the score said, even when that is no finite number. */
  readonly score: number;
}

/** The best generator of a run so far. */
export interface BestGenerator extends GeneratorScore {
  /** A copy with weights of its own: training goes on without it. The next best overwrites them. */
  readonly model: LayersModel;
}

/** An observer that keeps the best generator. Made by {@link keepBestGenerator}. */
export interface BestKeeper extends GanObserver {
  /** The best so far; undefined until a score was finite. */
  readonly best: BestGenerator | undefined;
  /** All scores, in order. */
  readonly scores: readonly GeneratorScore[];
  /** Frees the copy. `best` is undefined afterwards. */
  dispose(): void;
}

/** Scores a generator on samples that it was not trained on; see {@link keepBestGenerator}. */
export type GeneratorScorer = (generator: LayersModel, signal?: AbortSignal) => number | Promise<number>;

/**
 * Watches a run by a score of your own, keeps a copy of the best generator, and ends the run when the score no longer
 * improves. A GAN has no loss that says how good it is, and more steps may well make it worse.
 *
 * Score against samples kept out of training, with the same noise each time. The best of many scores is a flattering
 * number, so report one from a third set. A score that is not finite, or that of a generator whose weights are not, is
 * recorded, is never the best, and counts against `patience`. What the score throws ends the run and leaves `best` as it was.
 *
 * @param score - Called with the generator that draws samples, the moving average if there is one; it must leave it as it
 *   is. Waited for.
 * @param options - See {@link KeepBestGeneratorOptions}.
 * @returns The observer, for one run. It owns a model from the first finite score on; the caller disposes it.
 * @throws RangeError when an option is out of its range, and during the run when `score` gives no number.
 * @see Prechelt, "Early Stopping - But When?" (1998), https://doi.org/10.1007/3-540-49430-8_3
 * @example
 * const towardsGrey = async (model: LayersModel) => {
 *   const drawn = await sampleGan(model, 16, { seed: 1 });
 *   const [distance] = await tidy(() => abs(sub(mean(drawn), 0.5))).data();
 *   drawn.dispose();
 *   return distance!;
 * };
 * const keeper = keepBestGenerator(towardsGrey, { every: 2, patience: 5 });
 * await trainGan({ generator, discriminator, data: images, steps: 6, observers: [keeper] });
 * keeper.scores.map(({ step }) => step); // [2, 4, 6]
 * const fresh = await sampleGan(keeper.best!.model, 9);
 */
export function keepBestGenerator(score: GeneratorScorer, options: KeepBestGeneratorOptions): BestKeeper {
  const names: OptionNames<KeepBestGeneratorOptions> = { every: true, patience: true, better: true, signal: true };
  requireOptions('keepBestGenerator', options ?? {}, names);
  checkOptions(score, options);
  const { every, patience = Number.POSITIVE_INFINITY, better = 'lower', signal } = options;
  const scores: GeneratorScore[] = [];
  let best: BestGenerator | undefined;
  let worse = 0;
  const isBetter = (value: number) =>
    Number.isFinite(value) && (!best || (better === 'lower' ? value < best.score : value > best.score));
  const isDue = ({ step, totalSteps }: GanMoment['report']) =>
    step - (scores.at(-1)?.step ?? 0) >= every || step >= totalSteps;
  return {
    name: 'keepBestGenerator',
    get best() {
      return best;
    },
    scores,
    observe: async ({ report, generator }) => {
      if (!isDue(report)) return undefined;
      signal?.throwIfAborted();
      const value = await score(generator, signal);
      signal?.throwIfAborted();
      if (typeof value !== 'number') refuse('keepBestGenerator', 'score', 'give a number', value);
      scores.push({ step: report.step, score: value });
      // A score may overlook weights that are broken; a copy of them would be none of a best generator.
      const isNew = isBetter(value) && (await firstNonFinite(allVariables(generator))) === undefined;
      worse = isNew ? 0 : worse + 1;
      if (worse === 0) best = { step: report.step, score: value, model: copyInto(best?.model, generator) };
      return worse >= patience ? endOf(worse, best) : undefined;
    },
    dispose: () => {
      best?.model.dispose();
      best = undefined;
    },
  };
}

function copyInto(copy: LayersModel | undefined, generator: LayersModel): LayersModel {
  if (!copy) return cloneModel(generator);
  tidy(() => copy.setWeights(generator.getWeights()));
  return copy;
}

function endOf(worse: number, best: BestGenerator | undefined): Observation {
  const record = best ? `${best.score} at step ${best.step}` : 'no finite score';
  return { stop: `no better score in the last ${worse} than ${record}` };
}

function checkOptions(score: unknown, { every, patience, better = 'lower', signal }: KeepBestGeneratorOptions): void {
  requireGivenFunction('keepBestGenerator', 'score', score);
  requirePositiveInteger('keepBestGenerator', 'every', every);
  if (patience !== undefined) requirePositiveInteger('keepBestGenerator', 'patience', patience);
  requireOneOf('keepBestGenerator', 'better', ['lower', 'higher'], better);
  requireSignal('keepBestGenerator', signal);
}
