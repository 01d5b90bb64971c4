import type { Estimate } from '../../statistics/estimate.js';

/** What orders by one forecast cost. */
export interface MethodCosts {
  /** The method; `'sums that were'` is the rule without a forecast. */
  readonly method: string;
  /** Mean cost of a product in a period, with Student's 95% interval over products. */
  readonly cost: Required<Estimate>;
  /** Less than the rule without a forecast, product by product; 0 in its own row. Below 0 the forecast is worth something. */
  readonly difference: Required<Estimate>;
  /** Share of the pieces asked for that were there. */
  readonly fillRate: number;
  /** Pieces in stock at the end of a period, mean over products and periods. */
  readonly held: number;
}

/** What {@link forecastCosts} found. */
export interface ForecastCosts {
  /** The rule without a forecast, then the methods in the order given. */
  readonly methods: readonly MethodCosts[];
  /** Products that were played: those on sale before the first period. */
  readonly products: number;
  /** Periods that counted. */
  readonly periods: number;
  /** The probability with which stock shall last: penalty / (penalty + holding). */
  readonly ratio: number;
  /** All of it as a table to print. */
  readonly table: string;
}
