import { type Estimate, type Interval, meanEstimate } from '../../../statistics/estimate.js';
import type { VerdictName, VerdictScore } from './table-verdict.js';

/** A score of one virtual table. */
export interface MeasuredScore {
  readonly name: VerdictName;
  readonly best: 'higher' | 'lower';
  readonly virtual: Estimate;
  readonly real: Estimate;
  readonly constant?: number;
}

/** Scores of several virtual tables as one: each run holds the same, in the same order. */
export function combineRuns(runs: readonly (readonly MeasuredScore[])[]): VerdictScore[] {
  return runs[0]!.map((first, place) => {
    const all = runs.map((run) => run[place]!);
    const [virtual, real] = [estimateOf(all.map((one) => one.virtual)), estimateOf(all.map((one) => one.real))];
    const constants = all.flatMap(({ constant }) => (constant === undefined ? [] : [constant]));
    return {
      ...first,
      virtual,
      real,
      ...(constants.length > 0 && { constant: meanEstimate(constants).value }),
      verdict: verdictOf(first.best, differenceOf(all)),
    };
  });
}

function estimateOf(estimates: readonly Estimate[]): Estimate {
  return estimates.length === 1 ? estimates[0]! : meanEstimate(estimates.map(({ value }) => value));
}

// Of several tables as pairs: what a seed does to both is no difference. Of one as if both were independent.
function differenceOf(all: readonly MeasuredScore[]): Interval | undefined {
  if (all.length > 1) return meanEstimate(all.map(({ virtual, real }) => virtual.value - real.value)).interval;
  const [{ virtual, real }] = all as readonly [MeasuredScore];
  if (!virtual.interval || !real.interval) return undefined;
  const difference = virtual.value - real.value;
  const reach = Math.hypot(halfWidth(virtual.interval), halfWidth(real.interval));
  return [difference - reach, difference + reach];
}

function halfWidth([low, high]: Interval): number {
  return (high - low) / 2;
}

function verdictOf(best: 'higher' | 'lower', difference: Interval | undefined): VerdictScore['verdict'] {
  if (!difference) return 'not said';
  const [low, high] = best === 'higher' ? difference : [-difference[1], -difference[0]];
  return low > 0 ? 'better' : high < 0 ? 'worse' : 'as good';
}
