import '../support/backends.js';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { tensor4d } from '@tensorflow/tfjs-core';
import { decode } from 'fast-png';
import { useBackend } from 'minimart';
import { encodeImageGrid, type ImageGridOptions, readIdx, writeImageGrid } from 'minimart/node';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

let folder: string;
beforeAll(async () => {
  await useBackend('cpu');
  folder = await mkdtemp(join(tmpdir(), 'minimart-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('encodeImageGrid', () => {
  test('places every pixel where it belongs', async () => {
    // Three images of 1 x 2 pixels, two in a row, one dark pixel between: a picture of 5 x 3.
    const images = { values: Float32Array.of(0, 1, 0.5, 1, 1, 0), shape: [3, 1, 2, 1] };
    const picture = decode(await encodeImageGrid(images, { columns: 2, gap: 1 }));
    expect([picture.width, picture.height, picture.channels, picture.depth]).toEqual([5, 3, 1, 8]);
    // 0.5 of 255 is 127.5, which rounds to even.
    expect(Array.from(picture.data)).toEqual([0, 255, 0, 128, 255, 0, 0, 0, 0, 0, 255, 0, 0, 0, 0]);
  });

  test('clips a few values that lie a little outside', async () => {
    const values = new Float32Array(40).fill(0.2);
    values.set([-0.4, 1.9]);
    const picture = decode(await encodeImageGrid({ values, shape: [1, 4, 10, 1] }));
    expect(Array.from(picture.data.subarray(0, 3))).toEqual([0, 255, 51]);
  });

  test('takes bytes as bytes, and other numbers from 0 to 255 where the range says so', async () => {
    const bytes = { values: Uint8Array.of(0, 1, 128, 255), shape: [1, 2, 2, 1] };
    const floats = { values: Float32Array.of(0, 1, 128, 255), shape: [1, 2, 2, 1] };
    expect(Array.from(decode(await encodeImageGrid(bytes)).data)).toEqual([0, 1, 128, 255]);
    expect(Array.from(decode(await encodeImageGrid(floats, { range: [0, 255] })).data)).toEqual([0, 1, 128, 255]);
  });

  // What would be drawn black or white, and no one told.
  test.each([
    ['too few values', Float32Array.of(1, 1, 1), [2, 4, 4, 1], '`images.shape` must hold 3 numbers'],
    ['too many values', new Float32Array(33), [2, 4, 4, 1], '`images.shape` must hold 33 numbers'],
    ['no values', new Float32Array(0), [0, 4, 4, 1], '`images` must not be empty'],
    ['an open shape', new Float32Array(4), [-1, 2, 2, 1], '`images.shape` must hold positive integers'],
    ['a list', [0, 1, 0, 1], [1, 2, 2, 1], '`images.values` must be a typed array'],
    ['NaN', Float32Array.of(0, Number.NaN, 0, 0), [1, 2, 2, 1], '`images` must hold finite numbers only'],
    ['infinity', Float32Array.of(0, 0, 0, Number.POSITIVE_INFINITY), [1, 2, 2, 1], 'hold finite numbers only'],
    [
      'pixels from 0 to 255',
      Float32Array.of(0, 3, 128, 255),
      [1, 2, 2, 1],
      '`images` must lie in `range`, here [0, 1]',
    ],
    ['tanh without its range', Float32Array.of(-1, -1, 0.5, 1), [1, 2, 2, 1], 'say which, such as [-1, 1]'],
    ['two channels', new Float32Array(8), [1, 2, 2, 2], 'one, three or four channels'],
  ])('refuses %s', async (_, values, shape, message) => {
    await expect(encodeImageGrid({ values, shape } as never)).rejects.toThrow(message);
  });

  test('refuses what is no image at all, a disposed tensor, and pictures of any size', async () => {
    await expect(encodeImageGrid(undefined as never)).rejects.toThrow('`images` must be a Tensor or { values, shape }');
    const gone = tensor4d([[[[1]]]]);
    gone.dispose();
    await expect(encodeImageGrid(gone)).rejects.toThrow('`images` must not be disposed');
    const images = { values: new Float32Array(4), shape: [1, 2, 2, 1] };
    await expect(encodeImageGrid(images, { scale: 1_000_000 })).rejects.toThrow('a picture of at most');
    await expect(encodeImageGrid(images, { columns: Number.MAX_SAFE_INTEGER })).rejects.toThrow('a picture of at most');
  });

  test('enlarges, keeps colours and takes another range from a tensor', async () => {
    const images = tensor4d([[[[-1, 0, 1]]]]);
    const picture = decode(await encodeImageGrid(images, { range: [-1, 1], scale: 2 }));
    expect([picture.width, picture.height, picture.channels]).toEqual([2, 2, 3]);
    expect(Array.from(picture.data)).toEqual([0, 128, 255, 0, 128, 255, 0, 128, 255, 0, 128, 255]);
  });

  test.each([
    [
      { shape: [2, 2, 1] },
      '`images` must have the shape [N, H, W, C] with one, three or four channels, received [2, 2, 1]',
    ],
    [{ columns: 0 }, '`columns` must be a positive integer, received 0 (number).'],
    [{ gap: -1 }, '`gap` must be a whole number >= 0, received -1 (number).'],
    [{ range: [1, 1] }, '`range` must be two rising numbers, received [1, 1] (array).'],
    [{ range: [0, Number.NaN] }, '`range` must be two rising numbers'],
    [{ range: 5 as never }, '`range` must be two rising numbers, received 5 (number).'],
    [{ synthetic: { name: 'x' } as never }, '`name` must be left out'],
  ] as [{ shape?: number[] } & ImageGridOptions, string][])(
    'refuses %o',
    async ({ shape = [1, 2, 2, 1], ...options }, message) => {
      await expect(encodeImageGrid({ values: new Float32Array(4), shape }, options)).rejects.toThrow(
        `encodeImageGrid: ${message}`,
      );
    },
  );
});

describe('the mark of synthetic pictures', () => {
  const images = { values: Float32Array.of(0, 0.25, 0.5, 1), shape: [1, 2, 2, 1] };

  test('stands in text chunks, and changes no pixel', async () => {
    const plain = decode(await encodeImageGrid(images));
    const marked = decode(await encodeImageGrid(images, { synthetic: { generator: 'Größe 2' } }));
    expect(plain.text).toEqual({});
    expect(marked.text.Synthetic).toBe('Yes: holds pictures drawn by Größe 2.');
    expect(marked.text.DigitalSourceType).toMatch(/trainedAlgorithmicMedia$/);
    expect(marked.data).toEqual(plain.data);
    expect(decode(await encodeImageGrid(images, { synthetic: true })).text.Synthetic).toContain('a generative model');
    expect(decode(await encodeImageGrid(images, { synthetic: false })).text).toEqual({});
  });

  test.each(['', 'line\nbreak', '生成', 'x'.repeat(201)])(
    'refuses the name %j, which a chunk cannot hold',
    async (generator) => {
      await expect(encodeImageGrid(images, { synthetic: { generator } })).rejects.toThrow(
        'encodeImageGrid: `synthetic` must be',
      );
    },
  );
});

test('writeImageGrid writes the same bytes to a file', async () => {
  const images = { values: Float32Array.of(0, 0.25, 0.5, 1), shape: [1, 2, 2, 1] };
  await writeImageGrid(join(folder, 'grid.png'), images);
  expect(new Uint8Array(await readFile(join(folder, 'grid.png')))).toEqual(await encodeImageGrid(images));
});

test('readIdx reads files with and without compression', async () => {
  const bytes = Uint8Array.of(0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 1, 9, 7);
  await writeFile(join(folder, 'plain'), bytes);
  await writeFile(join(folder, 'packed.gz'), gzipSync(bytes));
  const expected = { values: Uint8Array.of(9, 7), shape: [2, 1] };
  expect(await readIdx(join(folder, 'plain'))).toEqual(expected);
  expect(await readIdx(join(folder, 'packed.gz'))).toEqual(expected);
});
