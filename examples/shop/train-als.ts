import { evaluateRanking, type Interactions, type Recommender, trainImplicitAls } from 'minimart';
import { createProgressBar } from '../shared/progress-bar.js';
import type { OrderSplit } from './split-orders.js';

/** What is tried; the best on the validation days is trained again on everything before the test. */
const grid = [
  { regularization: 0.01, unobservedWeight: 0.1 },
  { regularization: 0.01, unobservedWeight: 0.3 },
  { regularization: 0.03, unobservedWeight: 0.1 },
  { regularization: 0.03, unobservedWeight: 0.3 },
] as const;

/** A trained recommender and what to say of it. */
export interface Trained {
  readonly recommender: Recommender;
  /** How it was made, in a line. */
  readonly note: string;
  readonly seconds: number;
}

/** Implicit ALS with its two weights chosen on the validation days. */
export async function trainAls(
  { fit, validation, train }: OrderSplit,
  seed: number,
  signal: AbortSignal,
): Promise<Trained> {
  const started = performance.now();
  const bar = createProgressBar('implicit ALS    ');
  const common = { factors: 16, epochs: 8, seed, signal };
  let best: { readonly value: number; readonly setting: (typeof grid)[number] } = { value: -1, setting: grid[0] };
  for (const [tried, setting] of grid.entries()) {
    const value = await ndcg(
      (await trainImplicitAls({ interactions: fit, ...common, ...setting })).recommender,
      fit,
      validation,
    );
    if (value > best.value) best = { value, setting };
    bar.show(tried + 1, grid.length + 1, `validation NDCG@10 ${value.toFixed(4)}`);
  }
  const { recommender } = await trainImplicitAls({ interactions: train, ...common, ...best.setting });
  bar.show(grid.length + 1, grid.length + 1, `validation NDCG@10 ${best.value.toFixed(4)}`);
  bar.stop();
  const { regularization, unobservedWeight } = best.setting;
  const note = `${common.factors} factors, ${common.epochs} epochs, regularization ${regularization}, unobserved weight ${unobservedWeight}, chosen of ${grid.length} on the validation days`;
  return { recommender, note, seconds: (performance.now() - started) / 1000 };
}

/** NDCG@10 of items that are new to their users, against all other items. */
export async function ndcg(recommender: Recommender, train: Interactions, test: Interactions): Promise<number> {
  const options = { exclude: 'seen', metrics: ['ndcg'], baseline: null, resamples: 0 } as const;
  const report = await evaluateRanking(recommender, { ...options, train, test });
  return report.metrics.ndcg!.value;
}
