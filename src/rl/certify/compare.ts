import type { Certificate, CertificateRow } from './certificate.js';
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

/** Sets the first contender beside the others. `optimum` is a reward, as everything in contenders. */
export function compare(
  [first, ...others]: readonly Contender[],
  measure: Certificate['measure'],
  optimum?: number,
): Comparison {
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
  return {
    measure,
    policy: rowOf(first!),
    rivals,
    ...(others.length > 0 && { best: rivals[best]!, gapToBest: gapTo(first!, others[best]!) }),
    ...(optimum !== undefined && { optimum: sign * optimum, gapToOptimum: gapToOptimum(first!, optimum) }),
  };
}

function rewardOf({ exact, rewards }: Contender): number {
  return exact ?? intervalOf(rewards).mean;
}

// Exact where both are, and otherwise from the same episodes.
function gapTo(first: Contender, other: Contender): Interval {
  if (first.exact !== undefined && other.exact !== undefined) return exactly(percentBelow(first.exact, other.exact));
  const base = intervalOf(other.rewards).mean;
  return intervalOf(first.rewards.map((each, episode) => (100 * (other.rewards[episode]! - each)) / Math.abs(base)));
}

function gapToOptimum(first: Contender, optimum: number): Interval {
  if (first.exact !== undefined) return exactly(percentBelow(first.exact, optimum));
  return intervalOf(first.rewards.map((each) => percentBelow(each, optimum)));
}

function percentBelow(reward: number, other: number): number {
  return (100 * (other - reward)) / Math.abs(other);
}
