import { type HostRoutines, ownRoutines } from '../../../kernels/host-routines.js';
import { createArena, type WasmArena } from '../../host/arena.js';
import { type EmbeddingTable, isMovable, type MovableTable } from '../models/movable-table.js';

const PAGE = 65_536;
/** What steps need besides tables, at first; more makes the memory grow. */
const ROOM = 1 << 26;
/** Beyond this a wasm memory, which ends at 4 GB, is no place for tables. */
const MOST_BYTES = 3 * 2 ** 30;

/** Where a pool holds the numbers of a table or of a moment. */
export interface Slot {
  readonly address: number;
  readonly length: number;
}

/** One memory for a model's tables, what an optimizer remembers of them, and the blocks of its steps. */
export interface TablePool {
  readonly host: HostRoutines;
  /** What is left for blocks. */
  readonly arena: WasmArena;
  /** By the names of `moments` and tables. */
  readonly slots: Readonly<Record<string, Slot>>;
  /** The numbers in a slot, valid until more is allocated. */
  view(name: string): Float32Array;
  /** Moves tables that are elsewhere into their slots. */
  bind(): void;
  /** Gives the tables memory of their own again. */
  release(): void;
}

/** Makes a pool for tables and arrays of zeros, given by their lengths; nothing where it does not fit. Products are on threads if wished. */
export async function createTablePool(
  tables: Readonly<Record<string, EmbeddingTable>>,
  zeros: Readonly<Record<string, number>>,
  options: { readonly threads?: boolean } = {},
): Promise<TablePool | undefined> {
  const lengths = {
    ...Object.fromEntries(Object.entries(tables).map(([name, each]) => [name, each.rows * each.size])),
    ...zeros,
  };
  const bytes = Object.values(lengths).reduce((sum, length) => sum + aligned(4 * length), 0);
  if (bytes > MOST_BYTES || !Object.values(tables).every(isMovable)) return undefined;
  const host = await ownRoutines(Math.ceil((bytes + ROOM) / PAGE), options);
  if (host === undefined) return undefined;
  const slots: Record<string, Slot> = {};
  let end = 0;
  for (const [name, length] of Object.entries(lengths)) {
    slots[name] = { address: end, length };
    end += aligned(4 * length);
  }
  const arena = createArena(host, end);
  const views: Record<string, Float32Array> = {};
  const view = (name: string): Float32Array => {
    const { address, length } = slots[name]!;
    if (views[name]?.buffer !== host.memory.buffer) views[name] = new Float32Array(host.memory.buffer, address, length);
    return views[name]!;
  };
  const movable = Object.entries(tables) as [string, MovableTable][];
  return {
    host,
    arena,
    slots,
    view,
    bind: () => {
      for (const [name, table] of movable) {
        const values = table.standing;
        if (values.buffer === host.memory.buffer) continue;
        view(name).set(values);
        table.move(() => view(name));
      }
    },
    release: () => {
      for (const [name, table] of movable) {
        if (table.standing.buffer !== host.memory.buffer) continue;
        const own = view(name).slice();
        table.move(() => own);
      }
    },
  };
}

function aligned(bytes: number): number {
  return Math.ceil(bytes / 64) * 64;
}
