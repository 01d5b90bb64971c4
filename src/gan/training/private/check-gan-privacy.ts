import type { LayersModel } from '@tensorflow/tfjs-layers';
import { countSamples } from '../../../data/poisson-batches.js';
import { type OptionNames, requireOptions } from '../../../internal/options.js';
import { refuse, requireGivenSeed, requirePositive } from '../../../internal/require.js';
import { ownState } from '../../../nn/models/model-variables.js';
import { walkLayers } from '../../../nn/models/walk-layers.js';
import { type PrivacyEntry, type PrivacyLedger, requireLedger } from '../../../privacy/privacy-ledger.js';
import { nonSaturatingLoss } from '../../losses/non-saturating-loss.js';
import type { GanOptions } from '../options/gan-options.js';
import type { GanPrivacy } from '../options/gan-privacy.js';

const names: OptionNames<GanPrivacy> = { ledger: true, noiseMultiplier: true, clipNorm: true };

/** Refuses a private game that would look at real samples without paying. */
export function checkGanPrivacy(where: string, options: GanOptions): void {
  const { privacy } = options;
  if (privacy === undefined) return;
  requireOptions(where, privacy, names, 'privacy');
  requireLedger(where, 'privacy.ledger', privacy.ledger);
  requirePositive(where, 'privacy.noiseMultiplier', privacy.noiseMultiplier);
  requirePositive(where, 'privacy.clipNorm', privacy.clipNorm);
  requireGivenSeed(where, options.seed);
  const rows = countSamples(options.data);
  if (Number.isNaN(rows))
    refuse(where, 'data', 'be a Tensor or { values, shape }: rows are drawn each by itself', options.data);
  if (privacy.ledger.delta * rows >= 1) {
    refuse(where, 'privacy.ledger.delta', 'be below one over the number of rows', privacy.ledger.delta);
  }
  const { loss = nonSaturatingLoss(), packing = 1, accumulate = 1, generator, discriminator } = options;
  if (generator.inputs.length > 1)
    refuse(where, 'privacy', 'be left out: conditions of real samples would reach the generator', 'two inputs');
  const others: Readonly<Record<string, unknown>> = {
    ...{ packing: packing > 1 ? packing : undefined, accumulate: accumulate > 1 ? accumulate : undefined },
    ...{ validation: options.validation, observers: options.observers, augmentation: options.augmentation },
  };
  for (const [name, value] of Object.entries(others)) {
    if (value !== undefined) refuse(where, name, 'be left out beside `privacy`, which does not pay for it', value);
  }
  if (loss.generator.comparesRealSamples !== false) {
    refuse(where, 'loss', 'have a generator that says it compares no real samples, beside `privacy`', loss.name);
  }
  requireNoState(where, discriminator);
  if (!privacy.ledger.affords(entryOf(where, options))) {
    const { spent, epsilon } = privacy.ledger;
    const rule = `have something left for an update: ${spent.epsilon.toPrecision(4)} of ${epsilon} is spent`;
    refuse(where, 'privacy.ledger', rule, privacy.ledger.left);
  }
}

/** Samples in a batch on average. */
export function batchSizeOf({ batchSize, data }: GanOptions): number {
  return batchSize ?? Math.min(64, countSamples(data));
}

/** One update of the discriminator, as the ledger notes it. */
export function entryOf(where: string, options: GanOptions): PrivacyEntry {
  const { noiseMultiplier } = options.privacy!;
  const samplingRate = Math.min(1, batchSizeOf(options) / countSamples(options.data));
  return { purpose: `${where}: discriminator`, noiseMultiplier, samplingRate };
}

/** How many updates the ledger pays for, at most `most`. */
export function updatesAfforded(ledger: PrivacyLedger, entry: PrivacyEntry, most: number): number {
  const affords = (steps: number) => ledger.affords({ ...entry, steps });
  let [low, high] = [0, 1];
  while (high <= Math.min(most, 2 ** 40) && affords(high)) [low, high] = [high, 2 * high];
  high = Math.min(high, most + 1);
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (affords(middle)) low = middle;
    else high = middle;
  }
  return low;
}

function requireNoState(where: string, discriminator: LayersModel): void {
  const keeper = walkLayers(discriminator).find(({ layer }) => ownState(layer).length > 0);
  if (!keeper) return;
  const what = `${keeper.layer.name} (${keeper.layer.getClassName()})`;
  refuse(
    where,
    'discriminator',
    'have no layers that keep statistics of what they see, as batch normalization does',
    what,
  );
}
