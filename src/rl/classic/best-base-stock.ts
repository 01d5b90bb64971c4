import { evaluateInstantly } from '../exact/evaluate-policy.js';
import { type InventoryModel, inventoryModel, mostWaiting } from '../inventory/inventory-model.js';
import type { InventoryOptions } from '../inventory/inventory-options.js';
import type { InstantPolicy } from '../policy.js';
import { baseStockPolicy } from './base-stock-policy.js';

/** The best policy of a kind. */
export interface BestPolicy {
  /** The policy itself. */
  readonly policy: InstantPolicy;
  /** Its long-run average cost per period, exact. */
  readonly cost: number;
}

/** What {@link bestBaseStock} finds. */
export interface BestBaseStock extends BestPolicy {
  /** S. */
  readonly level: number;
}

/** What {@link bestCappedBaseStock} finds. */
export interface BestCappedBaseStock extends BestBaseStock {
  /** r, the most units of one order. */
  readonly cap: number;
}

/**
 * The base-stock policy of least long-run average cost, each candidate evaluated exactly.
 *
 * Where neither `maxOrder` nor `capacity` is given, orders may be of any size. The search starts at the level that
 * would be best if unmet demand waited and goes down or up while the cost falls.
 *
 * @returns Level, exact cost and policy.
 * @throws RangeError as {@link inventoryModel} does.
 * @example
 * const { level, cost } = bestBaseStock({ demand: poissonDemand(5), leadTime: 1, holding: 1, penalty: 4 });
 * level; // 12
 * cost; // 4.1628
 */
export function bestBaseStock(options: InventoryOptions): BestBaseStock {
  return bestLevel(options, Number.POSITIVE_INFINITY, backorderLevel(options));
}

/**
 * The capped base-stock policy of least long-run average cost over levels and caps, each candidate evaluated exactly;
 * caps go up to what {@link inventoryBounds} would order at most.
 *
 * @returns Level, cap, exact cost and policy.
 * @throws RangeError as {@link inventoryModel} does.
 * @see Xin, "Understanding the Performance of Capped Base-Stock Policies in Lost-Sales Inventory Models" (2021)
 * @example
 * const { level, cap, cost } = bestCappedBaseStock({ demand: poissonDemand(5), leadTime: 1, holding: 1, penalty: 4 });
 * [level, cap]; // [12, 6]
 * cost; // 4.0654
 */
export function bestCappedBaseStock(options: InventoryOptions): BestCappedBaseStock {
  const { demand } = modelFor(options, 1);
  const { unmet = 'lost', penalty, holding } = options;
  const ratio = penalty / (penalty + holding);
  let found = bestBaseStock(options);
  let best: BestCappedBaseStock = { ...found, cap: Math.max(1, found.level) };
  for (let cap = Math.max(1, demand.quantile(ratio)); cap >= 1; cap -= 1) {
    // Whatever the level, a cap below the mean demand loses the difference in every period, or waits ever longer.
    const least = unmet === 'lost' ? penalty * (demand.mean - cap) : cap <= demand.mean ? Number.POSITIVE_INFINITY : 0;
    if (least >= best.cost) break;
    found = bestLevel(options, cap, found.level);
    if (found.cost < best.cost) best = { ...found, cap };
  }
  return best;
}

function bestLevel(options: InventoryOptions, cap: number, start: number): BestBaseStock {
  const known = new Map<number, number>();
  const costAt = (level: number) => {
    const cost = known.get(level) ?? exactCost(options, level, cap);
    known.set(level, cost);
    return cost;
  };
  let level = start;
  const toward = costAt(level + 1) < costAt(level) ? 1 : -1;
  while (level + toward >= 0 && costAt(level + toward) < costAt(level)) level += toward;
  return { level, cost: costAt(level), policy: baseStockPolicy({ level, cap }) };
}

function exactCost(options: InventoryOptions, level: number, cap: number): number {
  const model = modelFor(options, Math.max(1, Math.min(level, cap)));
  return -evaluateInstantly(model, baseStockPolicy({ level, cap })).averageReward;
}

// With customers waiting, an order may have to serve them too.
function modelFor(options: InventoryOptions, order: number): InventoryModel {
  const model = inventoryModel({ ...options, initialStock: 0, maxOrder: options.maxOrder ?? order });
  if (options.maxOrder !== undefined || options.unmet !== 'backordered') return model;
  const most = order + mostWaiting(model.demand, options.leadTime ?? 0);
  return inventoryModel({ ...options, initialStock: 0, maxOrder: most });
}

function backorderLevel(options: InventoryOptions): number {
  const { leadTime = 0, holding, penalty } = options;
  const { demand } = modelFor(options, 1);
  return demand.over(leadTime + 1).quantile(penalty / (penalty + holding));
}
