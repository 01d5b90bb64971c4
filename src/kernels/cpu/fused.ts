import {
  Add,
  BatchMatMul,
  Conv2D,
  Elu,
  type KernelFunc,
  LeakyRelu,
  Prelu,
  Relu,
  Relu6,
  Sigmoid,
  type TensorInfo,
} from '@tensorflow/tfjs-core';
import { composeKernels, type RunKernel } from '../compose-kernels.js';
import { type CpuBackend, kernelFunction, onlyOutput } from '../kernel-call.js';

type Inputs = Record<string, TensorInfo | undefined> & { bias?: TensorInfo; preluActivationWeights?: TensorInfo };
type Attributes = { activation?: string; leakyreluAlpha?: number; dataFormat?: string };

/** The fused product as the product that is registered, then bias and activation: the stock one has its own product. */
export function unfusedMatMul(stock: KernelFunc): KernelFunc {
  return unfused(BatchMatMul, stock);
}

/** The fused convolution as the convolution that is registered, then bias and activation. */
export function unfusedConv2D(stock: KernelFunc): KernelFunc {
  return unfused(Conv2D, stock);
}

function unfused(kernelName: string, stock: KernelFunc): KernelFunc {
  return kernelFunction<Inputs, Attributes, CpuBackend>((call) => {
    const { inputs, attrs, backend } = call;
    const { bias, preluActivationWeights, ...operands } = inputs;
    const { activation = 'linear', dataFormat = 'NHWC' } = attrs;
    if (dataFormat !== 'NHWC' || !isKnown(activation)) return onlyOutput(stock(call));
    return composeKernels('cpu', backend, (run) => {
      const plain = run(kernelName, operands, attrs);
      const biased = bias ? run(Add, { a: plain, b: bias }) : plain;
      return activate(run, biased, attrs, preluActivationWeights);
    });
  });
}

const kernels: Readonly<Record<string, string>> = {
  relu: Relu,
  relu6: Relu6,
  elu: Elu,
  sigmoid: Sigmoid,
  leakyrelu: LeakyRelu,
  prelu: Prelu,
};

function isKnown(activation: string): boolean {
  return activation === 'linear' || activation in kernels;
}

function activate(run: RunKernel, x: TensorInfo, attributes: Attributes, weights: TensorInfo | undefined): TensorInfo {
  const { activation = 'linear', leakyreluAlpha = 0 } = attributes;
  if (activation === 'linear') return x;
  const inputs = activation === 'prelu' ? { x, alpha: weights } : { x };
  return run(kernels[activation], inputs, { alpha: leakyreluAlpha });
}
