import { createTablePool, type TablePool } from '../engine/table-pool.js';
import { denseName, type MovedWeights, type RowMover } from './row-mover.js';
import type { RowUpdate } from './row-updates.js';

/** Missed updates of rows that are written at once. */
const MISSED_AT_ONCE = 1024;

/** A mover and the memory in which it works. */
export interface PoolMover extends RowMover {
  readonly pool: TablePool;
}

/** Adam by the wasm routines, on tables that live in their arena. Nothing where there is no such arena. */
export async function createPoolMover({ tables, dense }: MovedWeights): Promise<PoolMover | undefined> {
  const lengths = Object.entries(tables).map(([name, { rows, size }]): [string, number] => [name, rows * size]);
  const moments = Object.fromEntries(
    [...lengths, [denseName, dense.length] as const].flatMap(([name, length]) => [
      [`${name}/m`, length],
      [`${name}/v`, length],
    ]),
  );
  const lists = { missedRows: MISSED_AT_ONCE, missedFactors: 4 * MISSED_AT_ONCE };
  const pool = await createTablePool(tables, { ...moments, ...lists });
  if (pool === undefined) return undefined;
  const { arena, slots } = pool;
  const move = (
    name: string,
    values: number,
    gradient: number,
    rows: number,
    count: number,
    size: number,
    update: RowUpdate,
  ) => {
    const [m, v] = [slots[`${name}/m`]!.address, slots[`${name}/v`]!.address];
    arena.routines.adamRows(values, m, v, gradient, rows, count, size, ...adamNumbers(update));
  };
  return {
    pool,
    table: (name, { rows, values }, update) => {
      const { size } = tables[name]!;
      const gradient = addressOf(pool, values.subarray(0, rows.length * size));
      const ids = arena.allocateIndices(rows);
      move(name, slots[name]!.address, gradient, ids, rows.length, size, update);
    },
    // In lists of their own: blocks that are allocated for a call in progress stay as they are.
    catchUp: (name, { rows, factors }) => {
      const [values, m, v] = [name, `${name}/m`, `${name}/v`].map((each) => slots[each]!.address) as Addresses;
      const [ids, list] = [slots.missedRows!.address, slots.missedFactors!.address];
      for (let start = 0; start < rows.length; start += MISSED_AT_ONCE) {
        const some = rows.subarray(start, start + MISSED_AT_ONCE);
        new Int32Array(pool.host.memory.buffer, ids, some.length).set(some);
        pool.view('missedFactors').set(factors.subarray(4 * start, 4 * (start + some.length)));
        arena.routines.catchUpRows(values, m, v, ids, list, some.length, tables[name]!.size);
      }
    },
    dense: (given, update) => {
      const gradient = addressOf(pool, given);
      const [values, ids] = [arena.allocate(dense.length), arena.allocateZeros(1)];
      const copy = () => arena.floats(values, dense.length);
      copy().set(dense);
      move(denseName, values, gradient, ids, 1, dense.length, update);
      dense.set(copy());
    },
    moments: () => Object.fromEntries(Object.keys(moments).map((name) => [name, pool.view(name)])),
    dispose: () => pool.release(),
  };
}

// Most gradients stand in this memory already.
function addressOf({ host, arena }: TablePool, values: Float32Array): number {
  if (values.buffer === host.memory.buffer) return values.byteOffset;
  const address = arena.allocate(values.length);
  arena.floats(address, values.length).set(values);
  return address;
}

type Addresses = [number, number, number];
type AdamNumbers = [number, number, number, number, number, number, number, number];

function adamNumbers({ optimizer, learningRate, update, regularization }: RowUpdate): AdamNumbers {
  if (optimizer.kind !== 'adam') throw new TypeError(`createPoolMover: no routine for '${optimizer.kind}'.`);
  const { beta1, beta2, epsilon } = optimizer;
  const rate = learningRate / (1 - beta1 ** update);
  return [rate, beta1, 1 - beta1, beta2, 1 - beta2, 1 / (1 - beta2 ** update), epsilon, regularization];
}
