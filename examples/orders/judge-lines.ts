import { compareTables, type Detection, detectVirtual, type Table, type TableComparison } from 'minimart';
import { createProgressBar } from '../shared/progress-bar.js';
import type { Learned } from './learn-models.js';
import type { LineColumns } from './load-lines.js';

/** A model, and what judges say of its virtual lines. */
export interface Judged extends Learned {
  readonly virtual: Table<LineColumns>;
  readonly comparison: TableComparison;
  readonly detection: Detection;
}

/** Draws as many virtual lines as were held out, and judges them. */
export async function judgeLines(
  models: readonly Learned[],
  tables: { readonly real: Table<LineColumns>; readonly heldOut: Table<LineColumns> },
  seed: number,
  signal: AbortSignal,
): Promise<Judged[]> {
  const bar = createProgressBar('judging ');
  const judged: Judged[] = [];
  try {
    for (const learned of models) {
      const virtual = await learned.model.sample(tables.heldOut.length, { seed, signal });
      const comparison = await compareTables(virtual, { ...tables, signal });
      const detection = await detectVirtual(virtual, { ...tables, seed, signal });
      judged.push({ ...learned, virtual, comparison, detection });
      bar.show(judged.length, models.length, learned.label);
    }
    return judged;
  } finally {
    bar.stop();
  }
}

/** The one whose lines are the hardest to tell, of those that are no copies. */
export function bestOf(judged: readonly Judged[]): Judged {
  const honest = judged.filter(({ comparison: { copyExcess } }) => copyExcess.value < 0.1);
  return honest.reduce(
    (best, each) => (each.detection.trees.value < best.detection.trees.value ? each : best),
    honest[0]!,
  );
}
