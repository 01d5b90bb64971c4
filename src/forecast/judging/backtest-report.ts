import type { Id } from '../../data/vocabulary.js';
import type { Estimate } from '../../statistics/estimate.js';

/** How far one method was off: means over products, with Student's 95% interval over these. */
export interface MethodScores {
  /** The method. */
  readonly method: string;
  /** Root of the mean squared error over that of the naive forecast one period ahead, within the history. What a mean is judged by. */
  readonly rmsse: Required<Estimate>;
  /** The method's RMSSE less that of the forecast of 0, product by product. Below 0 it is worth something. */
  readonly lessZero: Required<Estimate>;
  /** Mean absolute error over that of the naive forecast: the median wins it, which is 0 of what seldom sells. */
  readonly mase: Required<Estimate>;
  /** Pinball loss of the quantiles over the mean absolute error of the naive forecast. What a distribution is judged by. */
  readonly pinball: Required<Estimate>;
  /** Share of the periods within the lowest and the highest level. Of whole numbers it lies above what the levels say. */
  readonly coverage: Required<Estimate>;
  /** Mean error over that of the naive forecast; above 0 where too much was forecast. */
  readonly bias: Required<Estimate>;
  /** Forecasts of products whose history was too short for the method, by something simpler. */
  readonly tooShort: number;
}

/** What {@link backtest} found. */
export interface Backtest {
  /** The forecast of 0, then the methods in the order given. */
  readonly methods: readonly MethodScores[];
  /** Products that were scored. */
  readonly products: number;
  /** The origins, as periods that were known there. */
  readonly origins: readonly number[];
  /** Products that were not scored: never on sale before an origin, or without any change in what they sold until then. */
  readonly unscored: readonly Id[];
  /** All of it as a table to print. */
  readonly table: string;
}
