import { UnsortedSegmentSum } from '@tensorflow/tfjs-core';
import { installKernel } from '../install-kernel.js';
import { loopUnsortedSegmentSum } from './unsorted-segment-sum.js';

/** Replaces the kernels of the cpu backend that training cannot wait for. */
export function registerCpuKernels(): void {
  installKernel('cpu', UnsortedSegmentSum, (stock) => {
    if (stock === undefined) throw new Error(`minimart: the cpu backend has no kernel '${UnsortedSegmentSum}'.`);
    return loopUnsortedSegmentSum(stock);
  });
}
