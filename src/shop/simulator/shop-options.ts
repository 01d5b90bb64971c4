/** Options of {@link simulateShop}. One knob leaves the random numbers of the others alone. */
export interface SimulateShopOptions {
  /** Fixes everything random: any safe integer. */
  readonly seed: number;
  /** Number of users. More of them leaves the first ones as they are. Default 2000. */
  readonly users?: number;
  /** Number of items. Default 500. */
  readonly items?: number;
  /** Number of days. Default 365. */
  readonly days?: number;
  /** Midnight of the first day, UTC, in milliseconds since 1970. Default `Date.UTC(2024, 0, 1)`, a Monday. */
  readonly start?: number;
  /** Names of the categories. Default ten of a gift shop. */
  readonly categories?: readonly string[];
  /** Countries and their shares. Default five, the largest with 60% of the users. */
  readonly countries?: readonly {
    /** Its name, as orders carry it. */
    readonly name: string;
    /** How many users it has beside the other countries, > 0; the shares need not sum to 1. */
    readonly share: number;
  }[];
  /** Length D of a taste vector, >= 2. Default 8. */
  readonly tasteSize?: number;
  /** Mean length of a taste vector, in [0, 8]; 0: all users like the same. Default 3. */
  readonly tasteStrength?: number;
  /** How steep popularity falls with the rank, in [0, 2]; 0: all items alike. Default 0.7. */
  readonly popularityExponent?: number;
  /** Mean visits of a user in a year, > 0. Default 12. */
  readonly visitsPerYear?: number;
  /** Shape of the gamma distribution of visit rates over users, > 0: the less, the more unequal. Default 0.7. */
  readonly activityShape?: number;
  /** Mean number of order lines of a visit, > 0. Default 5. */
  readonly basketSize?: number;
  /** Part of the users who were there before the first day, in [0, 1]; others join later. Default 0.6. */
  readonly established?: number;
  /** Mean days from joining to leaving, > 0; `Infinity`: nobody leaves. Default 730. */
  readonly lifetime?: number;
  /** Visits on Monday to Sunday beside each other, seven numbers >= 0. Default `[0.9, 0.9, 1, 1.1, 1.2, 1.3, 0.6]`. */
  readonly weekdays?: readonly number[];
  /** How far the year moves the visits, in [0, 1): 0.3 is 30% more at the peak. Default 0.3. */
  readonly yearlyAmplitude?: number;
  /** The largest such movement of a single category, in [0, 1). Default 0.6. */
  readonly categoryAmplitude?: number;
  /** Mean price elasticity over categories, < 0 for demand that falls with the price. Default -1.8. */
  readonly elasticity?: number;
  /** Mean number of price changes of an item in a year, >= 0. Default 3. */
  readonly priceChanges?: number;
  /** Standard deviation of the logarithm of price over list price, >= 0. Default 0.1. */
  readonly priceSpread?: number;
  /** Mean number of promotions of an item in a year, >= 0. Default 2. */
  readonly promotions?: number;
  /** Mean factor by which a promotion raises demand beyond what its lower price does, >= 1. Default 1.5. */
  readonly uplift?: number;
  /** Mean quantity of an order line of ordinary users, >= 1. Default 1.6. */
  readonly quantity?: number;
  /** Mean part of the order lines that come back, in [0, 1]. Default 0.05. */
  readonly returnRate?: number;
}

/** The options with their defaults filled in. */
export type ShopSettings = Required<SimulateShopOptions>;
