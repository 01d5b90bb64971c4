/** Mean units asked for in a period at a price: a finite number >= 0. */
export type PriceResponse = (
  price: number,
  market: {
    /** Periods since the season began; 0 where there is no season. */
    readonly period: number;
    /** The competitors' price now. Default: there are none. */
    readonly competitor?: number;
    /** The mean of the prices that customers remember. Default: they remember none. */
    readonly reference?: number;
  },
) => number;

/** Rules of selling one product at prices of one's own. */
export interface PricingOptions {
  /** The prices to choose from, each >= 0: action `i` asks `prices[i]`. */
  readonly prices: readonly number[];
  /** How demand answers to the price. Demand itself is Poisson with this mean. */
  readonly demand: PriceResponse;
  /** What a unit sold costs, >= 0. Default 0. */
  readonly unitCost?: number;
  /** A competitors' price that moves by itself. Default: none. */
  readonly competitors?: {
    /** The prices it can have. */
    readonly prices: readonly number[];
    /** Row `i`: probabilities of each price in the next period when it is `prices[i]` now; each row sums to 1. */
    readonly transitions: readonly (readonly number[])[];
  };
  /** How many past prices customers remember, 0 to 8. Default 0. */
  readonly remembered?: number;
  /** Whether a price that was lowered stays so: the next may then be the last or lower, and `prices` must rise. Default false. */
  readonly markdown?: boolean;
  /** Units to sell until the season ends, >= 1. Default: as many as are asked for, with no end. */
  readonly stock?: number;
  /** What a unit left at the end of the season brings, >= 0. Default 0. */
  readonly salvage?: number;
  /** Periods of the season, or, without `stock`, of an episode, which is then cut off. Default 1000; a season needs it. */
  readonly horizon?: number;
}
