import {
  _FusedMatMul,
  BatchMatMul,
  Conv2D,
  Conv2DBackpropFilter,
  Conv2DBackpropInput,
  DepthwiseConv2dNativeBackpropFilter,
  FusedConv2D,
  UnsortedSegmentSum,
} from '@tensorflow/tfjs-core';
import { replaceKernel } from '../install-kernel.js';
import { loopConv2D, loopConv2DBackpropFilter, loopConv2DBackpropInput } from './conv2d.js';
import { loopDepthwiseBackpropFilter } from './depthwise-backprop.js';
import { unfusedConv2D, unfusedMatMul } from './fused.js';
import { loopBatchMatMul } from './mat-mul.js';
import { loopUnsortedSegmentSum } from './unsorted-segment-sum.js';

/** Replaces the kernels of the cpu backend that training cannot wait for. */
export function registerCpuKernels(): void {
  replaceKernel('cpu', UnsortedSegmentSum, loopUnsortedSegmentSum);
  replaceKernel('cpu', BatchMatMul, loopBatchMatMul);
  replaceKernel('cpu', _FusedMatMul, unfusedMatMul);
  replaceKernel('cpu', Conv2D, loopConv2D);
  replaceKernel('cpu', FusedConv2D, unfusedConv2D);
  replaceKernel('cpu', Conv2DBackpropFilter, loopConv2DBackpropFilter);
  replaceKernel('cpu', Conv2DBackpropInput, loopConv2DBackpropInput);
  replaceKernel('cpu', DepthwiseConv2dNativeBackpropFilter, loopDepthwiseBackpropFilter);
}
