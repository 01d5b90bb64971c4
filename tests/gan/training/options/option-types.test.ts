import type { LayersModel } from '@tensorflow/tfjs-layers';
import {
  type ArrayData,
  type ConditionalModel,
  type GanOptions,
  ganSteps,
  type RunLength,
  type TrainGanOptions,
  trainGan,
} from 'minimart';
import { describe, expect, expectTypeOf, test } from 'vitest';
import { requireRunLength } from '../../../../src/training/run-length.js';

// Nothing here is called: the compiler is what is tested.
const data = null as unknown as ArrayData;
const plain = null as unknown as { readonly generator: LayersModel; readonly discriminator: LayersModel };
const paired = null as unknown as { readonly generator: ConditionalModel; readonly discriminator: ConditionalModel };
const batches = [{ samples: data, conditions: [1] }];

test('the compiler asks for `epochs` or `steps`, and not for both', () => {
  const calls = [
    () => trainGan({ ...plain, data, steps: 1 }),
    () => trainGan({ ...plain, data, epochs: 1 }),
    () => trainGan({ ...plain, data, epochs: 1, steps: undefined }),
    () => ganSteps({ ...plain, data, steps: 1 }),
    // @ts-expect-error: neither
    () => trainGan({ ...plain, data }),
    // @ts-expect-error: both
    () => trainGan({ ...plain, data, steps: 1, epochs: 1 }),
    // @ts-expect-error: neither
    () => ganSteps({ ...plain, data }),
    // @ts-expect-error: both
    () => ganSteps({ ...plain, data, steps: 1, epochs: 1 }),
    // @ts-expect-error: neither, in a game with conditions
    () => trainGan({ ...paired, data, conditions: [1] }),
    // @ts-expect-error: both, in a game with conditions
    () => trainGan({ ...paired, data, conditions: [1], epochs: 1, steps: 1 }),
    // @ts-expect-error: undefined is neither
    () => trainGan({ ...plain, data, steps: undefined }),
  ];
  expectTypeOf(calls).toBeArray();
  expectTypeOf<{ steps: number }>().toExtend<RunLength>();
  expectTypeOf<{ epochs: number }>().toExtend<RunLength>();
  expectTypeOf<{ epochs: number; steps: number }>().not.toExtend<RunLength>();
  expectTypeOf<object>().not.toExtend<RunLength>();
});

test('the compiler takes conditions beside conditional networks only, and asks for them there', () => {
  const calls = [
    () => trainGan({ ...paired, data, conditions: [1], steps: 1 }),
    () => trainGan({ ...paired, data: batches, steps: 1 }),
    () => ganSteps({ ...paired, data, conditions: [1], steps: 1 }),
    () => trainGan({ ...plain, data: [data], steps: 1 }),
    // @ts-expect-error: conditions on a plain pair
    () => trainGan({ ...plain, data, conditions: [1], steps: 1 }),
    // @ts-expect-error: conditions on a plain pair
    () => ganSteps({ ...plain, data, conditions: [1], steps: 1 }),
    // @ts-expect-error: batches with conditions on a plain pair
    () => trainGan({ ...plain, data: batches, steps: 1 }),
    // @ts-expect-error: conditions are missing
    () => trainGan({ ...paired, data, steps: 1 }),
    // @ts-expect-error: conditions are missing
    () => ganSteps({ ...paired, data, steps: 1 }),
    // @ts-expect-error: conditions are missing from the batches
    () => trainGan({ ...paired, data: [data], steps: 1 }),
    // @ts-expect-error: a discriminator without a condition
    () => trainGan({ ...paired, discriminator: plain.discriminator, data, conditions: [1], steps: 1 }),
    // @ts-expect-error: a generator without a condition
    () => trainGan({ ...paired, generator: plain.generator, data, conditions: [1], steps: 1 }),
    // A model made by hand is made known by its type.
    () => {
      const [generator, discriminator] = [plain.generator, plain.discriminator].map((each) => each as ConditionalModel);
      return trainGan({ generator: generator!, discriminator: discriminator!, data, conditions: [1], steps: 1 });
    },
  ];
  expectTypeOf(calls).toBeArray();
  expectTypeOf<TrainGanOptions>().toExtend<GanOptions>();
});

describe('callers without a compiler', () => {
  test.each([
    [{}, 'f: `epochs` must be given, or else `steps`, received undefined.'],
    [{ epochs: 1, steps: 2 }, 'f: `steps` must be left out beside `epochs`, received 2 (number).'],
    [{ epochs: 0 }, 'f: `epochs` must be a positive integer, received 0 (number).'],
    [{ steps: 1.5 }, 'f: `steps` must be a positive integer, received 1.5 (number).'],
    [{ steps: '9' as never }, "f: `steps` must be a positive integer, received '9' (string)."],
  ])('are told what is wrong with %j', (length, says) => {
    expect(() => requireRunLength('f', length)).toThrow(says);
  });

  test('may leave one undefined', () => {
    expect(() => requireRunLength('f', { epochs: 1, steps: undefined })).not.toThrow();
    expect(() => requireRunLength('f', { epochs: undefined, steps: 3 })).not.toThrow();
  });
});
