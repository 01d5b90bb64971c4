import { refuseIndex, requireIndices } from './check-columns.js';
import { createDistinctFinder, type DistinctFinder } from './distinct.js';
import { type InputModel, keyedFeatures, nodeDomains } from './feature-domains.js';
import type { CategoricalFeature, FeatureColumns } from './features.js';
import { leafInput } from './leaf-input.js';
import { type KeyedDomain, type NetworkInputs, rowDomain } from './network-inputs.js';

/** Turns rows of features into what the network takes. What it returns is valid until the next call. */
export interface InputPlanner {
  /** `count` rows that `checkRows` has seen. In training, bags leave out what their `leaveOut` says. */
  rows(where: string, rows: FeatureColumns, count: number, isTraining: boolean): NetworkInputs;
  /** Every one of some users with every one of some items, items changing fastest. */
  grid(where: string, users: Int32Array, items: Int32Array, isTraining: boolean): NetworkInputs;
}

/** Makes a planner. It keeps a number for each id of each feature that a batch names by index. */
export function createInputPlanner(model: InputModel): InputPlanner {
  const keyed = keyedFeatures(model);
  const finders = new Map<string, DistinctFinder>();
  const sizeOf = (name: string) => (model.features[name] as CategoricalFeature).vocabulary.size;
  const finderOf = (name: string): DistinctFinder => {
    const finder = finders.get(name) ?? createDistinctFinder(sizeOf(name));
    finders.set(name, finder);
    return finder;
  };
  const domainsOf = { training: nodeDomains(model, true), scoring: nodeDomains(model, false) };
  const inputs = (
    rows: FeatureColumns,
    count: number,
    domains: Readonly<Record<string, KeyedDomain>>,
    flags: { readonly isTraining: boolean; readonly isGrid: boolean },
  ): NetworkInputs => {
    const domainOf = flags.isTraining ? domainsOf.training : domainsOf.scoring;
    const source = { model, rows, count, domains, isTraining: flags.isTraining };
    const leaves = model.network.nodes.map((node, place) =>
      node.op === 'leaf' ? leafInput(source, node, domainOf[place]!) : undefined,
    );
    return { count, domains: { ...domains, [rowDomain]: { count } }, domainOf, leaves, isGrid: flags.isGrid };
  };
  return {
    rows: (where, rows, count, isTraining) => {
      const domains: Record<string, KeyedDomain> = {};
      for (const name of keyed) {
        const column = rows[name] as Int32Array;
        const refused = (place: number) => refuseIndex(where, name, sizeOf(name), column[place]!, place);
        const { keys, slots } = finderOf(name).find(column, refused);
        domains[name] = { keys, slots, count: keys.length, isDistinct: true };
      }
      return inputs(rows, count, domains, { isTraining, isGrid: false });
    },
    grid: (where, users, items, isTraining) => {
      requireIndices(where, 'user', users, sizeOf('user'));
      requireIndices(where, 'item', items, sizeOf('item'));
      const [user, item] = gridSlots(users.length, items.length);
      const domains = {
        user: { keys: users, slots: user, count: users.length, isDistinct: false },
        item: { keys: items, slots: item, count: items.length, isDistinct: false },
      };
      return inputs({}, users.length * items.length, domains, { isTraining, isGrid: true });
    },
  };
}

function gridSlots(users: number, items: number): [Int32Array, Int32Array] {
  const [user, item] = [new Int32Array(users * items), new Int32Array(users * items)];
  for (let row = 0; row < users; row += 1) {
    user.fill(row, row * items, (row + 1) * items);
    for (let column = 0; column < items; column += 1) item[row * items + column] = column;
  }
  return [user, item];
}
