import { atOnce } from '../../internal/pieces.js';
import { noiseAfforded } from '../../privacy/noise-for.js';
import type { PrivacyEntry, PrivacyLedger } from '../../privacy/privacy-ledger.js';
import { columnsToFind, squaredSensitivity } from './private-coding.js';
import type { Declared } from './public-columns.js';

/** How much noise a fit needs, and what it costs. */
export interface NoisePlan {
  readonly entries: readonly PrivacyEntry[];
  /** Standard deviation of the noise on each count by which states are found. */
  readonly stateDeviation: number;
  /** Probability that an id of one row is shown. */
  readonly stateDelta: number;
  /** Standard deviation of the noise on each sum of class probabilities. */
  readonly tallyDeviation: number;
}

/** Share of what the fit may spend that finds states, where some are to be found: of what is shown, 1 / noise^2. */
const shareOfStates = 0.3;

/** Share of delta that ids of single rows may take up. */
const shareOfDelta = 0.1;

/** The least noise that the ledger, or `epsilon`, pays for. */
export function planNoise(
  where: string,
  declared: readonly Declared[],
  given: { readonly ledger: PrivacyLedger; readonly iterations: number; readonly epsilon: number | undefined },
): NoisePlan {
  const { ledger, iterations, epsilon } = given;
  const sensitivity = Math.sqrt(squaredSensitivity(declared));
  const share = sensitivity === 0 ? 0 : shareOfStates;
  const delta = columnsToFind(declared) === 0 ? 0 : shareOfDelta * ledger.delta;
  const multipliers = (noise: number) =>
    [noise / Math.sqrt(share), noise * Math.sqrt(iterations / (1 - share))] as const;
  const entriesOf = (noise: number): PrivacyEntry[] => {
    const [states, classes] = multipliers(noise);
    const paid = { purpose: `${where}: states`, noiseMultiplier: states, ...(delta > 0 && { delta }) };
    return [
      ...(share > 0 ? [paid] : []),
      { purpose: `${where}: classes`, noiseMultiplier: classes, steps: iterations },
    ];
  };
  // All rows take part, so that divergences have a closed form.
  const noise = atOnce(noiseAfforded(where, 'ledger', ledger, entriesOf, epsilon));
  const [states, classes] = multipliers(noise);
  return {
    entries: entriesOf(noise),
    stateDeviation: share === 0 ? 0 : states * sensitivity,
    stateDelta: delta,
    tallyDeviation: classes * Math.sqrt(declared.length + 1),
  };
}
