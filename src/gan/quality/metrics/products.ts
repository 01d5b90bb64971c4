import { openArena, plainArena } from '../../../nn/host/arena.js';
import type { Pause, Rows } from '../features/read-rows.js';

/** Dot products of some rows with some others. */
export interface DotBlock {
  /** `[rows, columns]`, overwritten by the next block. */
  readonly dots: Float32Array;
  readonly firstRow: number;
  readonly rows: number;
  readonly firstColumn: number;
  readonly columns: number;
}

/** Products of rows of one size, for one call of a metric. */
export interface Products {
  /** Walks through all dot products of the rows of two matrices, a block at a time, row blocks outside. */
  visit(left: Rows, right: Rows, take: (block: DotBlock) => void | Promise<void>): Promise<void>;
  /** Of the call. */
  readonly pause: Pause;
}

/** Multiplications of a block: some 5 milliseconds. */
const atOnce = 2 ** 26;

/**
 * Opens the host's matrix routines for rows of `size` numbers. They work in a memory of their own, so that scores do not
 * hang on the active backend; no more than a block of products is ever there.
 *
 * @param largest - Rows of a block at most.
 */
export async function openProducts(size: number, pause: Pause, largest = 512): Promise<Products> {
  const block = Math.min(largest, Math.max(16, Math.floor(Math.sqrt(atOnce / size))));
  const length = 2 * block * size + block * block;
  const arena = (await openArena(length, { threads: true })) ?? plainArena(length);
  const left = arena.allocate(length);
  const memory = arena.floats(left, length);
  const [right, output] = [block * size, 2 * block * size];
  const operands = { left, right: left + 4 * right, output: left + 4 * output, transposeRight: true };
  return {
    pause,
    visit: async (leftRows, rightRows, take) => {
      for (let firstRow = 0; firstRow < leftRows.count; firstRow += block) {
        const rows = Math.min(block, leftRows.count - firstRow);
        memory.set(leftRows.values.subarray(firstRow * size, (firstRow + rows) * size));
        for (let firstColumn = 0; firstColumn < rightRows.count; firstColumn += block) {
          const columns = Math.min(block, rightRows.count - firstColumn);
          memory.set(rightRows.values.subarray(firstColumn * size, (firstColumn + columns) * size), right);
          arena.dense.multiply({ ...operands, rows, depth: size, columns });
          await take({ dots: memory.subarray(output, output + rows * columns), firstRow, rows, firstColumn, columns });
          await pause();
        }
      }
    },
  };
}
