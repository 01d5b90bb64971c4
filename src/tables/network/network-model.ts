import type { Columns } from '../../data/table/column.js';
import type { CodedTableColumn } from '../coding/table-coding.js';
import type { TableLayout } from '../layout/table-layout.js';
import { modelOfRows, partsOfModel } from '../model-of-rows.js';
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

/** A model of rows around a network; `beside` is what else it has. */
export function modelOfNetwork<C extends Columns, B extends object>(state: NetworkState, beside: B): TableModel<C> & B {
  const rows = modelOfRows<C>(state.columns, networkDistribution(state.plan, state.weights), state.layout);
  return { ...rows, ...beside };
}

/** What a model around a network consists of, one that was read from a file as well; undefined of anything else. */
export function stateOfNetwork(model: unknown): NetworkState | undefined {
  const parts = partsOfModel(model);
  const { columns, layout, distribution } = parts ?? {};
  return columns && distribution?.network && { ...distribution.network, columns, layout };
}
