import type { Policy } from '../../rl/acting/policy.js';
import { requireAction } from '../../rl/acting/policy.js';
import { requireSeries } from '../../rl/demand/empirical-demand.js';
import type { InventoryOptions } from '../../rl/inventory/inventory-options.js';
import { inventoryRules, orderMasks } from '../../rl/inventory/inventory-rules.js';

/** A stock problem without its demand. */
export interface StockRules extends Omit<InventoryOptions, 'demand' | 'horizon' | 'initialStock'> {}

/** Chooses a policy by the demand of some days, each list a series of its own. */
export type LearnPolicy = (series: readonly (readonly number[])[]) => Policy | Promise<Policy>;

/** The demand of some days, replayed for any policy. */
export interface Replay {
  /** First days that do not count: what is ordered on the first can be sold on the last of them. */
  readonly warmUp: number;
  /** Days that count; not above 0 where the series is too short. */
  readonly days: number;
  /** What a policy costs on each day that counts. It begins without stock. */
  costs(policy: Policy): Promise<Float64Array>;
}

/** The most units of one order, where the problem does not say. */
const mostUnits = 100_000;

/** Checks a series, and prepares to replay it. */
export function createReplay(
  where: string,
  name: string,
  demand: ArrayLike<number>,
  stock: StockRules,
  pause: () => Promise<void>,
): Replay {
  const units = requireSeries(where, name, demand);
  const rules = inventoryRules(where, { ...stock, demand: [0] });
  const warmUp = rules.leadTime + 1;
  const days = units.length - warmUp;
  const { maxOrder = mostUnits } = stock;
  const masks = orderMasks(maxOrder, rules);
  return {
    warmUp,
    days,
    async costs(policy) {
      const state = new Float64Array(rules.size);
      const costs = new Float64Array(Math.max(0, days));
      for (let day = 0; day < units.length; day += 1) {
        if (day % 64 === 0) await pause();
        const most = rules.mostOrder(state, maxOrder);
        const mask = masks(most);
        const chosen = policy.act(new Float32Array(state), mask);
        const order = requireAction(where, policy, typeof chosen === 'number' ? chosen : await chosen, mask);
        const { cost } = rules.advance(state, order, units[day]!, state);
        if (day >= warmUp) costs[day - warmUp] = cost;
      }
      return costs;
    },
  };
}
