import { piecemeal } from '../../internal/pieces.js';
import type { TableCoding } from '../coding/table-coding.js';
import { type Mixture, visitRows, weighRow } from './mixture.js';

/** Where the fit of a {@link latentClassMixture} stands. */
export interface MixtureProgress {
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
}

/** Sums of the rows' class probabilities. */
interface Tally {
  /** `[S, K]`: over the rows in each state. */
  readonly states: Float64Array;
  /** `[K]`: over all rows. */
  readonly classes: Float64Array;
}

/** The EM algorithm from a start, which it changes in place. */
export async function fitMixture(
  coding: TableCoding,
  mixture: Mixture,
  { iterations, tolerance, smoothing, onProgress }: FitSettings,
  pause: () => Promise<void>,
): Promise<MixtureProgress[]> {
  const history: MixtureProgress[] = [];
  const tally = { states: new Float64Array(mixture.chances.length), classes: new Float64Array(mixture.classes) };
  for (let iteration = 1; iteration <= iterations; iteration += 1) {
    const logLikelihood = (await weighRows(coding, mixture, tally, pause)) / coding.length;
    const prior = smoothing === 0 ? 0 : (smoothing * (await logPrior(coding, mixture, pause))) / coding.length;
    const report = { iteration, logLikelihood, logPosterior: logLikelihood + prior };
    const before = history.at(-1)?.logPosterior ?? Number.NEGATIVE_INFINITY;
    history.push(report);
    await estimate(coding, mixture, tally, smoothing, pause);
    await onProgress?.(report);
    if (report.logPosterior - before <= tolerance * Math.abs(report.logPosterior)) break;
  }
  return history;
}

// The E step: the sum of the rows' log-probabilities, and the tally.
async function weighRows(
  { rows, length, columns }: TableCoding,
  mixture: Mixture,
  tally: Tally,
  pause: () => Promise<void>,
): Promise<number> {
  const { classes } = mixture;
  const width = columns.length;
  const posterior = new Float64Array(classes);
  tally.states.fill(0);
  tally.classes.fill(0);
  let total = 0;
  const visit = (row: number) => {
    total += weighRow(mixture, rows, row * width, width, posterior);
    for (let place = row * width; place < (row + 1) * width; place += 1)
      addTo(tally.states, rows[place]! * classes, posterior);
    addTo(tally.classes, 0, posterior);
  };
  await piecemeal(visitRows(length, classes * (2 * width + 8), visit), pause);
  return total;
}

function addTo(sums: Float64Array, start: number, posterior: Float64Array): void {
  for (let k = 0; k < posterior.length; k += 1) sums[start + k]! += posterior[k]!;
}

// The M step. Each class counts `smoothing` more rows, in which each state has its share of the whole table.
async function estimate(
  { states, shares, length }: TableCoding,
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
