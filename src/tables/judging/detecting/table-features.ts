import type { Table } from '../../../data/table/table.js';
import { columnNumbersIn } from '../../coding/column-numbers.js';
import { finenessOf } from './fineness.js';

/** A column as detectors see it. */
export interface Feature {
  /** Whether its numbers are codes of ids. */
  readonly isCoded: boolean;
  /** Whether it says how finely another one is stated. */
  readonly isFineness: boolean;
  /** `[N]`: numbers as they are, codes in the vocabulary of the real table, -1 of ids not in it; NaN where a value is missing. */
  readonly values: Float64Array;
}

/** The columns of a table, `[N]` each, and behind numbers and times how finely they are stated. */
export async function tableFeatures(real: Table, table: Table, pause: () => Promise<void>): Promise<Feature[]> {
  const features: Feature[] = [];
  for (const [name, like] of Object.entries(real.columns)) {
    const isCoded = 'codes' in like;
    const values = columnNumbersIn(table.columns[name]!, isCoded ? like.vocabulary : undefined);
    features.push({ isCoded, isFineness: false, values });
    await pause();
    const fineness = finenessOf(like, values);
    if (fineness) features.push({ isCoded: false, isFineness: true, values: fineness });
    await pause();
  }
  return features;
}
