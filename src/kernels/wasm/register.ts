import {
  _FusedMatMul,
  BatchMatMul,
  backend,
  Cast,
  Conv2D,
  Conv2DBackpropFilter,
  Conv2DBackpropInput,
  DepthwiseConv2dNativeBackpropFilter,
  DepthwiseConv2dNativeBackpropInput,
  FusedBatchNorm,
  FusedConv2D,
  GatherV2,
  Identity,
  type KernelFunc,
  LeakyRelu,
  Mean,
  Sum,
  Tile,
  UnsortedSegmentSum,
} from '@tensorflow/tfjs-core';
import { adamKernelName } from '../adam-inputs.js';
import { installKernel, replaceKernel } from '../install-kernel.js';
import { wasmLeakyRelu } from './activations.js';
import { wasmAdam } from './adam.js';
import { wasmConv2D, wasmFusedConv2D } from './convolutions/conv2d.js';
import { wasmConv2DBackpropFilter, wasmConv2DBackpropInput } from './convolutions/conv2d-backprop.js';
import { wasmDepthwiseBackpropFilter, wasmDepthwiseBackpropInput } from './convolutions/depthwise-backprop.js';
import { wasmFusedBatchNorm } from './fused-batch-norm.js';
import { wasmFusedMatMul } from './fused-mat-mul.js';
import { wasmGather } from './gather.js';
import { sharingCast, sharingIdentity } from './identity.js';
import { wasmBatchMatMul } from './mat-mul.js';
import { compileRoutines, type RoutinesOf } from './module/kernel-module.js';
import { hasMemory } from './module/wasm-memory.js';
import { wasmRectifierGradient } from './rectifier-gradient.js';
import { wasmMean, wasmSum } from './sum.js';
import { wasmTile } from './tile.js';
import { topScoresKernelName, wasmTopScores } from './top-scores.js';
import { wasmUnsortedSegmentSum } from './unsorted-segment-sum.js';

/**
 * Gives the wasm backend kernels of our own, which run in its memory.
 *
 * @returns Whether that was possible: not where the memory cannot be reached, or where the host does not run SIMD
 * instructions.
 */
export async function registerWasmKernels(): Promise<boolean> {
  const active = backend();
  if (!hasMemory(active)) return false;
  try {
    const routinesOf = await compileRoutines();
    routinesOf(active);
    install(routinesOf);
    return true;
  } catch (error) {
    if (error instanceof WebAssembly.CompileError || error instanceof WebAssembly.LinkError) return false;
    throw error;
  }
}

function install(routinesOf: RoutinesOf): void {
  const add = (kernelName: string, make: (routinesOf: RoutinesOf) => KernelFunc) =>
    installKernel('wasm', kernelName, () => make(routinesOf));
  const replace = (kernelName: string, make: (routinesOf: RoutinesOf, stock: KernelFunc) => KernelFunc) =>
    replaceKernel('wasm', kernelName, (stock) => make(routinesOf, stock));
  replace(BatchMatMul, wasmBatchMatMul);
  replace(_FusedMatMul, wasmFusedMatMul);
  replace(Conv2D, wasmConv2D);
  replace(FusedConv2D, wasmFusedConv2D);
  replace(GatherV2, wasmGather);
  replace(LeakyRelu, wasmLeakyRelu);
  replace(Sum, wasmSum);
  replace(Mean, wasmMean);
  replace(Tile, wasmTile);
  replace(FusedBatchNorm, wasmFusedBatchNorm);
  replaceKernel('wasm', Identity, sharingIdentity);
  replaceKernel('wasm', Cast, sharingCast);
  add(Conv2DBackpropFilter, wasmConv2DBackpropFilter);
  add(Conv2DBackpropInput, wasmConv2DBackpropInput);
  add(DepthwiseConv2dNativeBackpropFilter, wasmDepthwiseBackpropFilter);
  add(DepthwiseConv2dNativeBackpropInput, wasmDepthwiseBackpropInput);
  add(UnsortedSegmentSum, wasmUnsortedSegmentSum);
  add(adamKernelName, wasmAdam);
  add('MinimartRectifierGradient', wasmRectifierGradient);
  add(topScoresKernelName, wasmTopScores);
}
