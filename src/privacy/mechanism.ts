import { type OptionNames, requireGivenOptions } from '../internal/options.js';
import { refuse, requireBetween, requirePositive, requireWholeNumber } from '../internal/require.js';
import { sampledGaussianDivergence } from './sampled-gaussian.js';

/** Sums of rows with normal noise on them, shown `steps` times: what differentially private learning is made of. */
export interface NoisyMechanism {
  /** Standard deviation of the noise over the L2 sensitivity: the most that one row moves what is shown. Above 0. */
  readonly noiseMultiplier: number;
  /** Probability with which each row takes part, each time and by itself (Poisson sampling), in [0, 1]. Default 1. */
  readonly samplingRate?: number;
  /** How often it is shown, >= 0; each time may depend on the times before. Default 1. */
  readonly steps?: number;
  /** Probability that it shows what noise does not cover, all steps together, in [0, 1). Counts towards delta. Default 0. */
  readonly delta?: number;
  /** Left out: it follows from the noise. */
  readonly epsilon?: undefined;
}

/** Whatever else is (epsilon, delta)-differentially private, such as what another tool has shown of the same rows. */
export interface StatedMechanism {
  /** Its epsilon, each time. Above 0. */
  readonly epsilon: number;
  /** Its delta, all steps together, in [0, 1). Default 0. */
  readonly delta?: number;
  /** How often it is shown, >= 0. Default 1. */
  readonly steps?: number;
  /** Left out: epsilon says it. */
  readonly noiseMultiplier?: undefined;
  /** Left out: epsilon says it. */
  readonly samplingRate?: undefined;
}

/** What shows something of rows, and how much it can show of one of them. */
export type PrivateMechanism = NoisyMechanism | StatedMechanism;

const names: OptionNames<NoisyMechanism> = {
  noiseMultiplier: true,
  samplingRate: true,
  steps: true,
  delta: true,
  epsilon: true,
};

/** Refuses what is no mechanism. `more` are names of what may stand beside. */
export function requireMechanism(
  where: string,
  mechanism: PrivateMechanism,
  argument = 'mechanism',
  more: Readonly<Record<string, true>> = {},
): void {
  requireGivenOptions<object>(where, mechanism, { ...names, ...more }, argument);
  const { noiseMultiplier, samplingRate = 1, steps = 1, delta = 0, epsilon } = mechanism;
  const of = (name: string) => (argument === 'mechanism' ? name : `${argument}.${name}`);
  if (epsilon === undefined) requirePositive(where, of('noiseMultiplier'), noiseMultiplier);
  else {
    requirePositive(where, of('epsilon'), epsilon);
    const other = noiseMultiplier ?? mechanism.samplingRate;
    if (other !== undefined) refuse(where, of('epsilon'), 'stand alone, without noise or sampling of its own', other);
  }
  requireBetween(where, of('samplingRate'), samplingRate, 0, 1, { closed: true });
  requireWholeNumber(where, of('steps'), steps);
  requireBetween(where, of('delta'), delta, 0, 1);
}

/** The orders at which divergences are kept: as fine where little noise makes the best order small as where much makes it large. */
export function divergenceOrders(): readonly number[] {
  const fine = Array.from({ length: 99 }, (_, place) => (11 + place) / 10);
  const whole = Array.from({ length: 53 }, (_, place) => 11 + place);
  return [...fine, ...whole, 80, 96, 128, 192, 256, 384, 512, 768, 1024];
}

/** `[orders]`: the Rényi divergence of one step of a mechanism at each order. */
export function divergencesOf(mechanism: PrivateMechanism): readonly number[] {
  const { noiseMultiplier, samplingRate = 1, epsilon } = mechanism;
  if (epsilon !== undefined) return divergenceOrders().map((order) => statedDivergence(epsilon, order));
  return divergenceOrders().map((order) => sampledGaussianDivergence(noiseMultiplier, samplingRate, order));
}

/** A mechanism, and the Rényi divergences of one step of it. */
export interface Spending {
  readonly mechanism: PrivateMechanism;
  readonly divergences: readonly number[];
}

/** A mechanism with its divergences, which take some milliseconds where rows are sampled. */
export function spendingOf(mechanism: PrivateMechanism): Spending {
  return { mechanism, divergences: divergencesOf(mechanism) };
}

/**
 * That of randomised response, which no mechanism of its epsilon exceeds: log((sinh(a e) - sinh((a - 1) e)) / sinh(e)) / (a - 1).
 *
 * @see Mironov, "Rényi Differential Privacy" (2017), section VI; Bun and Steinke, "Concentrated Differential Privacy" (2016)
 */
function statedDivergence(epsilon: number, order: number): number {
  // With every exponential by the largest, exp(order * epsilon).
  const [a, e] = [order, epsilon];
  const above = -Math.expm1(-e) + Math.exp((1 - 2 * a) * e) * -Math.expm1(-e);
  const log = (a - 1) * e + Math.log(above) - Math.log(-Math.expm1(-2 * e));
  return Math.min(Math.max(0, log / (a - 1)), epsilon);
}
