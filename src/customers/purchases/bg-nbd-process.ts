import { logRising } from '../../statistics/log-gamma.js';
import { expectedUntilDropout, logNone, logRateOf } from './nbd-process.js';
import { type Limit, logSum, oneOver, type Past, type PurchaseProcess } from './purchase-process.js';

/**
 * Purchases at gamma distributed rates; behind each a customer leaves with a chance of his own, which is beta distributed.
 *
 * @param name - Of the model.
 * @param first - 1 where one can leave behind the very first purchase too, 0 where only behind those that are counted.
 */
export function betaGeometric(name: string, first: 0 | 1): PurchaseProcess {
  // ln of how likely he has left over how likely he has not.
  const logOddsLeft = ({ r, alpha, a, b }: Parameters, { frequency, recency, age }: Past) => {
    const purchases = frequency + first;
    if (purchases === 0) return Number.NEGATIVE_INFINITY;
    const silence = Math.log1p((age - recency) / (alpha + recency));
    return Math.log(a / (b + purchases - 1)) + (r + frequency) * silence;
  };
  return {
    name,
    parameters: ['r', 'alpha', 'a', 'b'],
    times: ['alpha'],
    starts: (rate, age) => startsOf(rate, age),
    logLikelihood: (parameters, past) => {
      const own = named(parameters);
      const purchases = past.frequency + first;
      const stays = logRising(own.b, purchases) - logRising(own.a + own.b, purchases);
      const rate = logRateOf(own.r, own.alpha, past.frequency, past.age);
      return stays + rate + logSum(0, logOddsLeft(own, past));
    },
    alive: (parameters, past) => oneOver(logOddsLeft(named(parameters), past)),
    none: (parameters, { frequency, age }, horizon) => {
      const { r, alpha } = named(parameters);
      return Math.exp(logNone(r + frequency, alpha + age, horizon));
    },
    expected: (parameters, { frequency, age }, horizon) => {
      const { r, alpha, a, b } = named(parameters);
      return expectedUntilDropout(r + frequency, alpha + age, a, b + frequency + first, horizon);
    },
    expectedOfNew: (parameters, horizon) => {
      const { r, alpha, a, b } = named(parameters);
      const remains = first === 1 ? b / (a + b) : 1;
      return remains * expectedUntilDropout(r, alpha, a, b + first, horizon);
    },
    limit: (parameters) => limitOf(named(parameters)),
  };
}

interface Parameters {
  readonly r: number;
  readonly alpha: number;
  readonly a: number;
  readonly b: number;
}

function named([r, alpha, a, b]: Float64Array): Parameters {
  return { r: r!, alpha: alpha!, a: a!, b: b! };
}

function startsOf(rate: number, age: number): number[][] {
  const shapes = [
    [0.5, 0.7, 2],
    [0.3, 0.3, 5],
    [1, 1, 1],
  ] as const;
  return shapes.map(([r, a, b]) => [r, (0.5 * r) / rate + 0.05 * age, a, b]);
}

/** A chance of leaving behind a purchase that is smaller than this, or further from 1, is none. */
const least = 1e-6;

function limitOf({ a, b }: Parameters): Limit | undefined {
  const share = a / (a + b);
  if (share < least || b > 1 / least) {
    const reason = `the likelihood rises until nobody leaves: a / (a + b) = ${share.toExponential(1)}, b = ${b.toExponential(1)}`;
    return { kind: 'no dropout', reason };
  }
  if (b / (a + b) >= least) return undefined;
  return {
    kind: 'no return',
    reason: `the likelihood rises until everybody leaves at once: a = ${a.toExponential(1)}`,
  };
}
