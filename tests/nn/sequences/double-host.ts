import { plainRoutines } from '../../../src/nn/host/plain-routines.js';
import type { SequenceHost } from '../../../src/nn/sequences/network/sequence-host.js';
import { plainPasses } from '../../../src/nn/sequences/passes/sequence-passes.js';

/**
 * Plain loops over numbers in double precision, for gradients to be compared with finite differences. The loops ask of their
 * memory only what all arrays of numbers can.
 */
export function doubleHost(count: number): SequenceHost {
  const memory = new Float64Array(count) as unknown as Float32Array;
  let end = 0;
  const arena = {
    dense: plainRoutines(memory),
    allocate: (length: number) => {
      end += 4 * length;
      return end - 4 * length;
    },
    floats: (address: number, length: number) => memory.subarray(address / 4, address / 4 + length),
  };
  return { arena, openPasses: plainPasses };
}
