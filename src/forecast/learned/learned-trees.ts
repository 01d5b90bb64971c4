import { filled, type Pieces, piecemeal } from '../../internal/pieces.js';
import { type BoostedTrees, scoreRows } from '../../trees/boosted-trees.js';
import { emptyNumbers, type ForecastNumbers } from '../forecast-method.js';
import { excessAmong, writeVariances } from '../global/excess.js';
import { type GlobalRows, globalRows, placesAt } from '../global/global-rows.js';
import type { PeriodSales } from '../series/period-sales.js';
import { featuresOf, type LearnedGround, markUnknown, productCodes, requireFits } from './learned-ground.js';
import type { SavedForecastMethod } from './learned-method.js';

/** Trees of all products. */
export interface LearnedTrees {
  readonly ground: LearnedGround;
  /** Of one score. */
  readonly trees: BoostedTrees;
}

/** What reports call them. */
export const treesName = 'boosted trees';

/** The method that forecasts by trees as they are. */
export function treesMethod(learned: LearnedTrees): SavedForecastMethod {
  const { ground, trees } = learned;
  return {
    name: treesName,
    horizon: ground.horizon,
    products: ground.products,
    forecast: (sales, work) => forecastByTrees(learned, sales, work),
    state: () => ({ kind: 'trees', ground, description: { start: trees.starts[0] }, tensors: treeTensors(trees) }),
  };
}

async function forecastByTrees(
  { ground, trees }: LearnedTrees,
  sales: PeriodSales,
  { horizon, pause }: { readonly horizon: number; readonly pause: () => Promise<void> },
): Promise<ForecastNumbers> {
  requireFits('boostedForecast', sales, horizon, ground);
  const places = await placesAt(sales, horizon, sales.periods, pause);
  const ahead = await globalRows(sales, featuresOf(sales, ground), places, pause);
  const [logs] = await scoreRows(trees, ahead.columns, pause);
  const numbers = await piecemeal(numbersOf(sales, ahead, logs!, horizon), pause);
  const excess = await piecemeal(excessAmong(sales, ground.excess), pause);
  await piecemeal(writeVariances(numbers, excess, horizon), pause);
  markUnknown(numbers.tooShort, productCodes(sales, ground), ground);
  return numbers;
}

function* numbersOf(
  sales: PeriodSales,
  { levels }: GlobalRows,
  logs: Float64Array,
  horizon: number,
): Pieces<ForecastNumbers> {
  const numbers = emptyNumbers(sales.products.size, horizon);
  yield* filled(numbers.means, (cell) => {
    const place = Math.floor(cell / horizon);
    const isKnown = sales.onSale[place]! < sales.periods;
    if (!isKnown) numbers.tooShort[place] = 1;
    return isKnown ? levels[cell]! * Math.exp(logs[cell]!) : 0;
  });
  return numbers;
}

/** Trees as arrays: the nodes of all of them one behind the other, children by their place in their tree. */
function treeTensors({ trees }: BoostedTrees) {
  const nodes = trees[0]!.flat();
  const shape = [nodes.length];
  const ends = new Uint32Array(trees[0]!.length + 1);
  for (const [place, tree] of trees[0]!.entries()) ends[place + 1] = ends[place]! + tree.length;
  return {
    offsets: { shape: [ends.length], values: ends },
    left: { shape, values: Int32Array.from(nodes, ({ left }) => left) },
    right: { shape, values: Int32Array.from(nodes, ({ right }) => right) },
    columns: { shape, values: Int32Array.from(nodes, ({ column }) => column) },
    // Above the last edge lies nothing but what is missing: a file holds finite numbers.
    edges: { shape, values: Float64Array.from(nodes, ({ edge }) => Math.min(edge, Number.MAX_VALUE)) },
    missing: { shape, values: Uint8Array.from(nodes, ({ missingLeft }) => (missingLeft ? 1 : 0)) },
    values: { shape, values: Float64Array.from(nodes, ({ value }) => value) },
  };
}
