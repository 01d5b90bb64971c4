import type { Rows } from '../features/read-rows.js';
import type { Products } from './products.js';

/** The squared maximum mean discrepancy of two sets of one size, by the kernel (x · y / D + 1)³, without bias. */
export async function kernelDiscrepancy(left: Rows, right: Rows, products: Products): Promise<number> {
  const pairs = left.count * (left.count - 1);
  const within = async (rows: Rows) =>
    ((await kernelSum(rows, rows, products)) - (await diagonal(rows, products))) / pairs;
  const across = (await kernelSum(left, right, products)) / left.count ** 2;
  return (await within(left)) + (await within(right)) - 2 * across;
}

async function kernelSum(left: Rows, right: Rows, products: Products): Promise<number> {
  let sum = 0;
  await products.visit(left, right, ({ dots }) => {
    for (let index = 0; index < dots.length; index += 1) {
      const base = dots[index]! / left.size + 1;
      sum += base * base * base;
    }
  });
  return sum;
}

// Rounded as the products are not, which is nothing beside the sums.
async function diagonal({ values, count, size }: Rows, { pause }: Products): Promise<number> {
  let sum = 0;
  for (let row = 0; row < count; row += 1) {
    let square = 0;
    for (let at = row * size; at < (row + 1) * size; at += 1) square += values[at]! ** 2;
    sum += (square / size + 1) ** 3;
    if (row % 64 === 0) await pause();
  }
  return sum;
}
