import { normalCumulative } from '../statistics/normal.js';
import type { NoisyMechanism, PrivateMechanism, StatedMechanism } from './mechanism.js';

/** Which table is the one that was: that with a row more, or that without. */
export type Neighbour = 'removed' | 'added';

/** The distribution of the privacy loss of one step of a mechanism, on a grid of losses `step * i`. */
export interface LossMasses {
  /** Of the first mass. */
  readonly first: number;
  readonly masses: Float64Array;
  /** Probability of losses above the last. */
  readonly infinite: number;
}

/** Deviations from the mean beyond which the noise does not lie: with a probability of 1e-19. */
const reach = 9;

/**
 * The privacy loss log(P / Q) under P, on a grid, so that it shows at least as much as it does: between two points of the grid the
 * masses of P and Q are put on these so that both are kept. Of log(P / Q) as a function of the threshold this gives chords of a
 * convex curve, which lie above it.
 *
 * @param step - Between two losses.
 * @see Doroshenko, Ghazi, Kamath, Kumar and Manurangsi, "Connect the Dots: Tighter Discrete Approximations of Privacy Loss Distributions" (2022)
 */
export function lossMasses(mechanism: PrivateMechanism, neighbour: Neighbour, step: number): LossMasses {
  return mechanism.epsilon === undefined ? noisyMasses(mechanism, neighbour, step) : statedMasses(mechanism, step);
}

// Randomised response, which no mechanism of its epsilon exceeds; losses are rounded up.
function statedMasses({ epsilon }: StatedMechanism, step: number): LossMasses {
  const [low, high] = [Math.ceil(-epsilon / step), Math.ceil(epsilon / step)];
  const masses = new Float64Array(high - low + 1);
  masses[0] = 1 / (1 + Math.exp(epsilon));
  masses[high - low] = 1 / (1 + Math.exp(-epsilon));
  return { first: low, masses, infinite: 0 };
}

/** Of a stretch of noise: how likely it is without the row, and with it. */
interface Stretch {
  readonly without: number;
  readonly with: number;
}

function noisyMasses(mechanism: NoisyMechanism, neighbour: Neighbour, step: number): LossMasses {
  const { noiseMultiplier: noise, samplingRate: rate = 1 } = mechanism;
  const isAdded = neighbour === 'added';
  const sign = isAdded ? -1 : 1;
  const ends = [-reach * noise, 1 + reach * noise].map((x) => sign * lossAt(x, noise, rate)).sort((a, b) => a - b);
  const [first, last] = [Math.floor(ends[0]! / step), Math.ceil(ends[1]! / step)];
  const masses = new Float64Array(last - first + 1);
  const between = stretches(noise, rate);
  const bound = (place: number) => placeOf(sign * (first + place) * step, noise, rate);
  const ofStretch = (from: number, to: number) => {
    const found = isAdded ? between(to, from) : between(from, to);
    return isAdded ? { p: found.without, q: found.with } : { p: found.with, q: found.without };
  };
  const [lowest, highest] = isAdded
    ? [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
    : [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  // What is below the first counts as the first.
  masses[0]! += ofStretch(lowest, bound(0)).p;
  for (let place = 0; place + 1 < masses.length; place += 1) {
    const { p, q } = ofStretch(bound(place), bound(place + 1));
    const upper = (p - q * Math.exp((first + place) * step)) / -Math.expm1(-step);
    const above = Math.min(p, Math.max(0, upper));
    masses[place + 1]! += above;
    masses[place]! += p - above;
  }
  return { first, masses, infinite: ofStretch(bound(masses.length - 1), highest).p };
}

// log(1 - q + q exp((2 x - 1) / (2 s^2))): how much likelier the sum x is with the row.
function lossAt(x: number, noise: number, rate: number): number {
  const exponent = (2 * x - 1) / (2 * noise * noise);
  if (exponent > 0) return exponent + Math.log(rate + (1 - rate) * Math.exp(-exponent));
  return Math.log1p(rate * Math.expm1(exponent));
}

// The sum x with a loss; all sums are likelier than what lies below log(1 - q).
function placeOf(loss: number, noise: number, rate: number): number {
  const rest = (1 - rate) * Math.exp(-loss);
  if (rest >= 1) return Number.NEGATIVE_INFINITY;
  return noise * noise * (loss + Math.log1p(-rest) - Math.log(rate)) + 0.5;
}

function stretches(noise: number, rate: number): (from: number, to: number) => Stretch {
  return (from, to) => {
    const without = between(from / noise, to / noise);
    const shifted = between((from - 1) / noise, (to - 1) / noise);
    return { without, with: (1 - rate) * without + rate * shifted };
  };
}

// Infinite bounds included, in both tails relative to itself.
function between(from: number, to: number): number {
  if (!(from < to)) return 0;
  return from > 0 ? cumulative(-from) - cumulative(-to) : cumulative(to) - cumulative(from);
}

function cumulative(z: number): number {
  if (z === Number.POSITIVE_INFINITY) return 1;
  return z === Number.NEGATIVE_INFINITY ? 0 : normalCumulative(z);
}
