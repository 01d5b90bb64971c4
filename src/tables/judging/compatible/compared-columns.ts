import type { CodedColumn, Column } from '../../../data/table/column.js';
import type { Table } from '../../../data/table/table.js';
import { inStretches, piecemeal } from '../../../internal/pieces.js';
import { columnNumbers } from '../../coding/column-numbers.js';

type Pause = () => Promise<void>;

/** The same thing of the real table and of the virtual one. */
export interface Both<T> {
  readonly real: T;
  readonly virtual: T;
}

/** Which of a few cells each row is in. */
export interface Cells extends Both<Int32Array> {
  /** More than the largest number of a cell. */
  readonly size: number;
}

/** A column of two tables. */
export interface ComparedColumn {
  readonly name: string;
  /** Of numbers and times, `[N]` each: NaN where one is missing. */
  readonly numbers: Both<Float64Array> | undefined;
  /** `undefined` where numbers are too close to one another to be cut. */
  readonly cells: Cells | undefined;
}

const bins = 10;

/** The columns of `real`, with those of the same names of `virtual`. */
export async function comparedColumns({ real, virtual }: Both<Table>, pause: Pause): Promise<ComparedColumn[]> {
  const columns: ComparedColumn[] = [];
  for (const [name, column] of Object.entries(real.columns)) {
    const both = { real: column, virtual: virtual.columns[name]! };
    columns.push({ name, ...(isOfIds(both) ? await idsOf(both, pause) : await numbersOf(both, pause)) });
  }
  return columns;
}

function isOfIds(both: Both<Column>): both is Both<CodedColumn> {
  return 'codes' in both.real;
}

/** Numbers ids by what they are, from 1, in both tables alike; 0 is a missing one. */
async function idsOf({ real, virtual }: Both<CodedColumn>, pause: Pause): Promise<Omit<ComparedColumn, 'name'>> {
  const numbered = new Map<string | undefined, number>();
  const numberOf = (id: string | undefined) => {
    const number = numbered.get(id) ?? numbered.size + 1;
    numbered.set(id, number);
    return number;
  };
  const cellsOf = ({ codes, vocabulary }: CodedColumn) => {
    const known = new Map<number, number>();
    return mapRows(codes, pause, (code) => {
      if (code < 0) return 0;
      const cell = known.get(code) ?? numberOf(vocabulary.idAt(code));
      known.set(code, cell);
      return cell;
    });
  };
  const cells = { real: await cellsOf(real), virtual: await cellsOf(virtual) };
  return { numbers: undefined, cells: { ...cells, size: numbered.size + 1 } };
}

async function numbersOf(both: Both<Column>, pause: Pause): Promise<Omit<ComparedColumn, 'name'>> {
  const numbers = { real: columnNumbers(both.real), virtual: columnNumbers(both.virtual) };
  // Nanoseconds, as pandas holds times: their bins are cut from rounded doubles.
  const scale = both.real.kind === 'time' ? 1e6 : 1;
  const real = await cutAlone(numbers.real, scale, pause);
  const virtual = await cutAlone(numbers.virtual, scale, pause);
  return { numbers, cells: real && virtual && { real, virtual, size: bins + 2 } };
}

/**
 * Cuts numbers into bins of equal width between their own extremes. The largest is in a bin of its own, which missing ones share
 * (`numpy.histogram_bin_edges`, then `numpy.digitize`).
 */
async function cutAlone(numbers: Float64Array, scale: number, pause: Pause): Promise<Int32Array | undefined> {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const number of numbers) {
    if (number < low) low = number;
    if (number > high) high = number;
  }
  const edges = edgesBetween(low * scale, high * scale);
  if (edges.some((edge, place) => place > 0 && !(edge > edges[place - 1]!))) return undefined;
  return mapRows(numbers, pause, (number) => {
    if (Number.isNaN(number)) return bins + 1;
    let bin = 0;
    while (bin <= bins && edges[bin]! <= number * scale) bin += 1;
    return bin;
  });
}

function edgesBetween(low: number, high: number): Float64Array {
  const [first, last] = low === high ? [low - 0.5, high + 0.5] : [low, high];
  const step = (last - first) / bins;
  return Float64Array.from({ length: bins + 1 }, (_, place) => (place === bins ? last : place * step + first));
}

async function mapRows(
  values: Int32Array | Float64Array,
  pause: Pause,
  cellOf: (value: number) => number,
): Promise<Int32Array> {
  const cells = new Int32Array(values.length);
  const visit = (from: number, to: number) => {
    for (let row = from; row < to; row += 1) cells[row] = cellOf(values[row]!);
  };
  await piecemeal(inStretches(values.length, visit), pause);
  return cells;
}
