import '../../support/backends.js';
import { memory, tensor2d } from '@tensorflow/tfjs-core';
import {
  type ArrayData,
  columnScaler,
  createRng,
  pixelScaler,
  restoreScaler,
  type ScalerState,
  useBackend,
} from 'minimart';
import { beforeAll, describe, expect, test } from 'vitest';

beforeAll(() => useBackend('cpu'));

const columns = (...rows: number[][]): ArrayData => ({
  values: Float64Array.from(rows.flat()),
  shape: [rows.length, rows[0]!.length],
});

describe('columnScaler', () => {
  test('brings each column to its own mean and deviation, and back', async () => {
    // 2, 4, 6 and 9: mean 5.25, squares around it 10.5625 + 1.5625 + 0.5625 + 14.0625 = 26.75, over 4: 6.6875.
    // 10, 10, 30, 30: mean 20, deviation 10.
    const data = columns([2, 10], [4, 10], [6, 30], [9, 30]);
    const scaler = await columnScaler(data);
    const { values, shape } = await scaler.apply(data);
    const deviation = Math.sqrt(6.6875);
    const expected = [2, 10, 4, 10, 6, 30, 9, 30].map((value, at) =>
      at % 2 === 0 ? (value - 5.25) / deviation : (value - 20) / 10,
    );
    expect(shape).toEqual([4, 2]);
    expect(values).toBeInstanceOf(Float32Array);
    for (const [at, value] of values.entries()) expect(value).toBeCloseTo(expected[at]!, 6);
    const back = await scaler.invert({ values, shape });
    for (const [at, value] of back.values.entries()) expect(value).toBeCloseTo(data.values[at]!, 5);
  });

  test('brings the least and the greatest number of each column to the ends of a range', async () => {
    const data = columns([2, -1e6], [4, 0], [10, 3e6]);
    const { values } = await (await columnScaler(data, { range: [-1, 1] })).apply(data);
    // 4 lies a quarter of the way from 2 to 10, and so does 0 from -1e6 to 3e6.
    expect(Array.from(values)).toEqual([-1, -1, -0.5, -0.5, 1, 1]);
    const unit = await (await columnScaler(data, { range: [0, 1] })).apply(data);
    expect(Array.from(unit.values)).toEqual([0, 0, 0.25, 0.25, 1, 1]);
  });

  test('keeps times of day apart in milliseconds since 1970, which float32 cannot', async () => {
    const start = Date.UTC(2026, 2, 1);
    const times = columns([start], [start + 1], [start + 2]);
    const scaler = await columnScaler(times);
    const back = await scaler.invert(await scaler.apply(times));
    for (const [at, value] of back.values.entries()) expect(value - start).toBeCloseTo(at, 3);
    expect(Math.fround(start) === Math.fround(start + 1)).toBe(true);
  });

  test('takes a tensor as well, and leaves no other behind', async () => {
    const data = tensor2d([
      [1, 2],
      [3, 6],
    ]);
    const before = memory().numTensors;
    const scaler = await columnScaler(data);
    expect(Array.from((await scaler.apply(data)).values)).toEqual([-1, -1, 1, 1]);
    const scaled = tensor2d([
      [0, 0],
      [2, 2],
    ]);
    expect(Array.from((await scaler.invert(scaled)).values)).toEqual([2, 4, 4, 8]);
    scaled.dispose();
    expect(memory().numTensors).toBe(before);
  });

  test('takes the last axis of images for their colours', async () => {
    const images = { values: Float32Array.of(0, 10, 2, 30), shape: [1, 1, 2, 2] };
    const scaler = await columnScaler(images);
    expect(scaler.state()).toMatchObject({ offsets: [1, 20], spreads: [1, 10] });
  });

  test.each([
    { range: undefined, middle: 0 },
    { range: [0, 1] as const, middle: 0.5 },
  ])('a column of one number becomes $middle, and that number again whatever is drawn', async ({ range, middle }) => {
    const data = columns([0.1, 1], [0.1, 2], [0.1, 3]);
    const scaler = await columnScaler(data, range ? { range } : {});
    const { values } = await scaler.apply(data);
    expect([values[0], values[2], values[4]]).toEqual([middle, middle, middle]);
    const back = await scaler.invert({ values: Float32Array.of(0.7, 0), shape: [1, 2] });
    expect(back.values[0]).toBe(0.1);
    await expect(scaler.apply(columns([0.2, 2]))).rejects.toThrow(
      'scaler.apply: `data` must hold 0.1 alone in column 0, as the data did that the scaler was learned from, received 0.2',
    );
  });

  test('agrees with the formula on many rows, over the limits of its pieces', async () => {
    const values = createRng(3)
      .fillNormal(new Float32Array(600_000))
      .map((value) => 1000 + value);
    const { offsets, spreads } = (await columnScaler({ values, shape: [200_000, 3] })).state();
    for (const column of [0, 1, 2]) {
      const own = Array.from(values).filter((_, at) => at % 3 === column);
      const mean = own.reduce((sum, value) => sum + value, 0) / own.length;
      const variance = own.reduce((sum, value) => sum + (value - mean) ** 2, 0) / own.length;
      expect(offsets[column]).toBeCloseTo(mean, 8);
      expect(spreads[column]).toBeCloseTo(Math.sqrt(variance), 8);
    }
  });

  test.each([
    [columns([1], [Number.NaN]), 'hold finite numbers only (first offender at position 1)'],
    [columns([1], [Number.NEGATIVE_INFINITY]), 'hold finite numbers only'],
    [columns([1], [1e39]), 'hold numbers that float32 can hold'],
    [columns([0], [1e-320]), 'differ by more than float32 can tell from 0 in column 0'],
    [{ values: Float32Array.of(1, 2), shape: [2] }, 'have a shape [N, D], columns last'],
    [[1, 2] as never, 'be a Tensor or { values, shape }'],
  ])('refuses %o', async (data, rule) => {
    await expect(columnScaler(data)).rejects.toThrow(`columnScaler: \`data\` must ${rule}`);
  });

  test('refuses other columns, numbers that are none, and options that there are not', async () => {
    const scaler = await columnScaler(columns([1, 2], [3, 5]));
    expect(scaler.columns).toBe(2);
    await expect(scaler.apply(columns([1]))).rejects.toThrow('scaler.apply: `data` must have a shape [N, 2]');
    await expect(scaler.invert(columns([1, Number.NaN]))).rejects.toThrow('scaler.invert: `samples` must hold finite');
    const narrow = await columnScaler(columns([1], [1 + 1e-9]));
    await expect(narrow.apply(columns([3e38]))).rejects.toThrow(
      'lie where float32 holds it once it is scaled, in column 0',
    );
    await expect(columnScaler(columns([1], [2]), { range: [1, 1] })).rejects.toThrow(
      '`range` must be two rising numbers',
    );
    await expect(columnScaler(columns([1], [2]), { scale: 1 } as never)).rejects.toThrow('there is no such option');
  });

  test('stops for a signal', async () => {
    const signal = AbortSignal.abort(new Error('enough'));
    const scaler = await columnScaler(columns([1], [2]));
    await expect(columnScaler(columns([1], [2]), { signal })).rejects.toThrow('enough');
    await expect(scaler.apply(columns([1]), { signal })).rejects.toThrow('enough');
    await expect(scaler.invert(columns([1]), { signal })).rejects.toThrow('enough');
  });
});

describe('pixelScaler', () => {
  const all = { values: Uint8Array.from({ length: 256 }, (_, byte) => byte), shape: [1, 16, 16] };

  test.each([
    [undefined, -1, 1],
    [[0, 1] as const, 0, 1],
  ])('brings bytes to the range %o, and all of them back', async (range, low, high) => {
    const scaler = pixelScaler(range);
    const { values, shape } = await scaler.apply(all);
    expect(shape).toEqual([1, 16, 16, 1]);
    expect([values[0], values[255]]).toEqual([low, high]);
    for (const [byte, value] of values.entries()) expect(value).toBeCloseTo(low + ((high - low) * byte) / 255, 6);
    expect(Array.from((await scaler.invert({ values, shape })).values)).toEqual(Array.from(all.values));
  });

  test('clips what lies outside', async () => {
    const drawn = { values: Float32Array.of(-1.2, 1.2, 0.004), shape: [1, 1, 3, 1] };
    // 127.5 + 127.5 * 0.004 = 128.01
    expect(Array.from((await pixelScaler().invert(drawn)).values)).toEqual([0, 255, 128]);
  });

  test('refuses what is scaled already, and what is no image', async () => {
    const scaled = { values: Float32Array.of(0.5, 1), shape: [1, 1, 2] };
    await expect(pixelScaler().apply(scaled)).rejects.toThrow('are they scaled already?');
    await expect(pixelScaler().apply(columns([1, 2]))).rejects.toThrow('have a shape [N, H, W] or [N, H, W, C]');
    expect(() => pixelScaler([1, -1])).toThrow('pixelScaler: `range` must be two rising numbers');
  });
});

describe('restoreScaler', () => {
  test('does what the scaler did, after JSON', async () => {
    const data = columns([2, 10, 7], [4, 10, 7], [9, 31, 7]);
    const scaler = await columnScaler(data, { range: [-1, 1] });
    const again = restoreScaler(JSON.parse(JSON.stringify(scaler.state())));
    expect(await again.apply(data)).toEqual(await scaler.apply(data));
    expect(again.state()).toEqual(scaler.state());
  });

  const state: ScalerState = { offsets: [1], spreads: [2], centre: 0, reach: 1, bytes: false };
  test.each<[string, unknown]>([
    ['state.offsets', { ...state, offsets: [] }],
    ['state.offsets[0]', { ...state, offsets: ['1'] }],
    ['state.spreads', { ...state, spreads: [1, 2] }],
    ['state.spreads[0]', { ...state, spreads: [-1] }],
    ['state.spreads[0]', { ...state, spreads: [0], bytes: true }],
    ['state.offsets', { ...state, offsets: [1, 2], bytes: true }],
    ['state.centre', { ...state, centre: Number.NaN }],
    ['state.reach', { ...state, reach: 0 }],
    ['state.bytes', { ...state, bytes: 1 }],
    ['more', { ...state, more: 1 }],
    ['state', undefined],
  ])('refuses `%s` in %o', (name, given) => {
    expect(() => restoreScaler(given as ScalerState)).toThrow(`restoreScaler: \`${name}\` must`);
  });
});
