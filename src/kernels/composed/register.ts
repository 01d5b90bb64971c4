import {
  BatchMatMul,
  Conv2DBackpropFilter,
  Conv2DBackpropInput,
  DepthwiseConv2dNativeBackpropFilter,
  DepthwiseConv2dNativeBackpropInput,
  type KernelFunc,
  Sum,
  UnsortedSegmentSum,
} from '@tensorflow/tfjs-core';
import { installKernel } from '../install-kernel.js';
import { composedBatchMatMul } from './batch-mat-mul.js';
import { composedConv2DBackpropFilter } from './conv2d-backprop-filter.js';
import { composedConv2DBackpropInput } from './conv2d-backprop-input.js';
import { loopDepthwiseBackpropFilter, loopDepthwiseBackpropInput } from './depthwise-backprop.js';
import { composedSum } from './sum.js';
import { loopUnsortedSegmentSum } from './unsorted-segment-sum.js';

/** Adds the training kernels that the wasm backend lacks and replaces the slow ones, composed of its fast ones. */
export function registerComposedKernels(): void {
  replace(BatchMatMul, composedBatchMatMul);
  replace(Sum, composedSum);
  replace(Conv2DBackpropInput, composedConv2DBackpropInput);
  installKernel('wasm', Conv2DBackpropFilter, composedConv2DBackpropFilter);
  installKernel('wasm', DepthwiseConv2dNativeBackpropFilter, loopDepthwiseBackpropFilter);
  installKernel('wasm', DepthwiseConv2dNativeBackpropInput, loopDepthwiseBackpropInput);
  installKernel('wasm', UnsortedSegmentSum, loopUnsortedSegmentSum);
}

function replace(kernelName: string, make: (stock: KernelFunc) => KernelFunc): void {
  installKernel('wasm', kernelName, (stock) => {
    if (stock === undefined) throw new Error(`minimart: the wasm backend has no kernel '${kernelName}'.`);
    return make(stock);
  });
}
