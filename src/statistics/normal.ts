/** The 97.5% quantile of the standard normal distribution. */
export const upperNormal = 1.959963984540054;

/** Density of the standard normal distribution. */
export function normalDensity(z: number): number {
  return Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI);
}

/** P(Z <= z), to about 15 digits, in the lower tail relative to itself. */
export function normalCumulative(z: number): number {
  if (z > 0) return 1 - normalCumulative(-z);
  return z > -3 ? 0.5 - normalDensity(z) * series(-z) : normalDensity(z) * tailFraction(-z);
}

/** The z with P(Z <= z) = `probability`, in (0, 1). */
export function normalQuantile(probability: number): number {
  if (probability > 0.5) return -normalQuantile(1 - probability);
  // A start from the tail's leading term, then Halley's steps, each of which triples the digits.
  const root = Math.sqrt(-2 * Math.log(probability));
  let z = -(root - (2.30753 + 0.27061 * root) / (1 + 0.99229 * root + 0.04481 * root * root));
  for (let step = 0; step < 4; step += 1) {
    const error = (normalCumulative(z) - probability) / normalDensity(z);
    z -= error / (1 + 0.5 * z * error);
  }
  return z;
}

/** P(from < Z < to), in both tails relative to itself; the bounds may be infinite. */
export function normalBetween(from: number, to: number): number {
  return from > 0 ? normalCumulative(-from) - normalCumulative(-to) : normalCumulative(to) - normalCumulative(from);
}

/** The z in [from, to] with P(from < Z < z) = `share` * P(from < Z < to), `share` in (0, 1). */
export function normalQuantileBetween(from: number, to: number, share: number): number {
  if (from > 0) return -normalQuantileBetween(-to, -from, 1 - share);
  const below = normalCumulative(from);
  const probability = below + share * (normalCumulative(to) - below);
  // Where so little is left that doubles do not hold it, or all of it rounds to 1, the nearer bound stands for the whole.
  if (!(probability > 0 && probability < 1)) return Math.max(from, Math.min(to, 0));
  return Math.max(from, Math.min(to, normalQuantile(probability)));
}

// P(0 < Z < z) / density(z) = z + z^3 / 3 + z^5 / 15 + ...: all terms are positive, so none cancels another.
function series(z: number): number {
  let term = z;
  let sum = 0;
  for (let odd = 3; sum + term !== sum; odd += 2) {
    sum += term;
    term *= (z * z) / odd;
  }
  return sum;
}

// P(Z > z) / density(z) as the continued fraction 1 / (z + 1 / (z + 2 / (z + 3 / ...))).
function tailFraction(z: number): number {
  let fraction = z;
  for (let depth = 100; depth >= 1; depth -= 1) fraction = z + depth / fraction;
  return 1 / fraction;
}
