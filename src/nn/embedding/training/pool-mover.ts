import { adamRowsByKernel } from '../../host/adam.js';
import { createTablePool, type TablePool } from '../engine/table-pool.js';
import { denseName, type MovedWeights, type RowMover } from './row-mover.js';
import { adamFactorsOf, type RowUpdate } from './row-updates.js';

/** Missed updates of rows that are written at once. */
const MISSED_AT_ONCE = 1024;

/** A mover and the memory in which it works. */
export interface PoolMover extends RowMover {
  readonly pool: TablePool;
}

/** Adam by the wasm kernels, on tables that live in their memory. Nothing where there is no such memory. */
export async function createPoolMover(
  { tables, dense }: MovedWeights,
  options: { readonly threads?: boolean } = {},
): Promise<PoolMover | undefined> {
  const lengths = Object.entries(tables).map(([name, { rows, size }]): [string, number] => [name, rows * size]);
  const moments = Object.fromEntries(
    [...lengths, [denseName, dense.length] as const].flatMap(([name, length]) => [
      [`${name}/m`, length],
      [`${name}/v`, length],
    ]),
  );
  const lists = { missedRows: MISSED_AT_ONCE, missedFactors: 4 * MISSED_AT_ONCE };
  const pool = await createTablePool(tables, { ...moments, ...lists }, options);
  if (pool === undefined) return undefined;
  const { arena, slots } = pool;
  const addresses = (name: string) => ({ m: slots[`${name}/m`]!.address, v: slots[`${name}/v`]!.address });
  const move = (name: string, values: number, gradients: number, rows: SomeRows, update: RowUpdate): void => {
    const state = { values, ...addresses(name) };
    adamRowsByKernel(arena.routines, state, rows, gradients, adamFactorsOf(update), update.regularization);
  };
  return {
    pool,
    table: (name, { rows, values }, update) => {
      const { size } = tables[name]!;
      const gradient = addressOf(pool, values.subarray(0, rows.length * size));
      const some = { rows: arena.allocateIndices(rows), count: rows.length, size };
      move(name, slots[name]!.address, gradient, some, update);
    },
    // In lists of their own: blocks that are allocated for a call in progress stay as they are.
    catchUp: (name, { rows, factors }) => {
      const [values, { m, v }] = [slots[name]!.address, addresses(name)];
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
      const values = arena.allocate(dense.length);
      const whole = { rows: arena.allocateZeros(1), count: 1, size: dense.length };
      const copy = () => arena.floats(values, dense.length);
      copy().set(dense);
      move(denseName, values, gradient, whole, update);
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

interface SomeRows {
  /** Where their indices stand. */
  readonly rows: number;
  readonly count: number;
  readonly size: number;
}
