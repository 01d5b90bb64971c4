import { mean, median } from '../../../statistics/moments.js';
import type { GanReport } from '../gan-observer.js';
import type { CurveNumbers } from './examination.js';

/** Sums up the reports since the last examination, at least one. */
export function curveNumbers(reports: readonly GanReport[]): CurveNumbers {
  const realScores = reports.map(({ realScore }) => realScore);
  const fakeScores = reports.map(({ fakeScore }) => fakeScore);
  const sizes = reports.map(({ losses }) => Math.max(Math.abs(losses.discriminator), Math.abs(losses.generator)));
  return {
    realScore: mean(realScores),
    fakeScore: mean(fakeScores),
    scoreSwing: Math.max(swing(realScores), swing(fakeScores)),
    lossSize: median(sizes),
  };
}

function swing(values: readonly number[]): number {
  if (values.length < 2) return 0;
  return mean(values.slice(1).map((value, index) => Math.abs(value - values[index]!)));
}
