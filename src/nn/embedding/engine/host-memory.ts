import type { HostRoutines } from '../../../kernels/host-routines.js';

const PAGE = 65_536;
/** Blocks start on a cache line. */
const LINE = 64;
/** It grows by this much at least. */
const ROOM = 1 << 22;

/** Memory that is lent in blocks one behind the other, for the time of one call. */
export interface HostMemory {
  readonly routines: HostRoutines['routines'];
  /** Scratch for any product; the same at every call. */
  readonly productScratch: number;
  /** Takes back everything lent. */
  reset(): void;
  /** Lends room for `count` numbers, with whatever is in it; returns its address. */
  lend(count: number): number;
  /** Makes room for `count` more numbers, so that lending them leaves views valid. */
  reserve(count: number): void;
  /** Lends zeros. */
  lendZeros(count: number): number;
  /** Lends a copy of indices. */
  lendIndices(indices: Int32Array): number;
  /** Numbers at an address, valid until memory is lent again. */
  floats(address: number, count: number): Float32Array;
}

/** Bytes that a memory needs before its first block. */
export function scratchBytes({ routines }: HostRoutines): number {
  return LINE + aligned(routines.multiplyScratch(512, 320));
}

/** Manages the memory of the host's routines from `first` on; what lies before it stays. */
export function createHostMemory(host: HostRoutines, first = 0): HostMemory {
  const { memory, routines } = host;
  const productScratch = aligned(first) + LINE;
  const start = aligned(first) + scratchBytes(host);
  let end = start;
  const reserve = (count: number): void => {
    const missing = end + aligned(4 * count) - memory.buffer.byteLength;
    if (missing > 0) memory.grow(Math.ceil(Math.max(missing, ROOM) / PAGE));
  };
  const lend = (count: number): number => {
    reserve(count);
    const address = end;
    end += aligned(4 * count);
    return address;
  };
  const floats = (address: number, count: number) => new Float32Array(memory.buffer, address, count);
  return {
    routines,
    productScratch,
    lend,
    reserve,
    floats,
    reset: () => {
      end = start;
    },
    lendZeros: (count) => {
      const address = lend(count);
      floats(address, count).fill(0);
      return address;
    },
    lendIndices: (indices) => {
      const address = lend(indices.length);
      new Int32Array(memory.buffer, address, indices.length).set(indices);
      return address;
    },
  };
}

function aligned(bytes: number): number {
  return Math.ceil(bytes / LINE) * LINE;
}
