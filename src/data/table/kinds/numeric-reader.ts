import { refuse } from '../../../internal/require.js';
import { createGrowingArray } from '../../growing-array.js';
import type { Column } from '../column.js';
import type { ColumnReader } from '../column-kind.js';
import type { GroupDoubt } from '../text/group-doubt.js';

/** What a numeric column is made of. */
export interface NumericParts<A, C> {
  /** What becomes of a row without a value. */
  readonly missing: 'skip' | 'keep' | number;
  /** Reads a text, or says why it does not fit. What later cells depend on waits for `onKeep`: the row may not be kept. */
  readonly parse: (text: string) => number | string;
  /** How the column would have to be read for a text that does not fit. */
  readonly otherwise?: (text: string) => string | undefined;
  /** Called when the value that was read last is kept. Default: nothing. */
  readonly onKeep?: () => void;
  /** Looks out for numbers that may be thousands. Default: nothing does. */
  readonly groups?: GroupDoubt | undefined;
  /** Makes the array. */
  readonly make: (size: number) => A;
  /** Makes the column. */
  readonly column: (values: A) => C;
}

/** Begins a column that holds numbers. */
export function startNumeric<A extends Int32Array | Float64Array, C extends Column>(
  parts: NumericParts<A, C>,
): ColumnReader<C> {
  const { missing, parse, otherwise, onKeep, groups, make, column } = parts;
  const values = createGrowingArray(make);
  const standIn = typeof missing === 'number' ? missing : Number.NaN;
  let taken = 0;
  let isRead = false;
  let lastText = '';
  return {
    read(text) {
      const value = parse(text);
      if (typeof value === 'string') return value;
      taken = value;
      isRead = true;
      lastText = text;
      return undefined;
    },
    ...(otherwise && { otherwise }),
    readMissing() {
      taken = standIn;
      isRead = false;
      return missing !== 'skip';
    },
    keep() {
      values.push(taken);
      if (!isRead) return;
      onKeep?.();
      groups?.see(lastText);
    },
    ...(groups && { doubtful: groups.doubtful }),
    take: () => column(values.take()),
  };
}

/** Checks a `missing` option. */
export function requireMissing(where: string, missing: unknown): void {
  if (!(missing === 'skip' || missing === 'keep' || Number.isFinite(missing))) {
    refuse(where, 'missing', "be 'skip', 'keep' or a number", missing);
  }
}
