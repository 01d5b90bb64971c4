import type { EmbeddingTable } from './embedding-table.js';

/** A table whose numbers can move to other memory. */
export interface MovableTable extends EmbeddingTable {
  /** Reads the numbers from `values` from now on. */
  move(values: () => Float32Array): void;
}

/** Makes a table whose numbers stand in an array of their own. */
export function movableTable(rows: number, size: number, start: Float32Array): MovableTable {
  let source = () => start;
  return {
    rows,
    size,
    get values() {
      return source();
    },
    move: (values) => {
      source = values;
    },
  };
}

/** Whether a table can move. */
export function isMovable(table: EmbeddingTable): table is MovableTable {
  return 'move' in table;
}
