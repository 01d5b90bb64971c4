/** Rows of numbers on the host, one for each index of a vocabulary. */
export interface EmbeddingTable {
  /** Number of rows. */
  readonly rows: number;
  /** Length of a row. */
  readonly size: number;
  /** `[rows, size]`, row-major. Changed in place by training. */
  readonly values: Float32Array;
}
