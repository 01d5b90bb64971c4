import type { QTable } from './q-table.js';
import { type IndexedTable, indexedPolicy, type TablePolicy } from './table-policy.js';

/** What was learned by {@link trainQTable} or {@link learnFromDemand}, or comes from a file of {@link encodeQTable}. */
export interface LearnedQTable {
  /** Acts greedily by the table, and counts how often it was asked in a state that was never met. */
  readonly policy: TablePolicy;
  /** The table; rows are states in the order in which they were met. */
  readonly q: QTable;
  /**
   * How the policy acts where no legal action was tried: as in the `'nearest'` state where one was, by the sum of absolute
   * differences, or by the `'first'` legal action.
   */
  readonly otherwise: 'nearest' | 'first';
  /** The states that were met, in the order of the table's rows. A copy. */
  states(): {
    /** `[S, N]`: states, and whole numbers behind an observation. */
    readonly shape: readonly [S: number, N: number];
    /** Row by row. */
    readonly values: Int32Array;
  };
}

/** A table whose states have `width` numbers, and who acts by it. */
export function learnedTable(table: IndexedTable, width: number): LearnedQTable {
  const { q, index, otherwise } = table;
  return {
    policy: indexedPolicy(table),
    q,
    otherwise,
    states: () => ({ shape: [index.count(), width], values: index.all() }),
  };
}
