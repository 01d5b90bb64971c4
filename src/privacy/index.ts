export type { NoisyMechanism, PrivateMechanism, StatedMechanism } from './mechanism.js';
export { type NoiseForOptions, noiseFor } from './noise-for.js';
export { createPrivacyLedger, type PrivacyBudget, type PrivacyEntry, type PrivacyLedger } from './privacy-ledger.js';
export { type PrivacySpent, type PrivacySpentOptions, privacySpent } from './privacy-spent.js';
