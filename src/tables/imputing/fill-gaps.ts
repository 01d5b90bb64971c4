import { refuse } from '../../internal/require.js';
import type { Rng } from '../../random/rng.js';
import { rowKey } from '../coding/row-key.js';
import type { CodedTableColumn } from '../coding/table-coding.js';
import { type AllowedCells, readConditions } from '../conditions.js';
import { drawPlace, runningSums } from '../draw-place.js';
import type { RowDistribution } from '../model-of-rows.js';
import type { ColumnGaps, Gaps } from './gaps.js';

type Pause = () => Promise<void>;

/** Where {@link imputeTable} stands. */
export interface ImputeProgress {
  /** Cells filled so far; columns that were learned together count as one. */
  readonly done: number;
  /** Cells to fill. */
  readonly total: number;
}

/** How to fill. */
export interface Filling {
  readonly chances: NonNullable<RowDistribution['chances']>;
  readonly fill: 'draw' | 'best';
  readonly rng: Rng;
  readonly onProgress: ((progress: ImputeProgress) => void | Promise<void>) | undefined;
}

/** Most probabilities held at once, and most rows. */
const [mostChances, mostRows] = [2 ** 20, 2 ** 12];

/** The cells to put into the gaps of each column, as numbers. */
export async function fillGaps(
  where: string,
  columns: readonly CodedTableColumn[],
  gaps: Gaps,
  filling: Filling,
  pause: Pause,
): Promise<readonly Float64Array[]> {
  const cells = await readConditions(where, columns, {}, pause);
  const known = gaps.known.slice();
  const total = gaps.columns.reduce((sum, { rows }) => sum + rows.length, 0);
  let done = 0;
  const filled: Float64Array[] = [];
  for (const own of gaps.columns) {
    const column = columns[own.place]!;
    const choose = chooser(column, cells[own.place]!, filling);
    const values = new Float64Array(own.rows.length);
    const inBlock = Math.max(1, Math.min(mostRows, Math.floor(mostChances / (column.states.offsets.length - 1))));
    for (let from = 0; from < values.length; from += inBlock) {
      const block = { column, own, from, to: Math.min(values.length, from + inBlock), width: columns.length };
      await fillBlock(where, block, known, { choose, values, filling }, pause);
      done += block.to - block.from;
      await filling.onProgress?.({ done, total });
    }
    filled.push(values);
  }
  return filled;
}

/** Some gaps of a column. */
interface Block {
  readonly column: CodedTableColumn;
  readonly own: ColumnGaps;
  readonly from: number;
  readonly to: number;
  /** Number of columns, D. */
  readonly width: number;
}

interface Work {
  readonly choose: Chooser;
  readonly values: Float64Array;
  readonly filling: Filling;
}

// What is drawn becomes known to the columns behind; of what is best only what completes a combination.
async function fillBlock(
  where: string,
  { column, own, from, to, width }: Block,
  known: Int32Array,
  { choose, values, filling }: Work,
  pause: Pause,
): Promise<void> {
  const { rows, placeOf } = differentRows(known, own.rows.subarray(from, to), width);
  const chances = await filling.chances(rows, own.place, pause);
  const states = column.states.offsets.length - 1;
  for (let turn = from; turn < to; turn += 1) {
    const place = placeOf[turn - from]!;
    const row = own.rows[turn]!;
    const found = choose(chances.subarray(place * states, (place + 1) * states), own.allowed[turn]!);
    if (!found) {
      refuse(
        where,
        'table',
        `hold rows that the model does not rule out: '${column.name}' has no value in row ${row}`,
        0,
      );
    }
    values[turn] = found.value;
    if (filling.fill === 'draw' || own.isPartial[turn]) known[row * width + own.place] = column.base + found.state;
    if (turn % 2 ** 5 === 0) await pause();
  }
}

// Rows with the same known cells are asked for once.
function differentRows(known: Int32Array, chosen: Uint32Array, width: number) {
  const placeOf = new Uint32Array(chosen.length);
  const places = new Map<string, number>();
  const rows = new Int32Array(chosen.length * width);
  for (const [turn, row] of chosen.entries()) {
    const key = rowKey(known, row, width);
    const place = places.get(key) ?? places.size;
    if (place === places.size) rows.set(known.subarray(row * width, (row + 1) * width), place * width);
    places.set(key, place);
    placeOf[turn] = place;
  }
  return { rows: rows.subarray(0, places.size * width), placeOf };
}

/** Chooses a state and a value of it by how likely the states of a column are; nothing where none of those allowed is likely. */
type Chooser = (
  chances: Float64Array,
  allowed: Uint32Array,
) => { readonly state: number; readonly value: number } | undefined;

function chooser(column: CodedTableColumn, { draw }: AllowedCells, { fill, rng }: Filling): Chooser {
  const own = rng.stream(column.name);
  const pick = fill === 'draw' ? drawnState(own) : column.vocabulary ? likeliestState : undefined;
  if (!pick) return medianOf(column);
  return (chances, allowed) => {
    const weights = Float64Array.from(allowed, (state) => chances[state]!);
    const at = pick(weights);
    if (at === undefined) return undefined;
    return { state: allowed[at]!, value: draw(allowed[at]!, own) };
  };
}

function drawnState(rng: Rng) {
  return (weights: Float64Array): number | undefined => {
    const sums = runningSums(weights);
    return sums.at(-1)! > 0 ? drawPlace(sums, 0, sums.length, rng) : undefined;
  };
}

function likeliestState(weights: Float64Array): number | undefined {
  const most = weights.reduce((one, other) => Math.max(one, other), 0);
  return most > 0 ? weights.indexOf(most) : undefined;
}

// The first value up to which half of the probability lies. Within a state each value is as likely as it is frequent.
function medianOf({ states }: CodedTableColumn): Chooser {
  const { values, counts, stateOf, offsets } = states;
  const rows = new Float64Array(offsets.length - 1);
  for (const [place, count] of counts.entries()) rows[stateOf[place]!]! += count;
  const shares = counts.map((count, place) => count / rows[stateOf[place]!]!);
  return (chances, allowed) => {
    const whole = allowed.reduce((sum, state) => sum + chances[state]!, 0);
    if (!(whole > 0)) return undefined;
    let [place, below] = [0, 0];
    const last = values.length - (Number.isNaN(values.at(-1)!) ? 2 : 1);
    for (; place < last; place += 1) {
      below += shares[place]! * chances[stateOf[place]!]!;
      if (below >= whole / 2) break;
    }
    return { state: stateOf[place]!, value: values[place]! };
  };
}
