// A product is believed to follow the shop's good and bad days as the others do, as strongly as so many expected squares say.
const belief = 4;
const most = 1.5;
const rounds = 50;

/**
 * How strongly each product follows the good and bad days that all have in common.
 *
 *     mean of a day = what is expected of it * exp(exposure z - exposure^2 / 2),   z standard normal, the same for all products
 *
 * The exposures are those whose products come closest to the covariances of different products, by least squares, each pair of
 * products weighted by what is expected of it: `Cov(i, j) = sum over days of mean_i mean_j * exposure_i exposure_j`.
 *
 * @param counts - `[T, P]`.
 * @param means - `[T, P]`: what was expected.
 * @returns `[P]`; zeros for a single product.
 */
export async function fitExposures(
  counts: ArrayLike<number>,
  means: Float64Array,
  products: number,
  pause: () => Promise<void>,
): Promise<Float64Array> {
  const exposures = new Float64Array(products).fill(products === 1 ? 0 : 0.3);
  if (products === 1) return exposures;
  const days = means.length / products;
  for (let round = 0; round < rounds; round += 1) {
    const [found, weight] = [new Float64Array(products), new Float64Array(products)];
    for (let day = 0; day < days; day += 1) {
      await pause();
      let [gap, squares] = [0, 0];
      for (let place = 0; place < products; place += 1) {
        const cell = day * products + place;
        gap += (counts[cell]! - means[cell]!) * exposures[place]!;
        squares += means[cell]! * exposures[place]! ** 2;
      }
      for (let place = 0; place < products; place += 1) {
        const [mean, exposure] = [means[day * products + place]!, exposures[place]!];
        const own = counts[day * products + place]! - mean;
        found[place]! += own * (gap - own * exposure);
        weight[place]! += mean * (squares - mean * exposure ** 2);
      }
    }
    shrink(exposures, found, weight);
  }
  return exposures;
}

function shrink(exposures: Float64Array, found: Float64Array, weight: Float64Array): void {
  let [sum, total] = [0, 0];
  for (let place = 0; place < exposures.length; place += 1) {
    sum += found[place]!;
    total += weight[place]!;
  }
  const shared = sum / (total + belief);
  for (let place = 0; place < exposures.length; place += 1) {
    const exposure = (found[place]! + belief * shared) / (weight[place]! + belief);
    // Half the way: of two products alone, a whole step would lead back to where the last one began.
    exposures[place] = Math.max(-most, Math.min(most, (exposures[place]! + exposure) / 2));
  }
}
