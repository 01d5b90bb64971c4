import { piecemeal } from '../../internal/pieces.js';
import type { TableCoding } from '../coding/table-coding.js';
import { type Mixture, visitRows } from './mixture.js';
import type { SortedRows } from './sorted-rows.js';
import { type Tally, weighRows } from './weigh-rows.js';

/** Where the fit of a {@link latentClassMixture} stands. */
export interface MixtureProgress {
  /** Number of classes: of one that is tried out, where the number is chosen. */
  readonly classes: number;
  /** Iterations done so far, from 1. */
  readonly iteration: number;
  /** Mean over the rows of the logarithm of their probability, before the classes were estimated anew. */
  readonly logLikelihood: number;
  /** The same with the logarithm of the prior density, per row and up to a constant: it never falls. */
  readonly logPosterior: number;
}

/** How to fit. */
export interface FitSettings {
  readonly iterations: number;
  readonly tolerance: number;
  readonly smoothing: number;
  readonly onProgress: ((progress: MixtureProgress) => void | Promise<void>) | undefined;
  /** Asked after each iteration. */
  readonly isOver?: (iteration: number) => Promise<boolean>;
}

/** The EM algorithm on rows of a table from a start, which it changes in place. */
export async function fitMixture(
  coding: TableCoding,
  sorted: SortedRows,
  mixture: Mixture,
  { iterations, tolerance, smoothing, onProgress, isOver }: FitSettings,
  pause: () => Promise<void>,
): Promise<MixtureProgress[]> {
  const history: MixtureProgress[] = [];
  const tally = { states: new Float64Array(mixture.chances.length), classes: new Float64Array(mixture.classes) };
  for (let iteration = 1; iteration <= iterations; iteration += 1) {
    const logLikelihood = (await weighRows(sorted, mixture, tally, pause)) / sorted.length;
    const prior = smoothing === 0 ? 0 : (smoothing * (await logPrior(coding, mixture, pause))) / sorted.length;
    const report = { classes: mixture.classes, iteration, logLikelihood, logPosterior: logLikelihood + prior };
    const before = history.at(-1)?.logPosterior ?? Number.NEGATIVE_INFINITY;
    history.push(report);
    await estimate(coding, sorted.length, mixture, tally, smoothing, pause);
    await onProgress?.(report);
    if (await isOver?.(iteration)) break;
    if (report.logPosterior - before <= tolerance * Math.abs(report.logPosterior)) break;
  }
  return history;
}

// The M step. Each class counts `smoothing` more rows, in which each state has its share of the whole table.
async function estimate(
  { states, shares }: TableCoding,
  length: number,
  { classes, shares: classShares, chances }: Mixture,
  tally: Tally,
  smoothing: number,
  pause: () => Promise<void>,
): Promise<void> {
  for (let k = 0; k < classes; k += 1) {
    classShares[k] = (tally.classes[k]! + smoothing) / (length + classes * smoothing);
  }
  const visit = (state: number) => {
    const added = smoothing * shares[state]!;
    for (let k = 0; k < classes; k += 1) {
      const rows = tally.classes[k]! + smoothing;
      // A class without rows says nothing; its share is 0.
      chances[state * classes + k] = rows === 0 ? shares[state]! : (tally.states[state * classes + k]! + added) / rows;
    }
  };
  await piecemeal(visitRows(states, classes * 8, visit), pause);
}

// Of the Dirichlet densities whose modes `estimate` gives, for a smoothing of 1 and without the constants.
async function logPrior(
  { states, shares }: TableCoding,
  { classes, shares: classShares, chances }: Mixture,
  pause: () => Promise<void>,
): Promise<number> {
  let sum = 0;
  for (let k = 0; k < classes; k += 1) sum += Math.log(classShares[k]!);
  const visit = (state: number) => {
    for (let k = 0; k < classes; k += 1) sum += shares[state]! * Math.log(chances[state * classes + k]!);
  };
  await piecemeal(visitRows(states, classes * 8, visit), pause);
  return sum;
}
