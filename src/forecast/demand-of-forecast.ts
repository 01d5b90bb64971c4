import type { Demand } from '../rl/demand/demand.js';
import { discreteDemand } from '../rl/demand/discrete-demand.js';
import { empiricalDemand } from '../rl/demand/empirical-demand.js';
import { negativeBinomialDemand } from '../rl/demand/negative-binomial-demand.js';
import { normalDemand } from '../rl/demand/normal-demand.js';
import { poissonDemand } from '../rl/demand/poisson-demand.js';
import { wholeUnitDemand } from '../rl/demand/whole-units.js';
import { shapeOf } from './sales-quantiles.js';

/** Where tables of counts end: beyond, a normal distribution in whole units stands for them. */
const manyPieces = 20_000;
/** A shape below which a table of counts grows out of hand. */
const leastShape = 1e-3;

/** The distribution of whole units of a mean and a variance. */
export function demandFromMoments(name: string, mean: number, variance: number): Demand {
  if (mean < 1e-9) return discreteDemand([1], { name });
  const shape = shapeOf(mean, variance);
  if (mean > manyPieces) return { ...wholeUnitDemand(normalDemand(mean, Math.sqrt(Math.max(mean, variance)))), name };
  if (shape === Number.POSITIVE_INFINITY) return { ...poissonDemand(mean), name };
  const bounded = Math.max(shape, leastShape);
  return { ...negativeBinomialDemand({ mean, deviation: Math.sqrt(mean + mean ** 2 / bounded) }), name };
}

/** The distribution of whole units about a mean, with errors as they were measured: each as likely as any other. */
export function demandFromErrors(name: string, mean: number, variance: number, errors: Float64Array): Demand {
  const deviation = Math.sqrt(variance);
  return { ...empiricalDemand(errors.map((error) => Math.max(0, mean + error * deviation))), name };
}

/** So many quantiles stand for a distribution. */
const standIns = 200;

/** The distribution of whole units whose quantiles are known. */
export function demandFromQuantiles(name: string, quantileOf: (probability: number) => number): Demand {
  const units = Float64Array.from({ length: standIns }, (_, at) => quantileOf((at + 0.5) / standIns));
  return { ...empiricalDemand(units), name };
}
