import type { Columns } from '../../data/table/column.js';
import type { CodedTableColumn } from '../coding/table-coding.js';
import type { TableLayout } from '../layout/table-layout.js';
import { modelOfRows } from '../model-of-rows.js';
import type { TableModel } from '../table-model.js';
import { networkDistribution } from './network-distribution.js';
import type { NetworkPlan, NetworkWeights } from './network-plan.js';

/** What a network that has learned a table consists of. */
export interface NetworkState {
  readonly plan: NetworkPlan;
  readonly weights: NetworkWeights;
  /** The columns that it learned. */
  readonly columns: readonly CodedTableColumn[];
  /** How its table comes from them, where that is not all. */
  readonly layout: TableLayout | undefined;
}

// Made at the first call: nothing runs while a module loads.
let states: WeakMap<object, NetworkState> | undefined;

/** A model of rows around a network; `beside` is what else it has. */
export function modelOfNetwork<C extends Columns, B extends object>(state: NetworkState, beside: B): TableModel<C> & B {
  const rows = modelOfRows<C>(state.columns, networkDistribution(state.plan, state.weights), state.layout);
  const model = { ...rows, ...beside };
  states ??= new WeakMap();
  states.set(model, state);
  return model;
}

/** What a model of {@link modelOfNetwork} consists of; undefined of anything else. */
export function stateOfNetwork(model: object): NetworkState | undefined {
  return states?.get(model);
}
