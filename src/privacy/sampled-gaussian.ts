/**
 * The Rényi divergence that Gaussian noise leaves between two neighbouring tables, of which each row takes part with a probability.
 *
 *     D = log(E over z ~ N(0, s^2) of (1 - q + q exp((2 z - 1) / (2 s^2)))^a) / (a - 1)
 *
 * @param noise - Standard deviation s of the noise over the L2 sensitivity, > 0.
 * @param rate - Probability q that a row takes part, in [0, 1].
 * @param order - Order a, > 1.
 * @returns >= 0; Infinity where it is no number.
 * @see Mironov, Talwar and Zhang, "Rényi Differential Privacy of the Sampled Gaussian Mechanism" (2019), theorem 4
 */
export function sampledGaussianDivergence(noise: number, rate: number, order: number): number {
  if (rate === 0) return 0;
  if (rate === 1) return order / noise / (2 * noise);
  const moment = Number.isInteger(order) ? wholeMoment(noise, rate, order) : anyMoment(noise, rate, order);
  // The moment is at least 1, but for rounding; and taking part for certain is never more private.
  return Math.min(Math.max(0, moment / (order - 1)), order / noise / (2 * noise));
}

// The logarithm of the expectation, by the binomial theorem: its terms are all positive.
function wholeMoment(noise: number, rate: number, order: number): number {
  let binomial = 0;
  let log = Number.NEGATIVE_INFINITY;
  for (let k = 0; k <= order; k += 1) {
    const term = binomial + k * Math.log(rate) + (order - k) * Math.log1p(-rate);
    log = addLogs(log, term + (k * (k - 1)) / noise / (2 * noise));
    binomial += Math.log((order - k) / (k + 1));
  }
  return log;
}

/** Below this the integral would take too many points. */
const leastNoise = 0.15;

// The logarithm is convex in the order, so that between two whole orders it is at most what a straight line gives.
function anyMoment(noise: number, rate: number, order: number): number {
  if (noise >= leastNoise) return integral(noise, rate, order);
  const [low, high] = [Math.floor(order), Math.ceil(order)];
  const share = order - low;
  return (1 - share) * (low === 1 ? 0 : wholeMoment(noise, rate, low)) + share * wholeMoment(noise, rate, high);
}

// The trapezoidal rule on the whole line, whose error falls exponentially with the number of points for what is as smooth as
// this. The nearest singularity lies pi noise^2 beside the line.
function integral(noise: number, rate: number, order: number): number {
  const step = Math.min(noise / 2, (noise * noise) / 1.5);
  const reach = 10 * noise;
  const points = Math.ceil((order + 2 * reach) / step);
  const [takesPart, staysOut] = [Math.log(rate), Math.log1p(-rate)];
  let log = Number.NEGATIVE_INFINITY;
  for (let point = 0; point <= points; point += 1) {
    const z = point * step - reach;
    const ratio = addLogs(staysOut, takesPart + (2 * z - 1) / (2 * noise * noise));
    log = addLogs(log, order * ratio - (z * z) / (2 * noise * noise));
  }
  return log + Math.log(step / noise) - 0.5 * Math.log(2 * Math.PI);
}

function addLogs(a: number, b: number): number {
  const [low, high] = a < b ? [a, b] : [b, a];
  return low === Number.NEGATIVE_INFINITY || high === Number.POSITIVE_INFINITY
    ? high
    : high + Math.log1p(Math.exp(low - high));
}
