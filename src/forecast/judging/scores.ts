import type { Forecast, ForecastCells } from '../forecast.js';
import { type PeriodSales, seriesAt } from '../series/period-sales.js';

/** What forecasts of one product were worth, before they are divided by its scales. */
export interface ProductScore {
  /** Root of the mean squared scaled error. */
  readonly rmsse: number;
  /** Mean absolute scaled error. */
  readonly mase: number;
  /** Scaled pinball loss, mean over levels and periods. */
  readonly pinball: number;
  /** Share of the periods within the lowest and the highest level. */
  readonly coverage: number;
  /** Mean error over the scale: above 0 where too much was forecast. */
  readonly bias: number;
}

/** The names of what is scored. */
export const scoreNames = ['rmsse', 'mase', 'pinball', 'coverage', 'bias'] as const;

/** How much a product varied from one period to the next before the forecast: what errors are divided by. */
export interface Scales {
  /** Root of the mean squared difference of neighbours. */
  readonly root: number;
  /** Mean absolute difference of neighbours. */
  readonly absolute: number;
}

/** The scales of a series; nothing where it has fewer than two periods or never varied. */
export function scalesOf(series: Float64Array): Scales | undefined {
  const differences = series.subarray(1).map((value, at) => Math.abs(value - series[at]!));
  const absolute = differences.reduce((sum, difference) => sum + difference, 0) / differences.length;
  if (!(absolute > 0)) return undefined;
  // Squares of shares: those of tiny amounts vanish.
  const squares = differences.reduce((sum, difference) => sum + (difference / absolute) ** 2, 0);
  return { root: absolute * Math.sqrt(squares / differences.length), absolute };
}

/** Pinball loss of a quantile at a level: what is missed above counts by the level, below by the rest. */
export function pinballLoss(quantile: number, actual: number, level: number): number {
  return actual >= quantile ? level * (actual - quantile) : (1 - level) * (quantile - actual);
}

/** Scores the forecast of one product by what was sold then. */
export function scoreProduct(
  forecast: Forecast & ForecastCells,
  place: number,
  actual: Float64Array,
  { root, absolute }: Scales,
  levels: readonly number[],
): ProductScore {
  let [squares, absolutes, pinballs, covered, bias] = [0, 0, 0, 0, 0];
  for (const [step, value] of actual.entries()) {
    const error = forecast.means[place * forecast.horizon + step]! - value;
    squares += (error / root) ** 2;
    absolutes += Math.abs(error);
    bias += error;
    const quantiles = forecast.quantilesAt(place, step, levels);
    for (const [own, level] of levels.entries()) pinballs += pinballLoss(quantiles[own]!, value, level);
    if (value >= quantiles[0]! && value <= quantiles.at(-1)!) covered += 1;
  }
  const count = actual.length;
  return {
    rmsse: Math.sqrt(squares / count),
    mase: absolutes / count / absolute,
    pinball: pinballs / count / levels.length / absolute,
    coverage: covered / count,
    bias: bias / count / absolute,
  };
}

/** What one product sold in the periods behind an origin. */
export function actualAt(sales: PeriodSales, place: number, origin: number, horizon: number): Float64Array {
  const from = place * sales.periods + origin;
  return sales.sales.subarray(from, from + horizon);
}

/** The scales of all products at an origin; nothing of those that cannot be scored. */
export function scalesAt(known: PeriodSales): (Scales | undefined)[] {
  return Array.from({ length: known.products.size }, (_, place) => scalesOf(seriesAt(known, place)));
}
