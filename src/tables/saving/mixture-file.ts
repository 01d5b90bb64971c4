import { refuseFile } from '../../internal/file-fault.js';
import { inStretches, type Pieces, piecemeal } from '../../internal/pieces.js';
import type { Document } from '../../saving/document/document.js';
import { tensorOf } from '../../saving/document/reader.js';
import type { CodedTableColumn } from '../coding/table-coding.js';
import { mixtureDistribution } from '../mixture/mixture-distribution.js';
import type { RowDistribution } from '../model-of-rows.js';

/** Probabilities that were computed add up to 1 but for this. */
const slack = 1e-6;

/** Reads the classes of a mixture: probabilities, which add up to 1. */
export async function readMixture(
  file: Document,
  columns: readonly CodedTableColumn[],
  pause: () => Promise<void>,
): Promise<RowDistribution> {
  const classes = file.description.part('model').whole('classes', 1, 2 ** 32 - 1);
  const states = columns.reduce((sum, column) => sum + column.states.offsets.length - 1, 0);
  const shares = tensorOf(file, 'shares', Float64Array, [classes]);
  const chances = tensorOf(file, 'chances', Float64Array, [states, classes]);
  const total = shares.reduce((sum, share) => sum + (share >= 0 ? share : Number.NaN), 0);
  if (!(Math.abs(total - 1) < slack)) refuseFile("hold shares that add up to 1 in 'shares'", total);
  for (const { name, base, states: own } of columns) {
    await piecemeal(requireChances(chances, name, base, own.offsets.length - 1, classes), pause);
  }
  return mixtureDistribution(columns, { classes, shares, chances });
}

function* requireChances(
  chances: Float64Array,
  name: string,
  base: number,
  states: number,
  classes: number,
): Pieces<void> {
  const sums = new Float64Array(classes);
  const visit = (from: number, to: number) => {
    for (let state = base + from; state < base + to; state += 1) {
      for (let k = 0; k < classes; k += 1) {
        const chance = chances[state * classes + k]!;
        sums[k]! += chance >= 0 ? chance : Number.NaN;
      }
    }
  };
  yield* inStretches(states, visit, Math.max(1, Math.floor(2 ** 16 / classes)));
  const wrong = sums.findIndex((sum) => !(Math.abs(sum - 1) < slack));
  if (wrong >= 0) refuseFile(`hold chances of '${name}' that add up to 1 in each class`, sums[wrong]);
}
