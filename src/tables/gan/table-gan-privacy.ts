import type { GanPrivacy } from '../../gan/training/options/gan-privacy.js';
import { type OptionNames, requireOptions } from '../../internal/options.js';
import { piecemeal } from '../../internal/pieces.js';
import { refuse, requireGivenSeed, requirePositive } from '../../internal/require.js';
import { noiseAfforded } from '../../privacy/noise-for.js';
import { holdsAccount, type PrivacyLedger, requireLedger } from '../../privacy/privacy-ledger.js';
import type { TableModel } from '../table-model.js';

/** How a {@link trainTableGan} is kept private. */
export interface TableGanPrivacy {
  /** Pays for every update of the discriminator, before it. It has paid for what `start` was learned from, too. */
  readonly ledger: PrivacyLedger;
  /**
   * Standard deviation of the noise on the sum of the rows' gradients, over `clipNorm`. Above 0. Default: the least with which all
   * `steps` are paid for by what the ledger has left. Give the number where a run shall go on from a checkpoint: by then less is left.
   */
  readonly noiseMultiplier?: number;
  /** What the gradient of one row, penalties included, is shortened to where it is longer. Above 0. Default 1. */
  readonly clipNorm?: number;
}

const names: OptionNames<TableGanPrivacy> = { ledger: true, noiseMultiplier: true, clipNorm: true };

/** What of a run is to be paid for. */
interface PrivateRun {
  readonly start: TableModel;
  /** Of the table. */
  readonly rows: number;
  readonly batchSize: number;
  /** Of the discriminator. */
  readonly updates: number;
  readonly options: Readonly<Record<string, unknown>>;
}

/** Refuses a private run that would look at rows without paying; what it gives chooses the noise. */
export function readTableGanPrivacy(
  where: string,
  privacy: TableGanPrivacy,
  { start, rows, batchSize, updates, options }: PrivateRun,
): (pause: () => Promise<void>) => Promise<GanPrivacy> {
  requireOptions(where, privacy, names, 'privacy');
  const { ledger, noiseMultiplier, clipNorm = 1 } = privacy;
  requireLedger(where, 'privacy.ledger', ledger);
  requirePositive(where, 'privacy.clipNorm', clipNorm);
  if (noiseMultiplier !== undefined) requirePositive(where, 'privacy.noiseMultiplier', noiseMultiplier);
  requireGivenSeed(where, options.seed);
  for (const name of ['validation', 'packing', 'accumulate', 'observers'] as const) {
    const isPlain = options[name] === undefined || options[name] === 1;
    if (!isPlain) refuse(where, name, 'be left out beside `privacy`, which does not pay for it', options[name]);
  }
  requirePrivateStart(where, start, ledger);
  const samplingRate = Math.min(1, batchSize / rows);
  const training = (noise: number) => [{ noiseMultiplier: noise, samplingRate, steps: updates }];
  return async (pause) => {
    const least = () => piecemeal(noiseAfforded(where, 'privacy.ledger', ledger, training), pause);
    return { ledger, clipNorm, noiseMultiplier: noiseMultiplier ?? (await least()) };
  };
}

function requirePrivateStart(where: string, { privacy }: TableModel, ledger: PrivacyLedger): void {
  const of = 'be learned from a private model beside `privacy`: conditionalNetwork(await privateMixture(…))';
  if (!privacy) refuse(where, 'start', of, 'one that was learned from rows');
  if (holdsAccount(ledger, privacy)) return;
  const missing = privacy.entries.map(({ purpose }) => purpose).join(', ');
  const rule = `have paid for \`start\` too (${missing}): take the same ledger, or \`restore(start.privacy)\``;
  refuse(where, 'privacy.ledger', rule, `one that has paid for ${ledger.entries.length} things`);
}
