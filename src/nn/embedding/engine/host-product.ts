import type { Arena } from '../../host/arena.js';

/** `output [rows, columns] = left [rows, depth] * right [depth, columns]`, or added to it; each may lie transposed. */
export interface HostProduct {
  readonly left: number;
  readonly right: number;
  readonly output: number;
  readonly rows: number;
  readonly depth: number;
  readonly columns: number;
  readonly transposeLeft?: boolean;
  readonly transposeRight?: boolean;
  readonly accumulate: boolean;
}

/** The product of two matrices at addresses. */
export function hostProduct({ routines, productScratch }: Arena, product: HostProduct): void {
  const { left, right, output, rows, depth, columns, transposeLeft, transposeRight, accumulate } = product;
  routines.multiply(
    0,
    left,
    transposeLeft ? 4 : 4 * depth,
    transposeLeft ? 4 * rows : 4,
    right,
    transposeRight ? 4 : 4 * columns,
    transposeRight ? 4 * depth : 4,
    output,
    rows,
    depth,
    columns,
    productScratch,
    accumulate ? 1 : 0,
  );
}
