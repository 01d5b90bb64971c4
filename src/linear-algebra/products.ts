import { mostRows } from './double-routines.js';
import type { DoubleProduct, DoubleRoutines } from './plain-doubles.js';

/** Multiplications of one call: some 5 milliseconds. */
const atOnce = 2 ** 24;

/**
 * A product in parts, with a pause after each.
 *
 * @param isLower - Whether of a symmetric result the lower triangle is enough; what is above it is then without meaning.
 */
export async function multiplyInParts(
  routines: DoubleRoutines,
  product: DoubleProduct,
  pause: () => Promise<void>,
  isLower = false,
): Promise<void> {
  const { left, leftRow, leftStep, right, rightStep, output, outputRow, rows, depth } = product;
  // Smaller parts follow the diagonal more closely.
  const band = isLower ? mostRows / 2 : mostRows;
  for (let row = 0; row < rows; row += band) {
    const height = Math.min(band, rows - row);
    const columns = isLower ? Math.min(product.columns, row + height) : product.columns;
    const most = Math.max(16, Math.floor(atOnce / (height * columns)));
    for (let step = 0; step < depth; step += most) {
      routines.multiply({
        ...product,
        left: left + row * leftRow + step * leftStep,
        right: right + step * rightStep,
        output: output + row * outputRow,
        rows: height,
        columns,
        depth: Math.min(most, depth - step),
      });
      await pause();
    }
  }
}
