import { UnsortedSegmentSum } from '@tensorflow/tfjs-core';
import { replaceKernel } from '../install-kernel.js';
import { loopUnsortedSegmentSum } from './unsorted-segment-sum.js';

/** Replaces the kernels of the cpu backend that training cannot wait for. */
export function registerCpuKernels(): void {
  replaceKernel('cpu', UnsortedSegmentSum, loopUnsortedSegmentSum);
}
