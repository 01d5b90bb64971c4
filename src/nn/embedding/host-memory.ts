import type { HostRoutines } from '../../kernels/host-routines.js';

const PAGE = 65_536;
/** Blocks start on a cache line. */
const LINE = 64;

/** Memory that is lent in blocks one behind the other, for the time of one call. */
export interface HostMemory {
  readonly routines: HostRoutines['routines'];
  /** Scratch for any product; the same at every call. */
  readonly productScratch: number;
  /** Takes back everything lent. */
  reset(): void;
  /** Lends room for `count` numbers, with whatever is in it; returns its address. */
  lend(count: number): number;
  /** Lends zeros. */
  lendZeros(count: number): number;
  /** Lends a copy of indices. */
  lendIndices(indices: Int32Array): number;
  /** Numbers at an address, valid until memory is lent again. */
  floats(address: number, count: number): Float32Array;
}

/** Manages the memory of the host's routines. */
export function createHostMemory({ memory, routines }: HostRoutines): HostMemory {
  const productScratch = LINE;
  const start = productScratch + aligned(routines.multiplyScratch(512, 320));
  let end = start;
  const lend = (count: number): number => {
    const address = end;
    end += aligned(4 * count);
    const missing = end - memory.buffer.byteLength;
    if (missing > 0) memory.grow(Math.ceil(Math.max(missing, memory.buffer.byteLength / 4) / PAGE));
    return address;
  };
  const floats = (address: number, count: number) => new Float32Array(memory.buffer, address, count);
  return {
    routines,
    productScratch,
    lend,
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
