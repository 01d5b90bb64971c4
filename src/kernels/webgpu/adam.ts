import { type KernelFunc, type TensorInfo, util } from '@tensorflow/tfjs-core';
import { type AdamFactors, adamArguments } from '../adam-factors.js';
import { type AdamInputs, requireAlike } from '../adam-inputs.js';
import { createRecorder, type Shader, type WebgpuBackend } from './command-recorder.js';

/**
 * Makes the kernel `MinimartAdam` for webgpu: what the one for wasm computes, in one dispatch for a variable.
 *
 * Inputs, attributes and formula are those of `wasm/adam.ts`. Nothing is written in place, since a tensor that was read keeps its
 * numbers on the host: outputs are the new value and both new moments, each to be assigned.
 */
export function webgpuAdam(): KernelFunc {
  const record = createRecorder(adamShader());
  return ({ inputs, attrs, backend: given }) => {
    const backend = given as WebgpuBackend;
    const { value, m, v, gradient } = requireAlike(inputs as AdamInputs);
    const count = util.sizeFromShape(value.shape);
    const empty = count === 0 ? new Float32Array(0) : undefined;
    const outputs = [value, m, v].map(({ shape }) => backend.makeTensorInfo(shape, 'float32', empty));
    const [next, nextM, nextV] = outputs as [TensorInfo, TensorInfo, TensorInfo];
    if (count > 0) {
      record(backend, {
        tensors: [next, value, m, v, gradient, nextM, nextV],
        integers: [count],
        floats: adamArguments(attrs as { [Name in keyof AdamFactors]: number }),
        groups: Math.min(Math.ceil(count / groupSize), backend.device.limits.maxComputeWorkgroupsPerDimension),
      });
    }
    return outputs;
  };
}

const groupSize = 64;

function adamShader(): Shader {
  const read = ['value', 'm', 'v', 'gradient'].map((name) => ({ name }));
  const written = ['nextM', 'nextV'].map((name) => ({ name, isWritten: true }));
  return {
    buffers: [{ name: 'next', isWritten: true }, ...read, ...written],
    integers: ['count'],
    floats: ['rate', 'beta1', 'rest1', 'beta2', 'rest2', 'epsilon', 'correction1', 'correction2'],
    groupSize,
    // Groups are limited in number: each goes on where all of them have ended.
    code: `
      for (var i = group * ${groupSize} + local; i < numbers.count; i += groups * ${groupSize}) {
        let slope = gradient[i];
        let first = m[i] * numbers.beta1 + slope * numbers.rest1;
        let second = v[i] * numbers.beta2 + slope * slope * numbers.rest2;
        nextM[i] = first;
        nextV[i] = second;
        let root = sqrt(second / numbers.correction2) + numbers.epsilon;
        next[i] = value[i] - numbers.rate * (first / numbers.correction1) / root;
      }`,
  };
}
