import { type KernelFunc, type TensorInfo, util } from '@tensorflow/tfjs-core';
import { kernelFunction } from '../kernel-call.js';
import { createRecorder, type WebgpuBackend } from './command-recorder.js';

/**
 * Makes the kernel `MinimartRectifierGradient`: the gradient of a rectifier in one dispatch.
 *
 * Inputs `upstream` and `x`, float32 of one shape; attribute `alpha`, the slope where `x` is not above 0. Where
 * `x` is NaN, so is the result.
 */
export function webgpuRectifierGradient(): KernelFunc {
  const record = createRecorder({
    buffers: [{ name: 'result', isWritten: true }, { name: 'upstream' }, { name: 'x' }],
    integers: ['count'],
    floats: ['alpha'],
    groupSize,
    code: `
      for (var i = group * ${groupSize} + local; i < numbers.count; i += groups * ${groupSize}) {
        let isNumber = (bitcast<u32>(x[i]) & 0x7fffffffu) <= 0x7f800000u;
        result[i] = select(x[i], upstream[i] * select(numbers.alpha, 1.0, x[i] > 0.0), isNumber);
      }`,
  });
  return kernelFunction<{ upstream: TensorInfo; x: TensorInfo }, { alpha: number }, WebgpuBackend>((call) => {
    const { inputs, attrs, backend } = call;
    const { upstream, x } = inputs;
    const count = util.sizeFromShape(x.shape);
    const result = backend.makeTensorInfo(x.shape, 'float32', count === 0 ? new Float32Array(0) : undefined);
    if (count === 0) return result;
    const groups = Math.min(Math.ceil(count / groupSize), backend.device.limits.maxComputeWorkgroupsPerDimension);
    record(backend, { tensors: [result, upstream, x], integers: [count], floats: [attrs.alpha], groups });
    return result;
  });
}

const groupSize = 64;
