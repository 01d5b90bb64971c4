import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { encode as encodePng } from 'fast-png';
import { encode as encodeJpeg } from 'jpeg-js';
import type { ImageSetProgress } from 'minimart';
import { readImageFolder } from 'minimart/node';
import { describe, expect, test } from 'vitest';

function folderOf(files: Readonly<Record<string, Uint8Array | string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'minimart-pictures-'));
  for (const [name, bytes] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), bytes);
  }
  return folder;
}

/** A PNG of the given numbers, row by row. */
function png(width: number, channels: 1 | 2 | 3 | 4, data: readonly number[], depth: 1 | 8 | 16 = 8): Uint8Array {
  const height = data.length / (width * channels);
  if (depth === 1) throw new Error('made by hand');
  const values = depth === 16 ? Uint16Array.from(data) : Uint8Array.from(data);
  return encodePng({ width, height, channels, depth, data: values });
}

/** A JPEG of 16 x 8 pixels: the left half of one grey, the right half of another. */
function jpeg(left: number, right: number): Uint8Array {
  const data = Uint8Array.from({ length: 16 * 8 * 4 }, (_, at) =>
    at % 4 === 3 ? 255 : (at >> 2) % 16 < 8 ? left : right,
  );
  return encodeJpeg({ width: 16, height: 8, data }, 100).data;
}

/** The same, held by a camera turned so (Exif tag 0x0112), in the order of bytes of Intel or Motorola. */
function turned(bytes: Uint8Array, orientation: number, order: 'II' | 'MM' = 'II'): Uint8Array {
  const tiff =
    order === 'II'
      ? [0x49, 0x49, 42, 0, 8, 0, 0, 0, 1, 0, 0x12, 1, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0, 0, 0, 0, 0]
      : [0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0];
  const body = [0x45, 0x78, 0x69, 0x66, 0, 0, ...tiff];
  return Uint8Array.from([0xff, 0xd8, 0xff, 0xe1, 0, body.length + 2, ...body, ...bytes.subarray(2)]);
}

const bytesOf = (values: Float32Array) => Array.from(values, (value) => Math.round(255 * value));

describe('readImageFolder', () => {
  test('gives pictures, and the names of their folders as labels, in the order of names', async () => {
    const folder = folderOf({
      'shirt/2.PNG': png(1, 1, [30]),
      'shirt/1.png': png(1, 1, [20]),
      'boot/deep/down.jpeg': jpeg(10, 10),
      'boot/about.txt': 'boots',
      '.hidden.png': 'no picture',
    });
    symlinkSync(join(folder, 'shirt/1.png'), join(folder, 'shirt/3.png'));
    const seen: ImageSetProgress[] = [];
    const onProgress = (progress: ImageSetProgress) => void seen.push(progress);
    const set = await readImageFolder(folder, { size: [1, 1], channels: 1, onProgress });
    expect(set.files).toEqual(['boot/deep/down.jpeg', 'shirt/1.png', 'shirt/2.PNG']);
    expect(set.labelNames).toEqual(['boot', 'shirt']);
    expect(Array.from(set.labels)).toEqual([0, 1, 1]);
    expect(set.images.shape).toEqual([3, 1, 1, 1]);
    expect(bytesOf(set.images.values)).toEqual([10, 20, 30]);
    expect(set.skipped).toEqual(['.hidden.png', 'boot/about.txt']);
    expect(seen.map(({ step, totalSteps }) => [step, totalSteps])).toEqual([
      [1, 3],
      [2, 3],
      [3, 3],
    ]);
    expect(seen.map(({ file }) => file).sort()).toEqual(set.files);
  });

  test('brings them to the range that is asked for, in colour', async () => {
    const folder = folderOf({ 'a.png': png(1, 3, [0, 255, 51]) });
    const { images, labels, labelNames } = await readImageFolder(folder, { size: [1, 1], range: [-1, 1] });
    // 51 / 127.5 - 1
    expect(Array.from(images.values)).toEqual([-1, 1, Math.fround(-0.6)]);
    expect([Array.from(labels), labelNames]).toEqual([[0], []]);
  });

  test('each pixel is the mean of its area, and sides that stick out are cut off', async () => {
    // 5 x 2; the square in the middle is columns 1.5 to 3.5.
    const folder = folderOf({ 'a.png': png(5, 1, [9, 10, 20, 40, 9, 9, 30, 60, 80, 9]) });
    const { images } = await readImageFolder(folder, { size: [1, 1], channels: 1 });
    // Half of column 1, column 2, half of column 3, over two rows: ((10 + 30) / 2 + 20 + 60 + (40 + 80) / 2) / 4 = 40
    expect(images.values[0]! * 255).toBeCloseTo(40, 4);
    const stretched = await readImageFolder(folder, { size: [2, 1], channels: 1, fit: 'stretch' });
    // Means of the rows: 88 / 5 and 188 / 5.
    expect(stretched.images.values[0]! * 255).toBeCloseTo(17.6, 4);
    expect(stretched.images.values[1]! * 255).toBeCloseTo(37.6, 4);
  });

  test('agrees with the area summed up by brute force, when larger, smaller and of odd proportions', async () => {
    const [width, height] = [13, 7];
    const data = Array.from({ length: width * height }, (_, at) => (at * 7919) % 256);
    const folder = folderOf({ 'a.png': png(width, 1, data) });
    for (const size of [
      [3, 5],
      [7, 13],
      [20, 11],
    ] as const) {
      const { images } = await readImageFolder(folder, { size, channels: 1, fit: 'stretch' });
      // Each original pixel is cut into so many that every new one holds a whole number of pieces.
      const expected = Array.from({ length: size[0] * size[1] }, (_, at) => {
        const [y, x] = [Math.floor(at / size[1]), at % size[1]];
        let sum = 0;
        for (let down = y * height; down < (y + 1) * height; down += 1) {
          for (let across = x * width; across < (x + 1) * width; across += 1) {
            sum += data[Math.floor(down / size[0]) * width + Math.floor(across / size[1])]!;
          }
        }
        return sum / (width * height);
      });
      for (const [at, value] of images.values.entries()) expect(value * 255).toBeCloseTo(expected[at]!, 3);
    }
  });

  test('grey is what the eye sees of colours', async () => {
    const folder = folderOf({ 'a.png': png(1, 3, [100, 50, 200]) });
    const { images } = await readImageFolder(folder, { size: [1, 1], channels: 1 });
    // 0.299 * 100 + 0.587 * 50 + 0.114 * 200 = 82.05
    expect(images.values[0]! * 255).toBeCloseTo(82.05, 4);
  });

  test('what is transparent lies on white, and sixteen bits become eight', async () => {
    const folder = folderOf({
      '1.png': png(1, 4, [0, 100, 255, 102]),
      '2.png': png(1, 2, [0, 0]),
      '3.png': png(1, 1, [65535 / 5], 16),
    });
    const { images } = await readImageFolder(folder, { size: [1, 1] });
    // Opacity 0.4: 255 + 0.4 * (0 - 255) = 153 and 255 + 0.4 * (100 - 255) = 193.
    expect(bytesOf(images.values)).toEqual([153, 193, 255, 255, 255, 255, 51, 51, 51]);
  });

  test('takes pictures of one bit, of a palette, and with a colour that stands for nothing', async () => {
    // Made by hand from the specification (zlib and crc32 of Python): bits 011 over 100; red, blue, red from a palette;
    // pixels (1, 2, 3), (1, 2, 4) and (1, 2, 3), of which the middle one is to be seen.
    const [bits, palette, clear] = [
      'iVBORw0KGgoAAAANSUhEUgAAAAMAAAACAQAAAAC1D1u3AAAADElEQVR4nGNIYGgAAAGkAOE9H470AAAAAElFTkSuQmCC',
      'iVBORw0KGgoAAAANSUhEUgAAAAMAAAABAQMAAAAhLob3AAAABlBMVEX/AAAAAP9sof2OAAAACklEQVR4nGNwAAAAQgBBKTf07wAAAABJRU5ErkJggg==',
      'iVBORw0KGgoAAAANSUhEUgAAAAMAAAABCAIAAACUgoPjAAAABnRSTlMAAQACAAPJS6v1AAAAEElEQVR4nGNgZGJmZGIBkgAAYgAU3B+8kAAAAABJRU5ErkJggg==',
    ].map((text) => Buffer.from(text, 'base64'));
    const read = async (bytes: Uint8Array, size: readonly [number, number]) =>
      bytesOf((await readImageFolder(folderOf({ 'a.png': bytes }), { size })).images.values);
    const grey = (...values: number[]) => values.flatMap((value) => [value, value, value]);
    expect(await read(bits!, [2, 3])).toEqual(grey(0, 255, 255, 255, 0, 0));
    expect(await read(palette!, [1, 3])).toEqual([255, 0, 0, 0, 0, 255, 255, 0, 0]);
    expect(await read(clear!, [1, 3])).toEqual([255, 255, 255, 1, 2, 4, 255, 255, 255]);
  });

  // The picture in the file: dark left, light right. Where a camera says so, the dark half is seen elsewhere.
  test.each([
    [1, 'left'],
    [2, 'right'],
    [3, 'right'],
    [4, 'left'],
    [5, 'top'],
    [6, 'top'],
    [7, 'bottom'],
    [8, 'bottom'],
  ])('a camera that was held as Exif calls %i has the dark half at the %s', async (orientation, side) => {
    const files = { 'a.jpg': turned(jpeg(0, 200), orientation), 'b.jpg': turned(jpeg(0, 200), orientation, 'MM') };
    const size = orientation > 4 ? ([2, 1] as const) : ([1, 2] as const);
    const { images } = await readImageFolder(folderOf(files), { size, channels: 1 });
    const isFirstDark = side === 'left' || side === 'top';
    for (const place of [0, 2]) {
      expect(images.values[place]! < 0.2).toBe(isFirstDark);
      expect(images.values[place + 1]! < 0.2).toBe(!isFirstDark);
    }
  });

  // In the file: 0 and 80 above 160 and 240. What Exif 2.32 says of the tag: 6 is seen after a quarter turn to the right.
  test.each([
    [1, [0, 80, 160, 240]],
    [2, [80, 0, 240, 160]],
    [3, [240, 160, 80, 0]],
    [4, [160, 240, 0, 80]],
    [5, [0, 160, 80, 240]],
    [6, [160, 0, 240, 80]],
    [7, [240, 80, 160, 0]],
    [8, [80, 240, 0, 160]],
  ])('four corners are where Exif %i says', async (orientation, expected) => {
    const corners = Uint8Array.from({ length: 16 * 16 * 4 }, (_, at) => {
      const [y, x] = [at >> 6, (at >> 2) % 16];
      return at % 4 === 3 ? 255 : 160 * Number(y >= 8) + 80 * Number(x >= 8);
    });
    const { data } = encodeJpeg({ width: 16, height: 16, data: corners }, 100);
    const folder = folderOf({ 'a.jpg': turned(data, orientation) });
    const { images } = await readImageFolder(folder, { size: [2, 2], channels: 1 });
    for (const [at, value] of images.values.entries()) expect(Math.abs(255 * value - expected[at]!)).toBeLessThan(3);
  });

  test.each([
    ['text', 'no picture', 'it begins as neither PNG nor JPEG'],
    ['a PNG that breaks off', png(1, 1, [3]).subarray(0, 50), 'pictures (Error'],
    ['a JPEG that breaks off', jpeg(0, 200).subarray(0, 400), 'pictures (unknown'],
    ['a PNG with a flipped bit', png(4, 1, [3, 4, 5, 6]).map((byte, at) => (at === 44 ? byte ^ 1 : byte)), 'CRC'],
    [
      'a PNG that promises too much',
      png(1, 1, [3]).map((byte, at) => (at === 16 || at === 20 ? 1 : byte)),
      'pixels, more than 200 million',
    ],
  ])('refuses %s by the name of its file', async (_, bytes, why) => {
    const folder = folderOf({ 'good.png': png(1, 1, [3]), 'shirt.png': bytes });
    await expect(readImageFolder(folder, { size: [1, 1] })).rejects.toThrow(
      /^readImageFolder: `folder` must hold whole PNG and JPEG pictures \(.+\), received 'shirt\.png'/,
    );
    await expect(readImageFolder(folder, { size: [1, 1] })).rejects.toThrow(why);
  });

  test('refuses a folder without pictures, and pictures in no folder beside others that are in one', async () => {
    const bare = folderOf({ 'a.png': png(1, 1, [3]), 'boot/b.png': png(1, 1, [4]) });
    await expect(readImageFolder(bare, { size: [1, 1] })).rejects.toThrow("or say `labels: false`, received 'a.png'");
    const { labels } = await readImageFolder(bare, { size: [1, 1], labels: false });
    expect(Array.from(labels)).toEqual([0, 0]);
    await expect(readImageFolder(folderOf({ 'a.gif': 'GIF' }), { size: [1, 1] })).rejects.toThrow('must hold pictures');
  });

  test.each([
    [{ size: 32 }, 'size'],
    [{ size: [32] }, 'size'],
    [{ size: [0, 4] }, 'size'],
    [{ size: [4, 4], channels: 4 }, 'channels'],
    [{ size: [4, 4], fit: 'pad' }, 'fit'],
    [{ size: [4, 4], range: [1, 0] }, 'range'],
    [{ size: [4, 4], labels: 'yes' }, 'labels'],
    [{ size: [40_000, 40_000] }, 'size'],
    [undefined, 'options'],
  ])('refuses %o', async (options, name) => {
    await expect(readImageFolder(folderOf({ 'a.png': png(1, 1, [3]) }), options as never)).rejects.toThrow(
      `readImageFolder: \`${name}\` must`,
    );
  });

  test('stops for a signal in the midst', async () => {
    const files = Object.fromEntries(Array.from({ length: 40 }, (_, at) => [`${at}.png`, png(1, 1, [at])]));
    const controller = new AbortController();
    const onProgress = ({ step }: ImageSetProgress) => step === 3 && controller.abort(new Error('enough'));
    const reading = readImageFolder(folderOf(files), {
      size: [1, 1],
      onProgress: (p) => void onProgress(p),
      signal: controller.signal,
    });
    await expect(reading).rejects.toThrow('enough');
  });
});
