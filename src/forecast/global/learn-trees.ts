import { filled, piecemeal } from '../../internal/pieces.js';
import { refuse } from '../../internal/require.js';
import { createRng } from '../../random/rng.js';
import { type BoostedTrees, growTrees, scoreRows } from '../../trees/boosted-trees.js';
import { learnedGround } from '../learned/learned-ground.js';
import type { LearnedTrees } from '../learned/learned-trees.js';
import type { PeriodSales } from '../series/period-sales.js';
import { excessOf } from './excess.js';
import { type GlobalRows, globalRows, leastRows, placesAt, placesBefore } from './global-rows.js';
import { levelPoisson, levelPoissonLoss } from './level-poisson-loss.js';
import { type KnownAhead, salesFeatures } from './sales-features.js';

/** Options of `boostedForecast`, with all that has a default. */
interface TreeSettings {
  readonly season: number | undefined;
  readonly rounds: number;
  readonly rows: number;
  readonly seed: number;
  readonly known: KnownAhead;
}

const rules = { leaves: 16, leastRows: 50, learningRate: 0.05, penalty: 1 };

/** Learns trees of all products: first how many are best, on periods that were held out, then from all. */
export async function learnTrees(
  sales: PeriodSales,
  { horizon, pause }: { readonly horizon: number; readonly pause: () => Promise<void> },
  { season, rounds, rows, seed, known }: TreeSettings,
): Promise<LearnedTrees> {
  const split = sales.periods - horizon;
  const placesTo = (end: number) =>
    placesBefore(sales, horizon, end, { most: rows, rng: createRng(seed).stream('rows'), pause });
  const places = await placesTo(split);
  if (split < 8 || places.length < leastRows) {
    const rule = `have ${horizon + 8} periods and ${leastRows} rows to learn from`;
    refuse('boostedForecast', 'sales', rule, places.length);
  }
  const features = salesFeatures(sales, known, season);
  const grown = ({ columns, targets, levels }: GlobalRows, most: number) =>
    growTrees(columns, targets, { loss: levelPoissonLoss(levels), rounds: most, ...rules }, pause);
  const trial = await grown(await globalRows(sales, features, places, pause), rounds);
  const later = await globalRows(sales, features, await placesAt(sales, horizon, split, pause), pause);
  const { best, scores } = await bestRounds(trial, later, pause);
  const excess = await piecemeal(excessOf(sales, later, scores, horizon, split), pause);
  const trees = await grown(await globalRows(sales, features, await placesTo(sales.periods), pause), best);
  return { ground: learnedGround(sales, horizon, { known, season, excess }), trees };
}

// How many trees are best for rows that lie later, and their scores by so many.
async function bestRounds({ starts, trees }: BoostedTrees, rows: GlobalRows, pause: () => Promise<void>) {
  const scores = new Float64Array(rows.targets.length).fill(starts[0]!);
  let [best, least, bestScores] = [1, Number.POSITIVE_INFINITY, scores.slice()];
  for (const [round, tree] of trees[0]!.entries()) {
    const [added] = await scoreRows({ starts: [0], trees: [[tree]] }, rows.columns, pause);
    await piecemeal(
      filled(scores, (row) => scores[row]! + added![row]!),
      pause,
    );
    const loss = await piecemeal(levelPoisson(scores, rows.targets, rows.levels), pause);
    if (loss < least) [best, least, bestScores] = [round + 1, loss, scores.slice()];
  }
  return { best, scores: bestScores };
}
