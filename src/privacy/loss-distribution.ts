import { fourierTransform } from '../linear-algebra/fourier.js';
import { type LossMasses, lossMasses, type Neighbour } from './loss-masses.js';
import { divergenceOrders, type Spending } from './mechanism.js';

/** Points of the grid of losses. */
const points = 2 ** 16;

/** Probability with which the losses of all steps together may lie outside the grid. */
const outside = 1e-15;

/**
 * An upper bound of epsilon by the whole distribution of the privacy loss: that of a step on a grid, rounded so that it shows more, that
 * of all steps by the Fourier transform, in which sums of losses are products.
 *
 *     delta(epsilon) = E max(0, 1 - exp(epsilon - loss)),   the greater one for a row that is added or removed
 *
 * What lies outside the grid, what no epsilon bounds and what is lost in rounding is taken from delta.
 *
 * @returns Infinity where so small a delta cannot be told from rounding, or the losses do not fit on the grid.
 * @see Koskela, Jälkö and Honkela, "Computing Tight Differential Privacy Guarantees Using FFT" (2020), https://arxiv.org/abs/1906.03049
 */
export function epsilonByDistribution(spendings: readonly Spending[], delta: number): number {
  const counted = spendings.filter(({ mechanism: { steps = 1, samplingRate = 1 } }) => steps * samplingRate > 0);
  const failures = spendings.reduce(
    (sum, { mechanism }) => sum + (mechanism.steps === 0 ? 0 : (mechanism.delta ?? 0)),
    0,
  );
  const steps = counted.reduce((sum, { mechanism }) => sum + (mechanism.steps ?? 1), 0);
  const rounding = 1e-15 * (points + steps);
  if (!(delta - failures > 100 * rounding)) return Number.POSITIVE_INFINITY;
  const window = windowOf(counted);
  if (!Number.isFinite(window.high - window.low)) return Number.POSITIVE_INFINITY;
  const bounds = (['removed', 'added'] as const).map((neighbour) =>
    epsilonOf(composed(counted, neighbour, window), delta - failures - rounding),
  );
  return Math.max(0, ...bounds);
}

/** Between which losses those of all steps together lie. */
interface LossWindow {
  readonly low: number;
  readonly high: number;
  /** The t of exp(t loss), of which the bound of what is above is made. */
  readonly rate: number;
}

// Chernoff's bounds: E exp((a - 1) loss) is exp((a - 1) D(a)), and E exp(-a loss) is at most that.
function windowOf(spendings: readonly Spending[]): LossWindow {
  let window: LossWindow = { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY, rate: 1 };
  for (const [place, order] of divergenceOrders().entries()) {
    const total = spendings.reduce(
      (sum, { mechanism, divergences }) => sum + (mechanism.steps ?? 1) * divergences[place]!,
      0,
    );
    const above = (order - 1) * total - Math.log(outside);
    const high = above / (order - 1);
    if (high < window.high) window = { ...window, high, rate: order - 1 };
    window = { ...window, low: Math.max(window.low, -above / order) };
  }
  return window;
}

/** Losses of all steps together: `[points]`, from `low` on, and the probability of what is above. */
interface ComposedLosses {
  readonly low: number;
  readonly step: number;
  readonly masses: Float64Array;
  readonly infinite: number;
}

function composed(spendings: readonly Spending[], neighbour: Neighbour, window: LossWindow): ComposedLosses {
  const step = (window.high - window.low) / (points - 2);
  const product = { real: new Float64Array(points).fill(1), imaginary: new Float64Array(points) };
  let [infinite, growth] = [0, 0];
  for (const { mechanism } of spendings) {
    const { steps = 1 } = mechanism;
    const own = lossMasses(mechanism, neighbour, step);
    infinite += steps * own.infinite;
    growth += steps * logMoment(own, step, window.rate);
    multiply(product, own, steps);
  }
  // The inverse is the transform with real and imaginary part exchanged, divided by the size.
  fourierTransform(product.imaginary, product.real);
  const start = Math.floor(window.low / step);
  const masses = new Float64Array(points);
  for (let k = 0; k < points; k += 1) masses[k] = Math.max(0, product.real[modulo(start + k)]! / points);
  const last = (start + points - 1) * step;
  return { low: start * step, step, masses, infinite: infinite + Math.exp(growth - window.rate * last) };
}

function logMoment({ first, masses }: LossMasses, step: number, rate: number): number {
  const most = rate * (first + masses.length - 1) * step;
  const sum = masses.reduce((total, mass, k) => total + mass * Math.exp(rate * (first + k) * step - most), 0);
  return most + Math.log(sum);
}

// By the transform of the masses to the power of the steps.
function multiply(product: { real: Float64Array; imaginary: Float64Array }, own: LossMasses, steps: number): void {
  const [real, imaginary] = [new Float64Array(points), new Float64Array(points)];
  for (const [k, mass] of own.masses.entries()) real[modulo(own.first + k)]! += mass;
  fourierTransform(real, imaginary);
  for (let k = 0; k < points; k += 1) {
    const size = Math.hypot(real[k]!, imaginary[k]!) ** steps;
    const angle = Math.atan2(imaginary[k]!, real[k]!) * steps;
    const [re, im] = [size * Math.cos(angle), size * Math.sin(angle)];
    const before = product.real[k]!;
    product.real[k] = before * re - product.imaginary[k]! * im;
    product.imaginary[k] = before * im + product.imaginary[k]! * re;
  }
}

function modulo(place: number): number {
  return ((place % points) + points) % points;
}

// From above, with the sums of the masses and of the masses times exp(-loss): between two points delta is linear in exp(epsilon).
function epsilonOf({ low, step, masses, infinite }: ComposedLosses, delta: number): number {
  let [mass, scaled] = [infinite, 0];
  if (mass > delta) return Number.POSITIVE_INFINITY;
  for (let k = points - 1; k >= 0; k -= 1) {
    const loss = low + k * step;
    if (mass - Math.exp(loss) * scaled > delta) return Math.log((mass - delta) / scaled);
    mass += masses[k]!;
    scaled += masses[k]! * Math.exp(-loss);
  }
  return Math.log((mass - delta) / scaled);
}
