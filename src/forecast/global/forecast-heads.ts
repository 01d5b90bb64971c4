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
  numbers(sales: PeriodSales, rows: GlobalRows, read: Float64Array, horizon: number, excess: Excess): ForecastNumbers;
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
    numbers: (sales, rows, read, horizon, excess) => {
      const numbers = meansOf(sales, rows, read, 2, horizon);
      const ratios = excess.total.map((total) => (excess.single === 0 ? 1 : total / excess.single));
      writeOwnVariances(numbers, read, ratios, horizon);
      return numbers;
    },
  };
}

// Variances by each row's own excess. Errors of a product's periods go together, by how much was measured on all products.
function writeOwnVariances(
  { means, variances, totals }: ForecastNumbers,
  read: Float64Array,
  ratios: Float64Array,
  horizon: number,
): void {
  let [sum, own] = [0, 0];
  for (let cell = 0; cell < means.length; cell += 1) {
    const step = cell % horizon;
    const excess = Math.exp(bounded(read[2 * cell + 1]!, mostExcess));
    [sum, own] = step === 0 ? [means[cell]!, excess] : [sum + means[cell]!, own + excess];
    variances[cell] = means[cell]! + excess * means[cell]! ** 2;
    const total = step === 0 ? variances[cell]! : sum + ratios[step]! * (own / (step + 1)) * sum ** 2;
    totals[cell] = Math.max(total, step === 0 ? 0 : totals[cell - 1]!);
  }
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
    numbers: (sales, rows, read, horizon, excess) => {
      const numbers = meansOf(sales, rows, read, width, horizon);
      writeVariances(numbers, excess, horizon);
      const values = new Float64Array(numbers.means.length * probabilities.length);
      for (let at = 0; at < values.length; at += 1) {
        const [cell, place] = [Math.floor(at / probabilities.length), at % probabilities.length];
        if (numbers.tooShort[Math.floor(cell / horizon)]) continue;
        values[at] = rows.levels[cell]! * read[cell * width + 1 + place]!;
      }
      return { ...numbers, quantiles: { probabilities, values } };
    },
  };
}

// Rows of what sells: a level of next to nothing makes ratios of any size. All of them where nothing does.
function sellingRows({ targets, levels }: GlobalRows): {
  readonly targets: Float64Array;
  readonly levels: Float64Array;
} {
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

function meansOf(
  sales: PeriodSales,
  { levels }: GlobalRows,
  read: Float64Array,
  width: number,
  horizon: number,
): ForecastNumbers {
  const numbers = emptyNumbers(sales.products.size, horizon);
  for (let cell = 0; cell < levels.length; cell += 1) {
    const place = Math.floor(cell / horizon);
    const isKnown = sales.onSale[place]! < sales.periods;
    const log = bounded(read[cell * width]!, mostLog);
    numbers.means[cell] = isKnown ? levels[cell]! * Math.exp(log) : 0;
    if (!isKnown) numbers.tooShort[place] = 1;
  }
  return numbers;
}
