import {
  BatchMatMul,
  Conv2DBackpropFilter,
  Conv2DBackpropInput,
  DepthwiseConv2dNativeBackpropFilter,
  DepthwiseConv2dNativeBackpropInput,
  Sum,
  UnsortedSegmentSum,
} from '@tensorflow/tfjs-core';
import { installKernel, replaceKernel } from '../install-kernel.js';
import { composedBatchMatMul } from './batch-mat-mul.js';
import { composedConv2DBackpropFilter } from './conv2d-backprop-filter.js';
import { composedConv2DBackpropInput } from './conv2d-backprop-input.js';
import { loopDepthwiseBackpropFilter, loopDepthwiseBackpropInput } from './depthwise-backprop.js';
import { composedSum } from './sum.js';
import { loopUnsortedSegmentSum } from './unsorted-segment-sum.js';

/** Adds the training kernels that the wasm backend lacks and replaces the slow ones, composed of its fast ones. */
export function registerComposedKernels(): void {
  replaceKernel('wasm', BatchMatMul, composedBatchMatMul);
  replaceKernel('wasm', Sum, composedSum);
  replaceKernel('wasm', Conv2DBackpropInput, composedConv2DBackpropInput);
  installKernel('wasm', Conv2DBackpropFilter, composedConv2DBackpropFilter);
  installKernel('wasm', DepthwiseConv2dNativeBackpropFilter, loopDepthwiseBackpropFilter);
  installKernel('wasm', DepthwiseConv2dNativeBackpropInput, loopDepthwiseBackpropInput);
  installKernel('wasm', UnsortedSegmentSum, loopUnsortedSegmentSum);
}
