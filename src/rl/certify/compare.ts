import { describe } from '../../internal/describe.js';
import type { Certificate, CertificateRow, Gap } from './certificate.js';
import { exactly, type Interval, intervalOf } from './interval.js';
import type { ServiceReport } from './play.js';

/** What is known of one policy. */
export interface Contender {
  readonly name: string;
  /** Mean reward of a step, episode by episode; empty where nothing was simulated. */
  readonly rewards: readonly number[];
  /** Long-run average reward. */
  readonly exact?: number;
  readonly service?: ServiceReport;
}

type Comparison = Pick<
  Certificate,
  'measure' | 'policy' | 'rivals' | 'best' | 'gapToBest' | 'optimum' | 'gapToOptimum'
>;

/**
 * Sets the first contender beside the others. `optimum` is a reward, as everything in contenders.
 *
 * @throws Error when one of them is better than the optimum: then a model or a solver is wrong, and nothing it says holds.
 */
export function compare(
  [first, ...others]: readonly Contender[],
  measure: Certificate['measure'],
  optimum?: number,
): Comparison {
  if (optimum !== undefined) for (const each of [first!, ...others]) requireWithin(each, optimum);
  const sign = measure === 'cost per period' ? -1 : 1;
  const rowOf = ({ name, rewards, exact, service }: Contender): CertificateRow => ({
    name,
    value: rewards.length > 0 ? intervalOf(rewards.map((each) => sign * each)) : exactly(sign * exact!),
    ...(exact !== undefined && { exact: sign * exact }),
    ...(service && { service }),
  });
  const differs = (other: Contender): Interval =>
    first!.rewards.length > 0 && other.rewards.length > 0
      ? intervalOf(first!.rewards.map((each, episode) => sign * (each - other.rewards[episode]!)))
      : exactly(sign * (rewardOf(first!) - rewardOf(other)));
  const rivals = others.map((other) => ({ ...rowOf(other), difference: differs(other) }));
  const best = others.reduce((top, other, place) => (rewardOf(other) > rewardOf(others[top]!) ? place : top), 0);
  const gap = optimum === undefined ? undefined : gapToOptimum(first!, optimum);
  return {
    measure,
    policy: rowOf(first!),
    rivals,
    ...(others.length > 0 && { best: rivals[best]!, gapToBest: gapTo(first!, others[best]!) }),
    ...(optimum !== undefined && { optimum: sign * optimum }),
    ...(gap && { gapToOptimum: gap }),
  };
}

// Both are known to eight digits.
function requireWithin({ name, exact }: Contender, optimum: number): void {
  if (exact === undefined || exact <= optimum + 1e-6 * Math.max(1, Math.abs(optimum))) return;
  throw new Error(
    `certifyPolicy: the optimum must not be beaten, received a reward of ${exact} of ${describe(name)} and ${optimum} of the ` +
      'optimum. The model gives other answers when it is asked again, or minimart is wrong: please report it.',
  );
}

function rewardOf({ exact, rewards }: Contender): number {
  return exact ?? intervalOf(rewards).mean;
}

// Exact where both are, and otherwise from the same episodes.
function gapTo(first: Contender, other: Contender): Gap {
  if (first.exact !== undefined && other.exact !== undefined)
    return gapOf(exactly(other.exact - first.exact), other.exact);
  const differences = intervalOf(first.rewards.map((each, episode) => other.rewards[episode]! - each));
  return gapOf(differences, intervalOf(other.rewards).mean);
}

function gapToOptimum(first: Contender, optimum: number): Gap | undefined {
  if (first.exact !== undefined) return gapOf(exactly(Math.max(0, optimum - first.exact)), optimum);
  const shortfall = intervalOf(first.rewards.map((each) => optimum - each));
  return shortfall.upper < 0 ? undefined : gapOf(shortfall, optimum);
}

// A share of next to nothing says nothing.
function gapOf({ mean, lower, upper }: Interval, base: number): Gap {
  const size = Math.abs(base);
  if (size === 0 || size < 1e-6 * Math.abs(mean)) return { mean, lower, upper, unit: 'absolute' };
  const [percent, low, high] = [mean, lower, upper].map((each) => (100 * each) / size) as [number, number, number];
  return { mean: percent, lower: low, upper: high, unit: 'percent' };
}
