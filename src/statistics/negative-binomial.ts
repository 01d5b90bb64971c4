/**
 * The logarithm of the probability of `count` under a negative binomial distribution: a Poisson number whose mean is `mean` times a
 * gamma number of mean 1.
 *
 * @param mean - >= 0; with 0 nothing but a count of 0 is possible.
 * @param shape - Of the gamma number, > 0; with Infinity it is 1, and the distribution Poisson.
 */
export function logNegativeBinomial(count: number, mean: number, shape: number): number {
  if (mean === 0) return count === 0 ? 0 : Number.NEGATIVE_INFINITY;
  if (shape === Number.POSITIVE_INFINITY) {
    let log = count * Math.log(mean) - mean;
    for (let factor = 2; factor <= count; factor += 1) log -= Math.log(factor);
    return log;
  }
  let log = count * Math.log(mean / (mean + shape)) - shape * Math.log1p(mean / shape);
  for (let below = 0; below < count; below += 1) log += Math.log((shape + below) / (below + 1));
  return log;
}

/**
 * How much more counts vary than Poisson numbers of their means: the variance of the number of mean 1 that all of them were
 * multiplied with, by moments.
 *
 *     sum of (count - mean)^2 - mean, over sum of mean^2; at least 0
 */
export function excessVariance(counts: ArrayLike<number>, means: ArrayLike<number>): number {
  let [excess, squares] = [0, 0];
  for (let place = 0; place < counts.length; place += 1) {
    excess += (counts[place]! - means[place]!) ** 2 - means[place]!;
    squares += means[place]! ** 2;
  }
  return squares === 0 ? 0 : Math.max(0, excess / squares);
}
