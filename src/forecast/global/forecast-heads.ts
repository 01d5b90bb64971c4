import { filled, type Pieces } from '../../internal/pieces.js';
import type { EmbeddingLoss } from '../../nn/embedding/losses/embedding-loss.js';
import { mean } from '../../statistics/moments.js';
import { excessVariance } from '../../statistics/negative-binomial.js';
import { emptyNumbers, type ForecastNumbers } from '../forecast-method.js';
import type { PeriodSales } from '../series/period-sales.js';
import { bounded, countLoss, mostExcess, mostLog } from './count-loss.js';
import { type Excess, writeVariances } from './excess.js';
import type { GlobalRows } from './global-rows.js';
import { quantileLoss, softplusOf } from './quantile-loss.js';

/** What a network says of a row: `'negativeBinomial'`, its mean and excess variance; `'quantiles'`, its mean and quantiles. */
export type ForecastHead = 'negativeBinomial' | 'quantiles';

/** How a head is learned and read. */
export interface HeadRules {
  /** Outputs of the network for a row. */
  readonly outputs: number;
  /** What the outputs are before anything is learned: the same for all rows, and right for them in the mean. */
  starts(rows: GlobalRows): Float32Array;
  /** Takes sales as labels and levels as weights. */
  readonly loss: EmbeddingLoss;
  /** Writes what the outputs of one row mean in their place, so that those of several networks may be averaged; the first stays. */
  read(outputs: Float64Array, from: number): void;
  /** Forecasts by what was read, `[N, outputs]`, of rows product by product and step by step. */
  numbers(
    sales: PeriodSales,
    rows: GlobalRows,
    read: Float64Array,
    horizon: number,
    excess: Excess,
  ): Pieces<ForecastNumbers>;
}

/** The quantiles that are learned: what stock is ordered up to lies among the high ones. */
const probabilities = [0.05, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99] as const;

/** The rules of a head. */
export function headRules(head: ForecastHead): HeadRules {
  return head === 'quantiles' ? quantileHead() : countHead();
}

function countHead(): HeadRules {
  return {
    outputs: 2,
    loss: countLoss(),
    starts: (rows) => {
      const { targets, levels } = sellingRows(rows);
      const log = logOfMean(targets);
      const sold = targets.map((target, row) => target * levels[row]!);
      const excess = excessVariance(
        sold,
        levels.map((level) => level * Math.exp(log)),
      );
      return Float32Array.of(log, Math.log(Math.max(0.01, Math.min(10, excess))));
    },
    read: () => {},
    *numbers(sales, rows, read, horizon, excess) {
      const numbers = yield* meansOf(sales, rows, read, 2, horizon);
      const ratios = excess.total.map((total) => (excess.single === 0 ? 1 : total / excess.single));
      yield* writeOwnVariances(numbers, read, ratios, horizon);
      return numbers;
    },
  };
}

// Variances by each row's own excess. Errors of a product's periods go together, by how much was measured on all products.
function* writeOwnVariances(
  { means, variances, totals }: ForecastNumbers,
  read: Float64Array,
  ratios: Float64Array,
  horizon: number,
): Pieces<void> {
  const excessAt = (cell: number) => Math.exp(bounded(read[2 * cell + 1]!, mostExcess));
  yield* filled(variances, (cell) => means[cell]! + excessAt(cell) * means[cell]! ** 2);
  let [sum, own] = [0, 0];
  yield* filled(totals, (cell) => {
    const step = cell % horizon;
    [sum, own] = step === 0 ? [means[cell]!, excessAt(cell)] : [sum + means[cell]!, own + excessAt(cell)];
    if (step === 0) return variances[cell]!;
    return Math.max(sum + ratios[step]! * (own / (step + 1)) * sum ** 2, totals[cell - 1]!);
  });
}

function quantileHead(): HeadRules {
  const width = 1 + probabilities.length;
  return {
    outputs: width,
    loss: quantileLoss(probabilities),
    starts: (rows) => {
      const { targets } = sellingRows(rows);
      const sorted = targets.slice().sort();
      const quantiles = probabilities.map((probability) => sorted[Math.floor(probability * sorted.length)]!);
      const gaps = quantiles.map((each, place) => each - (place === 0 ? 0 : quantiles[place - 1]!));
      return Float32Array.of(logOfMean(targets), ...gaps.map(softplusFor));
    },
    read: (outputs, from) => {
      let sum = 0;
      for (let at = from + 1; at < from + width; at += 1) {
        sum += softplusOf(outputs[at]!);
        outputs[at] = sum;
      }
    },
    *numbers(sales, rows, read, horizon, excess) {
      const numbers = yield* meansOf(sales, rows, read, width, horizon);
      yield* writeVariances(numbers, excess, horizon);
      const values = yield* filled(new Float64Array(numbers.means.length * probabilities.length), (at) => {
        const [cell, place] = [Math.floor(at / probabilities.length), at % probabilities.length];
        if (numbers.tooShort[Math.floor(cell / horizon)]) return 0;
        return rows.levels[cell]! * read[cell * width + 1 + place]!;
      });
      return { ...numbers, quantiles: { probabilities, values } };
    },
  };
}

/** Rows that starts are taken from: enough to be right in the mean, and quickly looked through. */
const starting = 2 ** 14;

// Rows of what sells, from all over: a level of next to nothing makes ratios of any size. All of them where nothing does.
function sellingRows(rows: GlobalRows): { readonly targets: Float64Array; readonly levels: Float64Array } {
  const apart = Math.max(1, rows.levels.length / starting);
  const some = (values: Float64Array) =>
    Float64Array.from({ length: Math.floor(values.length / apart) }, (_, place) => values[Math.floor(place * apart)]!);
  const [targets, levels] = [some(rows.targets), some(rows.levels)];
  const isSelling = (_: number, row: number) => levels[row]! > 0.5;
  if (!levels.some((level) => level > 0.5)) return { targets, levels };
  return { targets: targets.filter(isSelling), levels: levels.filter((level) => level > 0.5) };
}

function logOfMean(targets: Float64Array): number {
  return Math.log(Math.max(0.01, Math.min(10, mean(targets))));
}

// What softplus makes such a gap of; of a gap of 0 a small one.
function softplusFor(gap: number): number {
  return Math.log(Math.expm1(Math.max(0.02, gap)));
}

function* meansOf(
  sales: PeriodSales,
  { levels }: GlobalRows,
  read: Float64Array,
  width: number,
  horizon: number,
): Pieces<ForecastNumbers> {
  const numbers = emptyNumbers(sales.products.size, horizon);
  yield* filled(numbers.means, (cell) => {
    const place = Math.floor(cell / horizon);
    const isKnown = sales.onSale[place]! < sales.periods;
    if (!isKnown) numbers.tooShort[place] = 1;
    return isKnown ? levels[cell]! * Math.exp(bounded(read[cell * width]!, mostLog)) : 0;
  });
  return numbers;
}
