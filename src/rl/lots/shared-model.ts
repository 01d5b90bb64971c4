import { withoutTail } from '../demand/whole-units.js';
import type { DecisionModel } from '../exact/decision-model.js';
import { type SharedInventoryOptions, sharedRules } from './shared-rules.js';

/**
 * The exact model of a {@link sharedInventoryEnvironment}, for solving and for exact evaluation: of two products, or three whose demand is small.
 *
 * @returns The model; its states are the observations of the environment, and its steps those of the environment, one for each product.
 * @throws RangeError as {@link sharedInventoryEnvironment} does.
 * @example
 * const products = [{ demand: poissonDemand(1), holding: 1, penalty: 9 }, { demand: poissonDemand(0.5), holding: 1, penalty: 20, unitCost: 2 }];
 * const model = sharedInventoryModel({ products, budget: 5, mostPacks: 3 });
 * const { averageReward } = await relativeValueIteration({ model });
 * // Of a period, which has a step for each of two products.
 * 2 * averageReward; // -4.7735
 */
export function sharedInventoryModel(options: SharedInventoryOptions): DecisionModel {
  const rules = sharedRules('sharedInventoryModel', options);
  const { products, size } = rules;
  const tables = products.map(({ demand }) => withoutTail(demand.probabilities!, 1e-13));
  const certain = Float64Array.of(1);
  // The demand for all products together: the last counts fastest.
  const together = tables.reduce((all, table) => {
    return Float64Array.from({ length: all.length * table.length }, (_, outcome) => {
      return all[Math.floor(outcome / table.length)]! * table[outcome % table.length]!;
    });
  }, certain);
  const demands = new Int32Array(products.length);
  const masks = Array.from({ length: options.mostPacks + 1 }, (_, most) => {
    return new Uint8Array(options.mostPacks + 1).fill(1, 0, most + 1);
  });
  const isLast = (state: ArrayLike<number>) => rules.turnIn(state) === products.length - 1;
  return {
    name: 'shared inventory',
    start: new Int32Array(size),
    actions: options.mostPacks + 1,
    actionMask: (state) => masks[rules.mostPacks(state)]!,
    outcomes: (state) => (isLast(state) ? together : certain),
    advance: (state, packs, outcome, next) => {
      if (!isLast(state)) {
        rules.order(state, packs, next);
        return 0;
      }
      let rest = outcome;
      for (let product = products.length - 1; product >= 0; product -= 1) {
        demands[product] = rest % tables[product]!.length;
        rest = Math.floor(rest / tables[product]!.length);
      }
      return -rules.advance(state, packs, demands, next);
    },
  };
}
