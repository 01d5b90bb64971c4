import { type HostRoutines, ownRoutines } from '../../kernels/host-routines.js';
import { mostThreads } from '../../kernels/kernel-state.js';
import { isShared } from '../../kernels/wasm/module/wasm-memory.js';
import { type DenseRoutines, type ProductScratch, wasmRoutines } from './dense-routines.js';
import { plainRoutines } from './plain-routines.js';

const PAGE = 65_536;
/** Blocks start on a cache line. */
const LINE = 64;
/** It grows by this much at least. */
const ROOM = 1 << 22;
/** No product needs scratch for more rows or steps at a time. */
const WIDEST = 512;

/** Memory on the host that is allocated in blocks one behind the other, and what works in it. Addresses count bytes. */
export interface Arena {
  readonly dense: DenseRoutines;
  /** A block of `count` numbers, with whatever is in it; returns its address. */
  allocate(count: number): number;
  /** Numbers at an address, valid until more is allocated. */
  floats(address: number, count: number): Float32Array;
}

/** An arena that grows, in which the wasm kernels work. */
export interface WasmArena extends Arena {
  readonly routines: HostRoutines['routines'];
  readonly memory: WebAssembly.Memory;
  /** Frees all blocks. */
  reset(): void;
  /** Makes room for `count` more numbers, so that allocating them leaves views valid. */
  reserve(count: number): void;
  /** A block of zeros. */
  allocateZeros(count: number): number;
  /** A block with a copy of indices. */
  allocateIndices(indices: Int32Array): number;
}

/** What products of matrices with sides of up to `widest` need before an arena's first block. */
function scratchAt(
  first: number,
  { memory, routines }: HostRoutines,
  widest: number,
): ProductScratch & { readonly end: number } {
  const [address, bytes] = [aligned(first) + LINE, aligned(routines.multiplyScratch(widest, widest))];
  // As many as there may ever be: memory that nobody writes takes none.
  const count = isShared(memory) ? mostThreads : 1;
  return { address, bytes, count, end: address + count * bytes };
}

/** Makes an arena of the memory of the host's routines from `first` on; what lies before it stays. */
export function createArena(host: HostRoutines, first = 0, widest = WIDEST): WasmArena {
  const { memory, routines } = host;
  const { end: start, ...scratch } = scratchAt(first, host, widest);
  let end = start;
  const reserve = (count: number): void => {
    const missing = end + aligned(4 * count) - memory.buffer.byteLength;
    if (missing > 0) memory.grow(Math.ceil(Math.max(missing, ROOM) / PAGE));
  };
  const allocate = (count: number): number => {
    reserve(count);
    const address = end;
    end += aligned(4 * count);
    return address;
  };
  const floats = (address: number, count: number) => new Float32Array(memory.buffer, address, count);
  return {
    routines,
    memory,
    dense: wasmRoutines(routines, scratch),
    allocate,
    reserve,
    floats,
    reset: () => {
      end = start;
    },
    allocateZeros: (count) => {
      const address = allocate(count);
      floats(address, count).fill(0);
      return address;
    },
    allocateIndices: (indices) => {
      const address = allocate(indices.length);
      new Int32Array(memory.buffer, address, indices.length).set(indices);
      return address;
    },
  };
}

/**
 * Opens an arena of its own with room for `count` numbers, for products of matrices with sides of up to `widest`; with `threads`, on
 * those of the pool where one runs.
 *
 * @returns `undefined` where the host cannot run the kernels or has no such memory.
 */
export async function openArena(
  count: number,
  { widest = WIDEST, threads = false }: { readonly widest?: number; readonly threads?: boolean } = {},
): Promise<WasmArena | undefined> {
  const host = await ownRoutines(1, { threads });
  if (host === undefined) return undefined;
  try {
    host.memory.grow(Math.ceil((scratchAt(0, host, widest).end + aligned(4 * count)) / PAGE));
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
  return createArena(host, 0, widest);
}

/** An arena of `count` numbers in which plain loops work, for hosts that cannot run the kernels. */
export function plainArena(count: number): Arena {
  const memory = new Float32Array(count);
  let end = 0;
  return {
    dense: plainRoutines(memory),
    allocate: (length) => {
      end += 4 * length;
      return end - 4 * length;
    },
    floats: (address, length) => new Float32Array(memory.buffer, address, length),
  };
}

function aligned(bytes: number): number {
  return Math.ceil(bytes / LINE) * LINE;
}
