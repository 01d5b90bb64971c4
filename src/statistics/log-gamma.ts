/** Where Stirling's series has all digits of a double. */
const stirlingFrom = 10;

/** The logarithm of the gamma function of a number > 0, to about 15 digits. */
export function logGamma(z: number): number {
  let [shifted, product] = [z, 1];
  for (; shifted < stirlingFrom; shifted += 1) product *= shifted;
  const stirling = (shifted - 0.5) * Math.log(shifted) - shifted + 0.5 * Math.log(2 * Math.PI);
  return stirling + correction(shifted) - Math.log(product);
}

/**
 * ln Gamma(z + n) - ln Gamma(z): for whole `n` the logarithm of z (z + 1) ... (z + n - 1). Neither a large `n` overflows nor a large
 * `z` takes its digits away, as the difference of two logarithms would.
 *
 * @param z - > 0.
 * @param n - >= 0, whole or not.
 */
export function logRising(z: number, n: number): number {
  if (n === 0) return 0;
  let [shifted, ratio] = [z, 1];
  for (; shifted < stirlingFrom; shifted += 1) ratio *= shifted / (shifted + n);
  const far = shifted + n;
  const stirling = (shifted - 0.5) * Math.log1p(n / shifted) + n * (Math.log(far) - 1);
  return stirling + correction(far) - correction(shifted) + Math.log(ratio);
}

/**
 * The derivative of {@link logRising} by its first argument: digamma(z + n) - digamma(z), for whole `n` the sum of 1 / (z + k), k < n.
 *
 * @param z - > 0.
 * @param n - >= 0, whole or not.
 */
export function digammaRising(z: number, n: number): number {
  let [shifted, sum] = [z, 0];
  for (; shifted < stirlingFrom; shifted += 1) sum += 1 / shifted - 1 / (shifted + n);
  const far = shifted + n;
  return sum + Math.log1p(n / shifted) + digammaTail(far) - digammaTail(shifted);
}

// Digamma without the logarithm, from `stirlingFrom` on.
function digammaTail(z: number): number {
  const square = 1 / (z * z);
  const inner = 1 / 120 - square * (1 / 252 - square * (1 / 240 - square * (1 / 132 - (square * 691) / 32760)));
  return -0.5 / z - square * (1 / 12 - square * inner);
}

// Stirling's series behind its leading terms.
function correction(z: number): number {
  const square = 1 / (z * z);
  const inner = 1 / 1260 - square * (1 / 1680 - square * (1 / 1188 - square * (691 / 360360 - square / 156)));
  return (1 / 12 - square * (1 / 360 - square * inner)) / z;
}
