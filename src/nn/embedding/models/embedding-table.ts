import { requireOptions } from '../../../internal/options.js';
import { requireNonNegative, requirePositiveInteger, requireSeed } from '../../../internal/require.js';
import { createRng, type Rng } from '../../../random/rng.js';
import { type EmbeddingTable, movableTable } from './movable-table.js';

/**
 * Makes a table of normal numbers on the host.
 *
 * A table of 10 million rows of 64 takes 2.56 GB and some seconds to fill; with `deviation: 0` nothing is touched and
 * the system hands out memory for a row when it is written first. Optimizers make their moments when training starts.
 *
 * @param config - Its shape and start.
 * @returns The table; plain memory, nothing to dispose.
 * @throws RangeError when a size is not a positive integer or the deviation is below 0.
 * @example
 * createEmbeddingTable({ rows: 1000, size: 8 }).values.length; // 8000
 */
export function createEmbeddingTable(config: {
  /** Number of rows. */
  readonly rows: number;
  /** Length of a row. */
  readonly size: number;
  /** Standard deviation of the normal numbers it starts from, at least 0; 0 gives zeros. Default 0.01. */
  readonly deviation?: number;
  /** Where these come from: a seed, or a stream, which moves on. Default 0. */
  readonly seed?: number | Rng;
}): EmbeddingTable {
  requireOptions('createEmbeddingTable', config, { rows: true, size: true, deviation: true, seed: true }, 'config');
  const { rows, size, deviation = 0.01, seed = 0 } = config ?? {};
  requirePositiveInteger('createEmbeddingTable', 'rows', rows);
  requirePositiveInteger('createEmbeddingTable', 'size', size);
  requireNonNegative('createEmbeddingTable', 'deviation', deviation);
  const values = new Float32Array(rows * size);
  if (deviation > 0) {
    if (typeof seed !== 'object') requireSeed('createEmbeddingTable', seed);
    const rng = typeof seed === 'object' ? seed : createRng(seed);
    rng.fillNormal(values);
    for (let at = 0; at < values.length; at += 1) values[at] = values[at]! * deviation;
  }
  return movableTable(rows, size, values);
}
