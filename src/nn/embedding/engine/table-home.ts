import { type HostRoutines, ownRoutines } from '../../../kernels/host-routines.js';
import type { EmbeddingTable } from '../models/embedding-table.js';
import { isMovable, type MovableTable } from '../models/movable-table.js';
import { createHostMemory, type HostMemory } from './host-memory.js';

const PAGE = 65_536;
/** What steps need besides tables, at first; more makes the memory grow. */
const ROOM = 1 << 26;
/** Beyond this a wasm memory, which ends at 4 GB, is no place for tables. */
const MOST_BYTES = 3 * 2 ** 30;

/** Numbers that live in a home: a table, or a moment. */
export interface Resident {
  readonly address: number;
  readonly length: number;
}

/** One memory for a model's tables, what an optimizer remembers of them, and the blocks of its steps. */
export interface TableHome {
  readonly host: HostRoutines;
  /** What is left for blocks. */
  readonly memory: HostMemory;
  /** By the names of `moments` and tables. */
  readonly residents: Readonly<Record<string, Resident>>;
  /** The numbers of a resident, valid until memory is lent again. */
  view(name: string): Float32Array;
  /** Takes in tables that are elsewhere. */
  takeIn(): void;
  /** Gives the tables memory of their own again. */
  leave(): void;
}

/** Makes a home for tables and arrays of zeros, given by their lengths; nothing where it does not fit. */
export async function createTableHome(
  tables: Readonly<Record<string, EmbeddingTable>>,
  zeros: Readonly<Record<string, number>>,
): Promise<TableHome | undefined> {
  const lengths = {
    ...Object.fromEntries(Object.entries(tables).map(([name, each]) => [name, each.rows * each.size])),
    ...zeros,
  };
  const bytes = Object.values(lengths).reduce((sum, length) => sum + aligned(4 * length), 0);
  if (bytes > MOST_BYTES || !Object.values(tables).every(isMovable)) return undefined;
  const host = await ownRoutines(Math.ceil((bytes + ROOM) / PAGE));
  if (host === undefined) return undefined;
  const residents: Record<string, Resident> = {};
  let end = 0;
  for (const [name, length] of Object.entries(lengths)) {
    residents[name] = { address: end, length };
    end += aligned(4 * length);
  }
  const memory = createHostMemory(host, end);
  const views: Record<string, Float32Array> = {};
  const view = (name: string): Float32Array => {
    const { address, length } = residents[name]!;
    if (views[name]?.buffer !== host.memory.buffer) views[name] = new Float32Array(host.memory.buffer, address, length);
    return views[name]!;
  };
  const movable = Object.entries(tables) as [string, MovableTable][];
  return {
    host,
    memory,
    residents,
    view,
    takeIn: () => {
      for (const [name, table] of movable) {
        const values = table.standing;
        if (values.buffer === host.memory.buffer) continue;
        view(name).set(values);
        table.move(() => view(name));
      }
    },
    leave: () => {
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
