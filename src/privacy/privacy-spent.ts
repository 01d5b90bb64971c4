import { type OptionNames, requireGivenOptions } from '../internal/options.js';
import { refuse, requireOneOf, requireShare } from '../internal/require.js';
import { epsilonByDistribution } from './loss-distribution.js';
import { divergenceOrders, type PrivateMechanism, requireMechanism, type Spending, spendingOf } from './mechanism.js';

/** What was spent, as one number. */
export interface PrivacySpent {
  /** Upper bound of epsilon at the delta that was asked for; 0 where nothing was shown, Infinity where nothing is protected. */
  readonly epsilon: number;
  /** Either the order of the Rényi divergence that gave the bound, or missing: then the distribution of the privacy loss gave it. */
  readonly order?: number;
}

/** Options of {@link privacySpent}. */
export interface PrivacySpentOptions {
  /** Probability with which epsilon may not hold, in (0, 1). Far below one over the number of rows. */
  readonly delta: number;
  /**
   * `'rdp'` adds up Rényi divergences, as ledgers do. `'pld'` follows the whole distribution of the privacy loss, takes some tenths of a
   * second for each mechanism, and gives the less of both; it needs a delta above about 1e-8. Default `'rdp'`.
   */
  readonly accountant?: 'rdp' | 'pld';
}

const names: OptionNames<PrivacySpentOptions> = { delta: true, accountant: true };

/**
 * How much mechanisms show of one row, all together: they are (epsilon, delta)-differentially private for tables that differ by
 * one row, added or removed.
 *
 *     epsilon = min over orders a of  D(a) + log((a - 1) / a) - (log(delta) + log(a)) / (a - 1)
 *
 * D(a) is the sum of the mechanisms' Rényi divergences of order a, at 161 orders from 1.1 to 1024. The bound holds for mechanisms
 * that are chosen by what those before have shown, as long as noise and rates are given beforehand. It is an upper bound: the
 * least epsilon that could be proved is lower by 8 to 48% in published settings, and `accountant: 'pld'` comes within a thousandth of that,
 * from above: losses of a step are rounded on a grid so that they show more, and composed by the Fourier transform. Where rows are not drawn by chance, each for itself,
 * but in shuffled batches, the sampling rate must not be used.
 *
 * @param mechanisms - One or several; see {@link PrivateMechanism}. Entries of a ledger will do.
 * @returns Epsilon, and the order that gave it.
 * @throws RangeError when a mechanism is none, or `delta` is not in (0, 1).
 * @see Mironov, Talwar and Zhang, "Rényi Differential Privacy of the Sampled Gaussian Mechanism" (2019), https://arxiv.org/abs/1908.10530
 * @see Koskela, Jälkö and Honkela, "Computing Tight Differential Privacy Guarantees Using FFT" (2020), https://arxiv.org/abs/1906.03049
 * @see Canonne, Kamath and Steinke, "The Discrete Gaussian for Differential Privacy" (2020), https://arxiv.org/abs/2004.00010, proposition 12
 * @example
 * const training = { noiseMultiplier: 1.1, samplingRate: 256 / 60_000, steps: 14_100 };
 * privacySpent(training, { delta: 1e-5 }).epsilon.toFixed(2); // '2.60'
 * const counts = { noiseMultiplier: 20 };
 * privacySpent([training, counts], { delta: 1e-5 }).epsilon.toFixed(2); // '2.61'
 * privacySpent(training, { delta: 1e-5, accountant: 'pld' }).epsilon.toFixed(2); // '2.39'
 */
export function privacySpent(
  mechanisms: PrivateMechanism | readonly PrivateMechanism[],
  options: PrivacySpentOptions,
): PrivacySpent {
  const where = 'privacySpent';
  requireGivenOptions(where, options, names);
  const { delta, accountant = 'rdp' } = options;
  requireDelta(where, delta);
  requireOneOf(where, 'accountant', ['rdp', 'pld'], accountant);
  const all = Array.isArray(mechanisms) ? mechanisms : [mechanisms];
  for (const [place, each] of all.entries()) {
    // Entries of a ledger are mechanisms.
    requireMechanism(where, each, all.length === 1 ? 'mechanism' : `mechanisms[${place}]`, { purpose: true });
  }
  const spendings = all.map(spendingOf);
  const byDivergences = spentTogether(spendings, delta);
  const epsilon = accountant === 'pld' ? epsilonByDistribution(spendings, delta) : Number.POSITIVE_INFINITY;
  return epsilon < byDivergences.epsilon ? { epsilon } : byDivergences;
}

/** Checks a delta. */
export function requireDelta(where: string, delta: unknown): asserts delta is number {
  requireShare(where, 'delta', delta);
  if (delta === 1) refuse(where, 'delta', 'be below 1', delta);
}

/** {@link privacySpent} of mechanisms that were checked. */
export function spentBy(mechanisms: readonly PrivateMechanism[], delta: number): PrivacySpent {
  return spentTogether(mechanisms.map(spendingOf), delta);
}

/** {@link spentBy} of mechanisms whose divergences are known. */
export function spentTogether(spendings: readonly Spending[], delta: number): PrivacySpent {
  const totals = divergenceOrders().map(() => 0);
  let failures = 0;
  for (const { mechanism, divergences } of spendings) {
    const { steps = 1, delta: failure = 0 } = mechanism;
    if (steps === 0) continue;
    failures += failure;
    for (const [place, divergence] of divergences.entries()) totals[place]! += steps * divergence;
  }
  return spentOf(totals, delta - failures);
}

/** Epsilon by the sums of divergences at all orders. */
function spentOf(divergences: readonly number[], delta: number): PrivacySpent {
  let best = { epsilon: Number.POSITIVE_INFINITY, order: divergenceOrders()[0]! };
  if (divergences.every((divergence) => divergence === 0)) return delta >= 0 ? { ...best, epsilon: 0 } : best;
  if (!(delta > 0)) return best;
  for (const [place, order] of divergenceOrders().entries()) {
    const epsilon = divergences[place]! + Math.log1p(-1 / order) - (Math.log(delta) + Math.log(order)) / (order - 1);
    if (epsilon < best.epsilon) best = { epsilon: Math.max(0, epsilon), order };
  }
  return best;
}
