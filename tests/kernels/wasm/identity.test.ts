import { cast, clone, type Tensor, tensor } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { countsNow, startOn, wasmBackend } from '../suites/support.js';

const placeOf = (each: Tensor) => wasmBackend().dataIdMap.get(each.dataId).memoryOffset;

describe('clones and casts on wasm', () => {
  beforeAll(() => startOn('wasm'));

  test('share data, which outlives the tensor it came from', async () => {
    const before = countsNow();
    const original = tensor([1, 2, 3]);
    const copies = [clone(original), cast(original, 'float32')];
    for (const copy of copies) expect(placeOf(copy)).toBe(placeOf(original));
    original.dispose();
    for (const copy of copies) expect(Array.from(await copy.data())).toEqual([1, 2, 3]);
    for (const copy of copies) copy.dispose();
    expect(countsNow()).toEqual(before);
  });

  test('to another type still convert', async () => {
    const original = tensor([1.7, -2.2, 0]);
    const [whole, truth] = [cast(original, 'int32'), cast(original, 'bool')];
    expect(Array.from(await whole.data())).toEqual([1, -2, 0]);
    expect(whole.dtype).toBe('int32');
    expect(truth.dtype).toBe('bool');
    for (const each of [original, whole, truth]) each.dispose();
  });

  test('of strings still copy', async () => {
    const original = tensor(['a', 'b']);
    const copy = clone(original);
    original.dispose();
    expect(await copy.data()).toEqual(['a', 'b']);
    copy.dispose();
  });
});
