import type { Outcome } from '../harness/run-rounds.js';
import { median, shown } from '../harness/statistics.js';
import { table } from '../harness/table.js';

type Clock = 'clock' | 'processor';

const head = ['contender', 'ms (min – max)', 'processor ms', 'over ours', 'over ours, processor'];

/** A line per contender: medians of all its steps, and the median over rounds of its time over that of `base`. */
export function reportRatios(outcomes: readonly Outcome[], base: string): string {
  const ours = outcomes.find(({ contender }) => contender.name === base);
  return table(
    head,
    outcomes.map((outcome) => line(outcome, ours)),
  );
}

function line(outcome: Outcome, ours: Outcome | undefined): string[] {
  const { contender, failure } = outcome;
  if (failure) return [contender.name, failure, '', '', ''];
  const clock = allSteps(outcome, 'clock');
  return [
    contender.name,
    `${shown(median(clock))} (${shown(Math.min(...clock))} – ${shown(Math.max(...clock))})`,
    shown(median(allSteps(outcome, 'processor'))),
    ratio(outcome, ours, 'clock'),
    ratio(outcome, ours, 'processor'),
  ];
}

function allSteps({ measurements }: Outcome, clock: Clock): number[] {
  return measurements.flatMap(({ series }) => series[clock] ?? []);
}

function ratio(outcome: Outcome, ours: Outcome | undefined, clock: Clock): string {
  if (!ours || ours.failure) return '–';
  const rounds = outcome.measurements.map(({ series }, round) => {
    const base = ours.measurements[round];
    return base ? median(series[clock] ?? []) / median(base.series[clock] ?? []) : Number.NaN;
  });
  return `${shown(median(rounds))}x`;
}
