import type { PrivacyLedger } from '../../../privacy/privacy-ledger.js';

/** Differentially private updates of the discriminator, of a game that looks at real samples nowhere else. */
export interface GanPrivacy {
  /** Pays for every update of the discriminator, before it. The run ends when the next step would exceed its budget. */
  readonly ledger: PrivacyLedger;
  /** Standard deviation of the noise on the sum of the samples' gradients, over `clipNorm`; see {@link noiseFor}. Above 0. */
  readonly noiseMultiplier: number;
  /** What the gradient of one sample, of all variables together and penalties included, is shortened to where it is longer. Above 0. */
  readonly clipNorm: number;
}
