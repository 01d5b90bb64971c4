import type { HostRoutines } from '../../kernels/host-routines.js';

const PAGE = 65_536;
/** Blocks start on a cache line. */
const LINE = 64;
/** It grows by this much at least. */
const ROOM = 1 << 22;

/** Memory that is allocated in blocks one behind the other, for the time of one call. */
export interface Arena {
  readonly routines: HostRoutines['routines'];
  /** Scratch for any product; the same at every call. */
  readonly productScratch: number;
  /** Frees all blocks. */
  reset(): void;
  /** A block of `count` numbers, with whatever is in it; returns its address. */
  allocate(count: number): number;
  /** Makes room for `count` more numbers, so that allocating them leaves views valid. */
  reserve(count: number): void;
  /** A block of zeros. */
  allocateZeros(count: number): number;
  /** A block with a copy of indices. */
  allocateIndices(indices: Int32Array): number;
  /** Numbers at an address, valid until more is allocated. */
  floats(address: number, count: number): Float32Array;
}

/** Bytes that a memory needs before its first block. */
export function scratchBytes({ routines }: HostRoutines): number {
  return LINE + aligned(routines.multiplyScratch(512, 320));
}

/** Makes an arena of the memory of the host's routines from `first` on; what lies before it stays. */
export function createArena(host: HostRoutines, first = 0): Arena {
  const { memory, routines } = host;
  const productScratch = aligned(first) + LINE;
  const start = aligned(first) + scratchBytes(host);
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
    productScratch,
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

function aligned(bytes: number): number {
  return Math.ceil(bytes / LINE) * LINE;
}
