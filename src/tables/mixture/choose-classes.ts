import { piecemeal } from '../../internal/pieces.js';
import { refuse, requireAtMost } from '../../internal/require.js';
import { permutationInPieces, type Rng } from '../../random/rng.js';
import { mean, standardError } from '../../statistics/moments.js';
import type { TableCoding } from '../coding/table-coding.js';
import { type FitSettings, fitMixture } from './fit-mixture.js';
import { type Mixture, visitRows, weighRow } from './mixture.js';
import { sortRows } from './sorted-rows.js';
import { startMixture } from './start-mixture.js';

/** What rows that were held out say of a number of classes. */
export interface ClassesTrial {
  /** The number. */
  readonly classes: number;
  /** Iterations after which the rows held out were most likely; more learned the others by heart. */
  readonly iterations: number;
  /** Mean over the rows held out of the logarithm of their probability, then. */
  readonly logProbability: number;
  /** Its standard error. That of the difference of two numbers is smaller: they are tried on the same rows. */
  readonly standardError: number;
}

type Pause = () => Promise<void>;

/** A fit ends when the rows held out have become no likelier for so many iterations. */
const patience = 5;

/** Tried where the caller names no numbers, as far as there are different rows. */
const usualClasses: readonly number[] = [1, 3, 10, 30, 100, 300];

/** How numbers of classes are tried. */
export interface TrialSettings extends FitSettings {
  readonly heldOutShare: number;
  readonly rng: Rng;
}

/** Fits with each number of classes to a part of the rows, and asks the others. */
export async function tryClasses(
  where: string,
  coding: TableCoding,
  counts: readonly number[] | undefined,
  settings: TrialSettings,
  pause: Pause,
): Promise<ClassesTrial[]> {
  const { heldOutShare, rng } = settings;
  if (coding.length < 2) refuse(where, 'table.length', 'be at least 2, to hold rows out', coding.length);
  const order = await piecemeal(permutationInPieces(rng.stream('held out'), coding.length), pause);
  const heldRows = Math.min(coding.length - 1, Math.max(1, Math.round(heldOutShare * coding.length)));
  const [held, learned] = [order.subarray(0, heldRows), order.subarray(heldRows)];
  const sorted = await sortRows(coding, pause, learned);
  const different = sorted.counts.length;
  const numbers = counts ?? usualClasses.filter((classes) => classes <= different);
  requireAtMost(where, 'classes', Math.max(...numbers), different, 'different rows that are not held out');
  const trials: ClassesTrial[] = [];
  for (const classes of numbers) {
    const mixture = await startMixture(where, coding, classes, rng.stream('classes'), pause, learned);
    let best: ClassesTrial | undefined;
    const isOver = async (iterations: number) => {
      const logs = await logProbabilities(coding, mixture, held, pause);
      const logProbability = mean(logs);
      if (!best || logProbability > best.logProbability) {
        best = { classes, iterations, logProbability, standardError: standardError(logs) };
      }
      return iterations - best.iterations >= patience;
    };
    await fitMixture(coding, sorted, mixture, { ...settings, isOver }, pause);
    trials.push(best!);
  }
  return trials;
}

/** The trial whose rows held out are likeliest; of equals, the first. */
export function bestTrial(trials: readonly ClassesTrial[]): ClassesTrial {
  return trials.reduce((best, trial) => (trial.logProbability > best.logProbability ? trial : best));
}

async function logProbabilities(
  { rows, columns }: TableCoding,
  mixture: Mixture,
  chosen: Uint32Array,
  pause: Pause,
): Promise<Float64Array> {
  const width = columns.length;
  const logs = new Float64Array(chosen.length);
  const posterior = new Float64Array(mixture.classes);
  const visit = (at: number) => {
    logs[at] = weighRow(mixture, rows, chosen[at]! * width, width, posterior);
  };
  await piecemeal(visitRows(logs.length, mixture.classes * (width + 8), visit), pause);
  return logs;
}
