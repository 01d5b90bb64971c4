import type { DemandSource } from '../demand/demand.js';

/** Costs and rules of keeping one product in stock. */
export interface InventoryOptions {
  /** A distribution, a recorded series of units per period, or a function. What it gives is rounded to whole units. */
  readonly demand: DemandSource;
  /** Periods from an order to its arrival, an integer >= 0; with 0 it is there before the period's demand. Default 0. */
  readonly leadTime?: number;
  /** Cost per unit left at the end of a period, >= 0. */
  readonly holding: number;
  /** Cost per unit of demand not met, >= 0; a waiting customer costs it in every period. */
  readonly penalty: number;
  /** Cost of an order of any size, >= 0. Default 0. */
  readonly fixedOrderCost?: number;
  /** Cost per unit ordered, >= 0. Default 0. */
  readonly unitCost?: number;
  /** What happens to demand that stock cannot meet: the customer leaves, or waits. Default `'lost'`. */
  readonly unmet?: 'lost' | 'backordered';
  /** Periods in which a unit can be sold, the one of its arrival included, >= 1. Default Infinity. */
  readonly shelfLife?: number;
  /**
   * Which units of goods that expire are sold first: `'fifo'` the oldest, as from behind a counter; `'lifo'` the freshest, as where customers
   * choose from the shelf, with more waste. Default `'fifo'`.
   */
  readonly issuing?: 'fifo' | 'lifo';
  /** Cost per unit whose shelf life ends, >= 0. Default 0. */
  readonly wasteCost?: number;
  /**
   * Most units of one order. Default: no optimal policy orders more; where that is not known, because customers wait, orders
   * have a fixed cost, the freshest are sold first or demand is a function, it must be said.
   */
  readonly maxOrder?: number;
  /** Units of a pack: only whole packs can be ordered. Default 1. */
  readonly packSize?: number;
  /** Least units of an order, if anything is ordered, a whole number >= 1; the next whole packs. Default 1. */
  readonly minimumOrder?: number;
  /** Most units in stock and on order together. Default Infinity. */
  readonly capacity?: number;
  /** Units in stock at the start; nothing is on order. Default 0. */
  readonly initialStock?: number;
  /** Periods of an episode, which is then cut off. Default 1000, or the length of a recorded series. */
  readonly horizon?: number;
}
