import { describe } from '../../internal/describe.js';
import { type Estimate, exactEstimate, meanEstimate } from '../../statistics/estimate.js';
import { mean } from '../../statistics/moments.js';
import type { Certificate, CertificateRow, Gap } from './certificate.js';
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
    ...(rewards.length > 0 ? meanEstimate(rewards.map((each) => sign * each)) : exactEstimate(sign * exact!)),
    ...(exact !== undefined && { exact: sign * exact }),
    ...(service && { service }),
  });
  const differs = (other: Contender): Required<Estimate> =>
    first!.rewards.length > 0 && other.rewards.length > 0
      ? meanEstimate(first!.rewards.map((each, episode) => sign * (each - other.rewards[episode]!)))
      : exactEstimate(sign * (rewardOf(first!) - rewardOf(other)));
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
    `certify: the optimum must not be beaten, received a reward of ${exact} of ${describe(name)} and ${optimum} of the ` +
      'optimum. The model gives other answers when it is asked again, or minimart is wrong: please report it.',
  );
}

function rewardOf({ exact, rewards }: Contender): number {
  return exact ?? mean(rewards);
}

// Exact where both are, and otherwise from the same episodes.
function gapTo(first: Contender, other: Contender): Gap {
  if (first.exact !== undefined && other.exact !== undefined)
    return gapOf(exactEstimate(other.exact - first.exact), other.exact);
  const differences = meanEstimate(first.rewards.map((each, episode) => other.rewards[episode]! - each));
  return gapOf(differences, mean(other.rewards));
}

function gapToOptimum(first: Contender, optimum: number): Gap | undefined {
  if (first.exact !== undefined) return gapOf(exactEstimate(Math.max(0, optimum - first.exact)), optimum);
  const shortfall = meanEstimate(first.rewards.map((each) => optimum - each));
  return shortfall.interval[1] < 0 ? undefined : gapOf(shortfall, optimum);
}

// A share of next to nothing says nothing.
function gapOf({ value, interval }: Required<Estimate>, base: number): Gap {
  const size = Math.abs(base);
  if (size === 0 || size < 1e-6 * Math.abs(value)) return { value, interval, unit: 'absolute' };
  const percent = (each: number) => (100 * each) / size;
  return { value: percent(value), interval: [percent(interval[0]), percent(interval[1])], unit: 'percent' };
}
