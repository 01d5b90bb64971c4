import { integrate } from '../../statistics/integrate.js';
import { logRising } from '../../statistics/log-gamma.js';
import { logNone } from './nbd-process.js';
import { type Limit, logSum, oneOver, type Past, type PurchaseProcess } from './purchase-process.js';

interface Parameters {
  readonly r: number;
  readonly alpha: number;
  readonly s: number;
  readonly beta: number;
}

/** Purchases at gamma distributed rates; customers leave at any time, at gamma distributed rates too. */
export function paretoNbdProcess(): PurchaseProcess {
  return {
    name: 'Pareto/NBD',
    parameters: ['r', 'alpha', 's', 'beta'],
    times: ['alpha', 'beta'],
    starts: (rate, age) =>
      [
        [0.5, 0.5, 0.4],
        [1, 0.2, 1],
        [0.3, 1, 0.1],
      ].map(([r, s, share]) => [r!, (0.5 * r!) / rate + 0.05 * age, s!, share! * age]),
    logLikelihood: (parameters, { frequency, recency, age }) => {
      const own = named(parameters);
      const moved = { ...own, r: own.r + frequency };
      const scale = logRising(own.r, frequency) + own.r * Math.log(own.alpha) + own.s * Math.log(own.beta);
      return scale + logSum(logStayed(moved, age), logLeft(moved, recency, age));
    },
    alive: (parameters, { frequency, recency, age }) => {
      const own = named(parameters);
      const moved = { ...own, r: own.r + frequency };
      return oneOver(logLeft(moved, recency, age) - logStayed(moved, age));
    },
    none: (parameters, past, horizon) => {
      const { r, alpha, s, beta } = later(named(parameters), past);
      const scale = r * Math.log(alpha) + s * Math.log(beta);
      const moved = { r, alpha, s, beta };
      return Math.min(1, Math.exp(scale + logSum(logStayed(moved, horizon), logLeft(moved, 0, horizon))));
    },
    expected: (parameters, past, horizon) => expectedOf(later(named(parameters), past), horizon),
    expectedOfNew: (parameters, horizon) => expectedOf(named(parameters), horizon),
    limit: (parameters, age) => limitOf(named(parameters), age),
  };
}

function named([r, alpha, s, beta]: Float64Array): Parameters {
  return { r: r!, alpha: alpha!, s: s!, beta: beta! };
}

// What is known of one who has not left.
function later({ r, alpha, s, beta }: Parameters, { frequency, age }: Past): Parameters {
  return { r: r + frequency, alpha: alpha + age, s, beta: beta + age };
}

// ln (alpha + T)^-r (beta + T)^-s
function logStayed({ r, alpha, s, beta }: Parameters, age: number): number {
  return -r * Math.log(alpha + age) - s * Math.log(beta + age);
}

/** What is smaller than exp(-this) beside the whole does not count. */
const enough = 45;

/**
 * ln of the integral from t_x to T of (alpha + t)^-r s (beta + t)^-(s + 1) dt: he left at t. By quadrature in the logarithm of t, in
 * which the integrand has no edges, over what of it counts: the usual difference of two 2F1 loses its digits where T - t_x is small.
 */
function logLeft({ r, alpha, s, beta }: Parameters, recency: number, age: number): number {
  if (!(age > recency)) return Number.NEGATIVE_INFINITY;
  const near = Math.min(alpha, beta);
  // With v = ln(near + t), dt = (near + t) dv.
  const logAt = (v: number) => {
    const time = Math.exp(v) - near;
    return v - r * Math.log(alpha + time) - (s + 1) * Math.log(beta + time);
  };
  const start = Math.log(near + recency);
  const top = logAt(start);
  let end = Math.log(near + age);
  // All behind half of the way falls, and what is too small need not be looked at.
  while (end - start > 1e-12 && logAt(start + (end - start) / 2) < top - 2 * enough) end = start + (end - start) / 2;
  const fall = Math.abs(top - logAt(end));
  const panels = Math.max(1, Math.ceil((end - start) / 3 + fall / 12));
  return top + Math.log(s * integrate((v) => Math.exp(logAt(v) - top), start, end, panels));
}

// r beta / (alpha (s - 1)) (1 - (beta / (beta + t))^(s - 1)); at s = 1 it is r beta / alpha ln((beta + t) / beta).
function expectedOf({ r, alpha, s, beta }: Parameters, horizon: number): number {
  const log = Math.log1p(horizon / beta);
  const power = (s - 1) * log;
  const share = Math.abs(power) < 1e-12 ? 1 : -Math.expm1(-power) / power;
  return ((r * beta) / alpha) * log * share;
}

/** A chance of leaving within the whole age that is smaller than this is none, and so are fewer expected purchases. */
const least = 1e-5;

function limitOf({ r, alpha, s, beta }: Parameters, age: number): Limit | undefined {
  const stays = logNone(s, beta, age);
  if (-Math.expm1(stays) < least) {
    const reason = `the likelihood rises until nobody leaves: s = ${s.toExponential(1)}, beta = ${beta.toExponential(1)}`;
    return { kind: 'no dropout', reason };
  }
  if (expectedOf({ r, alpha, s, beta }, age) >= least) return undefined;
  return {
    kind: 'no return',
    reason: `the likelihood rises until everybody leaves at once: s = ${s.toExponential(1)}, beta = ${beta.toExponential(1)}`,
  };
}
