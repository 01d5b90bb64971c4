/**
 * The nearest numbers, by Euclidean distance, that are not below 0 and add up to `total`: all are lowered by one amount, and
 * what is then below 0 becomes 0.
 *
 * @param total - Above 0.
 * @see Duchi, Shalev-Shwartz, Singer and Chandra, "Efficient Projections onto the l1-Ball for Learning in High Dimensions" (2008)
 */
export function projectToSimplex(values: Float64Array, total: number): Float64Array {
  const falling = values.slice().sort().reverse();
  let [sum, lowered] = [0, 0];
  for (const [place, value] of falling.entries()) {
    sum += value;
    const amount = (sum - total) / (place + 1);
    if (value - amount <= 0) break;
    lowered = amount;
  }
  return values.map((value) => Math.max(0, value - lowered));
}
