import { createTableHome, type TableHome } from '../engine/table-home.js';
import { denseName, type MovedWeights, type RowMover } from './row-mover.js';
import type { RowUpdate } from './row-updates.js';

/** Missed updates of rows that are handed over at once. */
const MISSED_AT_ONCE = 1024;

/** A mover and the memory in which it works. */
export interface HomeMover extends RowMover {
  readonly home: TableHome;
}

/** Adam by the wasm routines, on tables that live in their memory. Nothing where there is no such memory. */
export async function createHomeMover({ tables, dense }: MovedWeights): Promise<HomeMover | undefined> {
  const lengths = Object.entries(tables).map(([name, { rows, size }]): [string, number] => [name, rows * size]);
  const moments = Object.fromEntries(
    [...lengths, [denseName, dense.length] as const].flatMap(([name, length]) => [
      [`${name}/m`, length],
      [`${name}/v`, length],
    ]),
  );
  const lists = { missedRows: MISSED_AT_ONCE, missedFactors: 4 * MISSED_AT_ONCE };
  const home = await createTableHome(tables, { ...moments, ...lists });
  if (home === undefined) return undefined;
  const { memory, residents } = home;
  const move = (
    name: string,
    values: number,
    gradient: number,
    rows: number,
    count: number,
    size: number,
    update: RowUpdate,
  ) => {
    const [m, v] = [residents[`${name}/m`]!.address, residents[`${name}/v`]!.address];
    memory.routines.adamRows(values, m, v, gradient, rows, count, size, ...adamNumbers(update));
  };
  return {
    home,
    table: (name, { rows, values }, update) => {
      const { size } = tables[name]!;
      const gradient = addressOf(home, values.subarray(0, rows.length * size));
      const ids = memory.lendIndices(rows);
      move(name, residents[name]!.address, gradient, ids, rows.length, size, update);
    },
    // In lists of their own: blocks that are lent for a call in progress stay as they are.
    catchUp: (name, { rows, factors }) => {
      const [values, m, v] = [name, `${name}/m`, `${name}/v`].map((each) => residents[each]!.address) as Addresses;
      const [ids, list] = [residents.missedRows!.address, residents.missedFactors!.address];
      for (let start = 0; start < rows.length; start += MISSED_AT_ONCE) {
        const some = rows.subarray(start, start + MISSED_AT_ONCE);
        new Int32Array(home.host.memory.buffer, ids, some.length).set(some);
        home.view('missedFactors').set(factors.subarray(4 * start, 4 * (start + some.length)));
        memory.routines.catchUpRows(values, m, v, ids, list, some.length, tables[name]!.size);
      }
    },
    dense: (given, update) => {
      const gradient = addressOf(home, given);
      const [values, ids] = [memory.lend(dense.length), memory.lendZeros(1)];
      const copy = () => memory.floats(values, dense.length);
      copy().set(dense);
      move(denseName, values, gradient, ids, 1, dense.length, update);
      dense.set(copy());
    },
    moments: () => Object.fromEntries(Object.keys(moments).map((name) => [name, home.view(name)])),
    dispose: () => home.leave(),
  };
}

// Most gradients stand in this memory already.
function addressOf({ host, memory }: TableHome, values: Float32Array): number {
  if (values.buffer === host.memory.buffer) return values.byteOffset;
  const address = memory.lend(values.length);
  memory.floats(address, values.length).set(values);
  return address;
}

type Addresses = [number, number, number];
type AdamNumbers = [number, number, number, number, number, number, number, number];

function adamNumbers({ optimizer, learningRate, update, regularization }: RowUpdate): AdamNumbers {
  if (optimizer.kind !== 'adam') throw new TypeError(`createHomeMover: no routine for '${optimizer.kind}'.`);
  const { beta1, beta2, epsilon } = optimizer;
  const rate = learningRate / (1 - beta1 ** update);
  return [rate, beta1, 1 - beta1, beta2, 1 - beta2, 1 / (1 - beta2 ** update), epsilon, regularization];
}
