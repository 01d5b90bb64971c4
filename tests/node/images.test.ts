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
    const images = { values: Float32Array.of(0, 1, 0.5, 2, 1, -1), shape: [3, 1, 2, 1] };
    const picture = decode(await encodeImageGrid(images, { columns: 2, gap: 1 }));
    expect([picture.width, picture.height, picture.channels, picture.depth]).toEqual([5, 3, 1, 8]);
    // 0.5 of 255 is 127.5, which rounds to even; 2 and -1 are clipped.
    expect(Array.from(picture.data)).toEqual([0, 255, 0, 128, 255, 0, 0, 0, 0, 0, 255, 0, 0, 0, 0]);
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
