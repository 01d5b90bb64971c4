import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { decodeIdx } from 'minimart';
import { readIdx } from 'minimart/node';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectYields } from '../support/event-loop.js';

/** A header by the letter of the format, and bytes behind it. */
function idxFile(type: number, shape: readonly number[], body: Uint8Array): Buffer {
  const header = Buffer.alloc(4 + 4 * shape.length);
  header.set([0, 0, type, shape.length]);
  for (const [axis, size] of shape.entries()) header.writeUInt32BE(size, 4 + 4 * axis);
  return Buffer.concat([header, body]);
}

const bytes = Uint8Array.from({ length: 3 * 28 * 28 }, (_, index) => index % 256);
const doubles = Buffer.alloc(8 * 50_000);
for (let index = 0; index < 50_000; index += 1) doubles.writeDoubleBE(index / 3, 8 * index);
const files: Record<string, Buffer> = {
  images: idxFile(8, [3, 28, 28], bytes),
  labels: idxFile(8, [2], Uint8Array.of(5, 7)),
  doubles: idxFile(0x0e, [50_000], doubles),
  nothing: Buffer.alloc(0),
  empty: idxFile(8, [0, 2 ** 32 - 1, 2 ** 32 - 1], new Uint8Array(0)),
  short: idxFile(8, [4], Uint8Array.of(1, 2)),
  long: idxFile(8, [4], new Uint8Array(100_000)),
  vast: idxFile(8, [2 ** 31], new Uint8Array(1)),
  endless: idxFile(8, Array(255).fill(2 ** 32 - 1), new Uint8Array(1)),
};
let folder = '';
const plain = (name: string) => join(folder, name);
const zipped = (name: string) => join(folder, `${name}.gz`);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'minimart-'));
  await Promise.all(
    Object.entries(files).flatMap(([name, file]) => [
      writeFile(plain(name), file),
      writeFile(zipped(name), gzipSync(file)),
    ]),
  );
});
afterAll(() => rm(folder, { recursive: true }));

describe.each([
  ['as it is', plain],
  ['compressed', zipped],
] as const)('a file %s', (_, path) => {
  test.each(['images', 'labels', 'doubles', 'empty'])('gives what decodeIdx does: %s', async (name) => {
    expect(await readIdx(path(name))).toEqual(decodeIdx(files[name]!));
  });

  test.each([
    ['nothing', 'start with an IDX header'],
    ['short', 'hold 12 bytes for shape [4], received'],
    ['long', 'hold 12 bytes for shape [4], received'],
    ['vast', 'hold 2147483656 bytes for shape [2147483648], received'],
    ['endless', 'hold Infinity bytes for shape [4294967295, 4294967295'],
  ])('is refused when it does not hold what it promises: %s', async (name, message) => {
    await expect(readIdx(path(name))).rejects.toThrow(`readIdx: \`path\` must ${message}`);
  });
});

test('a file is decompressed no further than its header promises', async () => {
  // 48 MB of zeros in 48 kB. The header promises 4 bytes.
  await writeFile(plain('bomb'), gzipSync(idxFile(8, [4], new Uint8Array(48 * 2 ** 20))));
  const before = process.memoryUsage().rss;
  await expect(readIdx(plain('bomb'))).rejects.toThrow('hold 12 bytes for shape [4]');
  expect(process.memoryUsage().rss - before).toBeLessThan(24 * 2 ** 20);
});

test('a promise above a limit is refused, which may be set', async () => {
  await expect(readIdx(zipped('images'), { maxBytes: 2367 })).rejects.toThrow(
    // 4 + 3 * 4 + 3 * 28 * 28
    'readIdx: `maxBytes` must be at least 2368 for shape [3, 28, 28] of this file, if it is to be trusted, received 2367',
  );
  expect((await readIdx(zipped('images'), { maxBytes: 2368 })).shape).toEqual([3, 28, 28]);
  await expect(readIdx(zipped('images'), { maxBytes: -1 })).rejects.toThrow('readIdx: `maxBytes` must be a positive');
});

test('lets the event loop turn, and can be stopped', async () => {
  await expectYields(() => readIdx(zipped('doubles')));
  const stopped = readIdx(plain('images'), { signal: AbortSignal.abort(new Error('enough')) });
  await expect(stopped).rejects.toThrow('enough');
  // @ts-expect-error An open file is no path.
  await expect(readIdx(0)).rejects.toThrow('readIdx: `path` must be a path or a file URL, received 0 (number)');
});
