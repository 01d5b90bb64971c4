import { logRising } from '../../statistics/log-gamma.js';
import type { PurchaseProcess } from './purchase-process.js';

/** Purchases at a rate of each customer's own, which is gamma distributed; nobody leaves. */
export function nbdProcess(): PurchaseProcess {
  return {
    name: 'NBD',
    parameters: ['r', 'alpha'],
    times: ['alpha'],
    starts: (rate) => [0.3, 2].map((r) => [r, r / rate]),
    logLikelihood: ([r, alpha], { frequency, age }) => logRateOf(r!, alpha!, frequency, age),
    alive: () => 1,
    none: ([r, alpha], { frequency, age }, horizon) => Math.exp(logNone(r! + frequency, alpha! + age, horizon)),
    expected: ([r, alpha], { frequency, age }, horizon) => ((r! + frequency) / (alpha! + age)) * horizon,
    expectedOfNew: ([r, alpha], horizon) => (r! / alpha!) * horizon,
    limit: () => undefined,
  };
}

/** ln of (r)_x alpha^r / (alpha + time)^(r + x): of customers with gamma distributed rates, x purchases up to `time`. */
export function logRateOf(r: number, alpha: number, frequency: number, time: number): number {
  // The quotient of powers as one: of an r in the millions, powers by themselves have no digits left.
  return logRising(r, frequency) - r * Math.log1p(time / alpha) - frequency * Math.log(alpha + time);
}

/** ln (alpha / (alpha + horizon))^r: no purchase in the horizon. */
export function logNone(r: number, alpha: number, horizon: number): number {
  return -r * Math.log1p(horizon / alpha);
}

/** Terms that are smaller than this share of a sum do not count. */
const smallest = 1e-17;

/**
 * Expected purchases until one leaves, who leaves behind each with a chance p that is beta distributed.
 *
 *     sum over j >= 0 of P(N > j) E[(1 - p)^j],   N negative binomial (r, alpha, horizon),   p ~ Beta(a, b)
 *
 * It is the closed form, (a + b - 1) / (a - 1) (1 - ... 2F1(...)), in terms that are all positive: no digits are lost, a may be 1,
 * and with a / (a + b) = 0 it is the mean of N.
 */
export function expectedUntilDropout(r: number, alpha: number, a: number, b: number, horizon: number): number {
  const share = horizon / (alpha + horizon);
  const mean = (r * horizon) / alpha;
  let logChance = logNone(r, alpha, horizon);
  let tail = -Math.expm1(logChance);
  let [stays, sum] = [1, 0];
  for (let j = 0; tail * stays > smallest * sum; j += 1) {
    sum += tail * stays;
    stays *= (b + j) / (a + b + j);
    logChance += Math.log(((r + j) / (j + 1)) * share);
    const chance = Math.exp(logChance);
    tail -= chance;
    if (j > mean && chance < smallest * (1 - share)) break;
  }
  return sum;
}
