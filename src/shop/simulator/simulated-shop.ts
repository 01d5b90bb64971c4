import type { ShopSettings } from './shop-options.js';

/** Orders, and what truly lies beneath them. Plain typed arrays: do not write into them. */
export interface SimulatedShop {
  /** The options, defaults filled in. */
  readonly settings: ShopSettings;
  /** What the shop wrote down, one row for each order line and each return, oldest first. Rows of one order stand together. */
  readonly orders: {
    /** Number of rows, N. */
    readonly length: number;
    /** `[N]`: number of the order, ascending; a return has a number of its own. */
    readonly orderNumbers: Int32Array;
    /** `[N]`. */
    readonly userIndices: Int32Array;
    /** `[N]`. */
    readonly itemIndices: Int32Array;
    /** `[N]`: pieces; negative for a return. */
    readonly quantities: Int32Array;
    /** `[N]`: price of one piece in whole cents / 100; a return has the price that was paid. */
    readonly unitPrices: Float64Array;
    /** `[N]`: milliseconds since 1970-01-01 UTC. */
    readonly times: Float64Array;
    /** `[N]`: -1, or for a return the row that it takes back as a whole. */
    readonly returnOf: Int32Array;
  };
  /** Everything from here on is the truth, which a shop does not know: the users and what truly holds for them, each column `[U]`. */
  readonly users: {
    /** Such as `U00017`. */
    readonly ids: readonly string[];
    /** Index of the country in the settings. */
    readonly countries: Int32Array;
    /** `[U, D]`, row-major: the latent preferences. */
    readonly tastes: Float32Array;
    /** `sum over i of exp(popularity_i + taste . style_i)`: makes the choice probabilities sum to 1. */
    readonly normalizers: Float64Array;
    /** Expected visits a day in a mean season. */
    readonly visitRates: Float64Array;
    /** Expected order lines of a visit at list prices, without season or promotion. */
    readonly basketSizes: Float64Array;
    /** Factor of the quantity above 1: 1 for most, more for those who buy for a shop of their own. */
    readonly bulkFactors: Float64Array;
    /** First day on which the user may visit; 0 for those who were there before. */
    readonly joinDays: Int32Array;
    /** First day on which the user visits no more, beyond the last day for those who are still there at the end. */
    readonly churnDays: Int32Array;
  };
  /** The items and what truly holds for them, each column `[I]`. */
  readonly items: {
    /** Such as `P0017`. */
    readonly ids: readonly string[];
    /** Index of the category. */
    readonly categories: Int32Array;
    /** `[I, D]`, row-major, unit length: what tastes are matched with. */
    readonly styles: Float32Array;
    /** Logarithm of the popularity; a user without tastes chooses by `exp` of it. */
    readonly popularities: Float64Array;
    /** Price at which the demand is the base demand, in whole cents. */
    readonly listPrices: Float64Array;
    /** Exponent of price over list price in the demand. */
    readonly elasticities: Float64Array;
    /** Mean quantity of an order line of a user with bulk factor 1, >= 1. */
    readonly quantities: Float64Array;
    /** Probability that an order line comes back. */
    readonly returnRates: Float64Array;
    /**
     * Expected order lines a day at list price, without season or promotion, from the users as they come and go: their
     * mean over the days.
     */
    readonly baseRates: Float64Array;
  };
  /** The categories, each column `[C]`. */
  readonly categories: {
    /** Their names. */
    readonly names: readonly string[];
    /** `[C, D]`, row-major, unit length: where the styles of a category's items gather. */
    readonly centres: Float32Array;
    /** How far the year moves the demand, in [0, 1). */
    readonly amplitudes: Float64Array;
    /** Day of the year, from 0, on which the demand is highest. */
    readonly peakDays: Float64Array;
    /** Mean elasticity of its items. */
    readonly elasticities: Float64Array;
    /** Median list price of its items. */
    readonly prices: Float64Array;
  };
  /** `[days]`: factor of every visit rate, the day of the week times the time of the year; both have mean 1. */
  readonly seasons: Float64Array;
  /** Every price of every item: row `n` of item `i`, from `offsets[i]` to `offsets[i + 1] - 1`, holds from its day on. */
  readonly prices: {
    /** `[I + 1]`. */
    readonly offsets: Uint32Array;
    /** First day of each price; the first of an item is 0. */
    readonly days: Int32Array;
    /** In whole cents, promotions included. */
    readonly prices: Float64Array;
    /** Factor of the demand by the price and a promotion together: `(price / list price)^elasticity * uplift`. */
    readonly effects: Float64Array;
  };
  /** The promotions, by item and day. */
  readonly promotions: readonly {
    /** Index of the item. */
    readonly item: number;
    /** First day. */
    readonly from: number;
    /** First day after it. */
    readonly to: number;
    /** Part of the price that it takes off. */
    readonly discount: number;
    /** Factor of the demand beyond what the lower price does. */
    readonly uplift: number;
  }[];
}
