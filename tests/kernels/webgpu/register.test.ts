import '../../support/backends.js';
import * as tf from '@tensorflow/tfjs-core';
import { adam, useBackend } from 'minimart/gan';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { usePlainWebgpu } from './plain-webgpu.js';

interface Recorded {
  readonly dispatch: readonly number[];
  readonly tensors: readonly tf.TensorInfo[];
  readonly numbers: readonly { readonly type: string; readonly data: readonly number[] }[];
}

/** What the kernels need of the backend, noting what they record. */
function recordingInsides(groups = 65_535) {
  const recorded: Recorded[] = [];
  const compiled: string[] = [];
  const insides = {
    device: {
      limits: { maxComputeWorkgroupsPerDimension: groups },
      createShaderModule: ({ code }: { code: string }) => compiled.push(code),
      createComputePipeline: () => ({}),
    },
    uploadToGPU: () => {},
    recordAndSubmit: (
      { dispatch }: { dispatch: number[] },
      output: tf.TensorInfo,
      inputs: tf.TensorInfo[],
      numbers: Recorded['numbers'],
    ) => recorded.push({ dispatch, tensors: [output, ...inputs], numbers }),
  };
  return { insides, recorded, compiled };
}

const ones = (...shape: number[]) => tf.tidy(() => tf.variable(tf.ones(shape)));

function step(variables: readonly tf.Variable[]): void {
  const optimizer = adam({ learningRate: 0.5 });
  tf.tidy(() => {
    optimizer.applyGradients(Object.fromEntries(variables.map((each) => [each.name, tf.onesLike(each)])));
  });
  optimizer.dispose();
}

describe('kernels for webgpu', () => {
  afterEach(() => tf.disposeVariables());

  test.each(['device', 'uploadToGPU', 'recordAndSubmit'])(
    'are not there, and training goes on, without %s',
    async (part) => {
      const warn = vi.spyOn(console, 'warn');
      await usePlainWebgpu({ ...recordingInsides().insides, [part]: undefined });
      await useBackend('webgpu');
      expect(tf.getKernel('MinimartAdam', 'webgpu')).toBeUndefined();
      expect(tf.getKernel('Sum', 'webgpu').kernelFunc).toBe(tf.getKernel('Sum', 'cpu').kernelFunc);
      const variable = ones(3);
      step([variable]);
      // With a gradient of 1 the first step of Adam moves by its whole learning rate.
      expect((await variable.data())[0]).toBeCloseTo(0.5, 4);
      expect(warn).not.toHaveBeenCalled();
      warn.mockRestore();
    },
  );

  test('are registered once, and compiled once', async () => {
    const { insides, compiled } = recordingInsides();
    await usePlainWebgpu(insides);
    await useBackend('webgpu');
    const once = tf.getKernel('MinimartAdam', 'webgpu').kernelFunc;
    await useBackend('webgpu');
    expect(tf.getKernel('MinimartAdam', 'webgpu').kernelFunc).toBe(once);
    step([ones(3), ones(4)]);
    expect(compiled).toHaveLength(1);
  });

  test('move a variable in one dispatch, of eight buffers at most', async () => {
    const { insides, recorded } = recordingInsides();
    await usePlainWebgpu(insides);
    await useBackend('webgpu');
    step([ones(20, 10), ones(10), ones(0)]);
    expect(recorded.map(({ dispatch }) => dispatch)).toEqual([
      // 200 / 64 and 10 / 64, rounded up
      [4, 1, 1],
      [1, 1, 1],
    ]);
    for (const { tensors, numbers } of recorded) {
      expect(tensors.length).toBeLessThanOrEqual(8);
      expect(new Set(tensors.map(({ dataId }) => dataId)).size).toBe(tensors.length);
      expect(numbers[0]).toEqual({ type: 'int32', data: [tf.util.sizeFromShape(tensors[0]!.shape)] });
    }
  });

  test('ask for no more groups than a device has', async () => {
    const { insides, recorded } = recordingInsides(3);
    await usePlainWebgpu(insides);
    await useBackend('webgpu');
    step([ones(1000)]);
    expect(recorded[0]!.dispatch).toEqual([3, 1, 1]);
    recorded.length = 0;
    const sums = tf.sum(ones(2, 49), 0);
    // Four groups of sixteen columns would be too many: the sum is the one of tfjs.
    expect(recorded).toEqual([]);
    expect(await sums.data()).toEqual(new Float32Array(49).fill(2));
    tf.sum(ones(2, 0), 0);
    expect(recorded).toEqual([]);
    tf.sum(ones(2, 48), 0);
    expect(recorded[0]!.dispatch).toEqual([3, 1, 1]);
  });
});
