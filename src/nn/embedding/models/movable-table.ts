/** A table whose numbers can move to other memory, and can be behind until somebody reads them. */
export interface MovableTable extends EmbeddingTable {
  /** The numbers as they stand, without bringing them up to date. */
  readonly standing: Float32Array;
  /** Takes the numbers from `values` from now on. */
  move(values: () => Float32Array): void;
  /** Calls `settle` before `values` are read. Returns how to end that. */
  beforeReading(settle: () => void): () => void;
}

/** Makes a table whose numbers stand in an array of their own. */
export function movableTable(rows: number, size: number, start: Float32Array): MovableTable {
  let source = () => start;
  const settles = new Set<() => void>();
  return {
    rows,
    size,
    get values() {
      for (const settle of settles) settle();
      return source();
    },
    get standing() {
      return source();
    },
    move: (values) => {
      source = values;
    },
    beforeReading: (settle) => {
      settles.add(settle);
      return () => settles.delete(settle);
    },
  };
}

/** Whether a table can move. */
export function isMovable(table: EmbeddingTable): table is MovableTable {
  return 'move' in table;
}

/** A table's numbers as they stand, for those who know which rows are up to date. */
export function standingValues(table: EmbeddingTable): Float32Array {
  return isMovable(table) ? table.standing : table.values;
}

/** Rows of numbers on the host, one for each index of a vocabulary. */
export interface EmbeddingTable {
  /** Number of rows. */
  readonly rows: number;
  /** Length of a row. */
  readonly size: number;
  /**
   * `[rows, size]`, row-major. Changed in place by training, which may also move it to other memory: ask for it anew
   * instead of keeping it, or copy it.
   */
  readonly values: Float32Array;
}
