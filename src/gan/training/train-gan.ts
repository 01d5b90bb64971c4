import type { LayersModel } from '@tensorflow/tfjs-layers';
import { type OptionNames, requireOptions } from '../../internal/options.js';
import { requireFunction } from '../../internal/require.js';
import { untilAborted } from '../../internal/signal.js';
import { bestOf, type ValidationReport } from '../../training/validation.js';
import type { GanReport } from '../watching/gan-observer.js';
import { drawingModel } from './gan-validation.js';
import { ganOptionNames } from './options/check-gan-options.js';
import type { GanOptions } from './options/gan-options.js';
import { runGan } from './run-gan.js';

/** Options of {@link trainGan}. */
export type TrainGanOptions = GanOptions & {
  /** Called with every report, and waited for. What it throws ends the run. */
  readonly onProgress?: (report: GanReport) => void | Promise<void>;
};

/** What {@link trainGan} resolves to. */
export interface GanResult {
  /** All reports, in order: the loss curves. */
  readonly history: readonly GanReport[];
  /** Steps done. */
  readonly steps: number;
  /** What to draw with: the model of `average` where there is one, else the generator. */
  readonly generator: LayersModel;
  /** The measurement of `validation` whose weights `generator` has. Default: missing, when none was finite. */
  readonly best?: ValidationReport;
  /** Which observer ended the run, and why, or that the budget of `privacy` was spent. Default: missing, when it went to its end. */
  readonly stopped?: string;
}

/**
 * Trains a generator and a discriminator against each other.
 *
 * Any pair of LayersModels will do whose shapes fit: from {@link buildGenerator} and {@link buildDiscriminator} or
 * written by hand, custom layers included. Two networks with a second input play a conditional game: see `conditions`. Nothing is compiled or frozen, and nothing but the models' weights changes.
 * Runs on the active backend, and first gives it the training kernels that it lacks. The event loop goes on.
 *
 * @param options - See {@link TrainGanOptions}.
 * @returns The reports of all steps. The models are changed in place and stay yours.
 * @throws RangeError for options, shapes or data that do not fit, before any work; {@link NonFiniteLossError} when a
 *   loss or a weight stops being a finite number, after which both models and the average hold the latest weights that were
 *   finite: those before the update that broke them, or with `reportEvery` above 1 those of a report before it (what no
 *   loss shows is found at every 50th report and at the end); the reason of `signal`, after which both models stand at the
 *   last whole step. With a `validation` that measured, what draws samples has the best weights after any of these. An optimizer of yours may hold broken moments after a NonFiniteLossError: make a new one. `onNonFinite` lets a run go on.
 * @see Goodfellow et al., "Generative Adversarial Networks" (2014), https://arxiv.org/abs/1406.2661, algorithm 1
 * @example
 * images.shape; // [128, 4, 4, 1]
 * const run = await trainGan({ generator, discriminator, data: images, batchSize: 32, epochs: 5, seed: 7 });
 * run.steps; // 20: four batches, five times
 * const curve = run.history.map(({ losses }) => losses.generator);
 * @example
 * const condition = { size: 3 };
 * const maker = buildGenerator({ latentSize: 8, hidden: [16], outputShape: [4, 4, 1], condition });
 * const judge = buildDiscriminator({ inputShape: [4, 4, 1], hidden: [16], condition });
 * const labels = Array.from({ length: 128 }, (_, place) => place % 3);
 * await trainGan({ generator: maker, discriminator: judge, data: images, conditions: labels, steps: 2 });
 * (await sampleGan(maker, 2, { conditions: [0, 2] })).shape; // [2, 4, 4, 1]
 * @example
 * const towardsGrey = async (model: LayersModel) => {
 *   const drawn = await sampleGan(model, 16, { seed: 1 });
 *   const [distance] = await tidy(() => abs(sub(mean(drawn), 0.5))).data();
 *   drawn.dispose();
 *   return distance!;
 * };
 * const validation = { score: towardsGrey, every: 2, patience: 5 };
 * const { best, history } = await trainGan({ generator, discriminator, data: images, steps: 6, validation });
 * history.flatMap(({ validation }) => validation?.at ?? []); // [2, 4, 6]
 * best!.value === Math.min(...history.flatMap(({ validation }) => validation?.value ?? [])); // true
 * @example
 * const run = await trainGan({ generator, discriminator, data: images, steps: 2, onNonFinite: 'skip' });
 * run.history.flatMap(({ nonFinite }) => nonFinite ?? []).length; // 0: every number was finite
 * @example
 * const ledger = createPrivacyLedger({ epsilon: 2, delta: 1e-4 });
 * const judge = buildDiscriminator({ inputShape: [4, 4, 1], hidden: [16] });
 * const privacy = { ledger, noiseMultiplier: 4, clipNorm: 1 };
 * const run = await trainGan({ generator, discriminator: judge, data: images, batchSize: 16, steps: 500, seed: 7, privacy });
 * run.stopped?.startsWith('privacy: another step would exceed the budget of 2'); // true
 * ledger.spent.epsilon <= 2; // true
 * const bytes = await encodeGan({ generator, privacy: ledger });
 * (await decodeGan(bytes)).privacy?.epsilon; // 2
 */
export async function trainGan(options: TrainGanOptions): Promise<GanResult> {
  const names: OptionNames<TrainGanOptions> = { ...ganOptionNames(), onProgress: true };
  requireOptions('trainGan', options ?? {}, names);
  return playToEnd('trainGan', options);
}

/** {@link trainGan} under the name of another trainer. */
export async function playToEnd(where: string, options: TrainGanOptions): Promise<GanResult> {
  const { onProgress, ...game } = options;
  requireFunction(where, 'onProgress', onProgress);
  const history: GanReport[] = [];
  for await (const report of runGan(where, game, history)) {
    await untilAborted(onProgress?.(report), game.signal).catch(unlessAborted(game.signal));
  }
  const last = history.at(-1);
  return {
    history,
    steps: last?.step ?? 0,
    generator: drawingModel(options),
    best: bestOf(history),
    stopped: last?.stopped,
  };
}

// An abort is left to the run itself, which looks at the weights before it ends.
function unlessAborted(signal: AbortSignal | undefined): (error: unknown) => void {
  return (error) => {
    if (!signal?.aborted || error !== signal.reason) throw error;
  };
}
