import { readImageFiles } from 'minimart';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

// Node has neither; a file of these tests holds its width and then red, green, blue and opacity of each pixel.
class FakeCanvas {
  private pixels = new Uint8ClampedArray();
  constructor(
    readonly width: number,
    readonly height: number,
  ) {}
  getContext() {
    return {
      fillStyle: '',
      fillRect: () => {},
      drawImage: ({ data }: { data: Uint8Array }) => {
        this.pixels = Uint8ClampedArray.from(data);
      },
      getImageData: (_x: number, y: number, width: number) => ({
        data: this.pixels.slice(4 * width * y, 4 * width * (y + 1)),
      }),
    };
  }
}

const closed: string[] = [];

beforeEach(() => {
  closed.length = 0;
  vi.stubGlobal('OffscreenCanvas', FakeCanvas);
  vi.stubGlobal('createImageBitmap', async (file: File) => {
    const [width = 0, ...data] = new Uint8Array(await file.arrayBuffer());
    if (width === 0) throw new Error('The source image could not be decoded.');
    return { width, height: data.length / 4 / width, data, close: () => closed.push(file.name) };
  });
});
afterEach(() => void vi.unstubAllGlobals());

function file(path: string, ...bytes: number[]): File {
  const made = new File([Uint8Array.from(bytes)], path.slice(path.lastIndexOf('/') + 1));
  return Object.defineProperty(made, 'webkitRelativePath', { value: path.includes('/') ? path : '' });
}

test('reads dropped files, in the order of their names', async () => {
  // Means of two pixels: (10 + 30) / 2, (20 + 40) / 2, (30 + 50) / 2.
  const files = [
    file('b.png', 2, 10, 20, 30, 255, 30, 40, 50, 255),
    file('a.JPG', 1, 0, 51, 255, 255),
    file('notes.txt', 1),
  ];
  const set = await readImageFiles(files, { size: [1, 1], fit: 'stretch' });
  expect([set.files, set.skipped, set.labelNames]).toEqual([['a.JPG', 'b.png'], ['notes.txt'], []]);
  expect(set.images.shape).toEqual([2, 1, 1, 3]);
  expect(Array.from(set.images.values, (value) => Math.round(255 * value))).toEqual([0, 51, 255, 20, 30, 40]);
  expect(closed).toEqual(['a.JPG', 'b.png']);
});

test('folders below the one that was chosen are labels', async () => {
  const files = [file('mine/shirt/1.png', 1, 1, 1, 1, 255), file('mine/boot/1.png', 1, 2, 2, 2, 255)];
  const { labels, labelNames, images } = await readImageFiles(files, { size: [1, 1], channels: 1, range: [0, 255] });
  expect([labelNames, Array.from(labels)]).toEqual([
    ['boot', 'shirt'],
    [0, 1],
  ]);
  expect(Array.from(images.values, Math.round)).toEqual([2, 1]);
});

test('names the file that does not decode, and refuses what is no file', async () => {
  await expect(readImageFiles([file('bad.png', 0)], { size: [1, 1] })).rejects.toThrow(
    "readImageFiles: `files` must hold whole pictures that the browser shows (The source image could not be decoded.), received 'bad.png'",
  );
  await expect(readImageFiles([file('a.gif', 1)], { size: [1, 1] })).rejects.toThrow('`files` must hold pictures');
  await expect(readImageFiles(['a.png'] as never, { size: [1, 1] })).rejects.toThrow('`files[0]` must be a File');
  await expect(readImageFiles(undefined as never, { size: [1, 1] })).rejects.toThrow('`files` must be a list of files');
});

test('stops for a signal', async () => {
  const controller = new AbortController();
  const files = [file('a.png', 1, 1, 1, 1, 255), file('b.png', 1, 1, 1, 1, 255)];
  const onProgress = () => controller.abort(new Error('enough'));
  const reading = readImageFiles(files, { size: [1, 1], onProgress, signal: controller.signal });
  await expect(reading).rejects.toThrow('enough');
  expect(closed).toEqual(['a.png']);
});
