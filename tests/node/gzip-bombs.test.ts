import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { countColumn, idColumn } from 'minimart';
import { readFeatureExtractor, readGan, readIdx, readRecommender, readTableFile, streamTableFile } from 'minimart/node';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const columns = { name: idColumn(), pieces: countColumn() };
const memberBytes = 2 ** 23;
let folder = '';
const path = (name: string) => join(folder, name);

/** Ten gigabytes in ten megabytes or less: gzip files that follow one another are one file. */
function bomb(start: string | Uint8Array, byte: number): Buffer {
  const member = gzipSync(Buffer.alloc(memberBytes, byte), { level: 9 });
  const members = Array.from({ length: Math.ceil(10e9 / memberBytes) }, () => member);
  return Buffer.concat([gzipSync(start), ...members]);
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'minimart-'));
  await writeFile(path('zeros.csv.gz'), bomb('name,pieces\nann,1\n', 0));
  await writeFile(path('lines.csv.gz'), bomb('name,pieces\nann,1\n', 10));
  // A header that promises what zeros there are: 2^16 times 2^17 bytes.
  const idx = Uint8Array.of(0, 0, 8, 2, 0, 1, 0, 0, 0, 2, 0, 0);
  await writeFile(path('honest.idx.gz'), bomb(idx, 0));
  await writeFile(path('small.idx.gz'), bomb(Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 9), 0));
});
afterAll(() => rm(folder, { recursive: true }));

/** Seconds of processor time, and the most megabytes of memory that were taken meanwhile. */
async function costOf(work: () => Promise<unknown>): Promise<{ seconds: number; megabytes: number }> {
  const [time, before] = [process.cpuUsage(), process.memoryUsage().rss];
  let most = before;
  const watch = setInterval(() => {
    most = Math.max(most, process.memoryUsage().rss);
  }, 5);
  await work();
  clearInterval(watch);
  const { user, system } = process.cpuUsage(time);
  return { seconds: (user + system) / 1e6, megabytes: (most - before) / 2 ** 20 };
}

test('a bomb is small', async () => {
  expect(bomb('', 0).length).toBeLessThan(11e6);
});

describe.each([
  ['zeros.csv.gz', 2 ** 26],
  ['lines.csv.gz', 2 ** 23],
] as const)('of a table of ten gigabytes, %s,', (file, maxBytes) => {
  const refusal = (where: string) =>
    new RegExp(
      `^${where}: \`maxBytes\` must be as many as the source gives, .*, received ${maxBytes} \\(number\\)\\.$`,
    );

  test('readTableFile takes in no more than it may', async () => {
    const { seconds, megabytes } = await costOf(() =>
      expect(readTableFile(path(file), columns, { maxBytes })).rejects.toThrow(refusal('readTableFile')),
    );
    expect(seconds).toBeLessThan(20);
    expect(megabytes).toBeLessThan(256);
  });

  test('streamTableFile gives what came before', async () => {
    const rows: number[] = [];
    const read = async () => {
      for await (const { length } of streamTableFile(path(file), columns, { maxBytes, chunkRows: 1 }))
        rows.push(length);
    };
    const { seconds, megabytes } = await costOf(() => expect(read()).rejects.toThrow(refusal('streamTableFile')));
    expect(rows).toEqual([1]);
    expect(seconds).toBeLessThan(20);
    expect(megabytes).toBeLessThan(256);
  });
});

test('a table is at most 1 GiB of text unless its reader is told otherwise', async () => {
  await expect(readTableFile(path('zeros.csv.gz'), columns)).rejects.toThrow(
    'readTableFile: `maxBytes` must be as many as the source gives, if it is to be trusted: line 3 is not the last, ' +
      'received 1073741824 (number).',
  );
});

test('readIdx takes no memory for a promise above its limit, and decompresses nothing behind what was promised', async () => {
  const large = await costOf(() =>
    expect(readIdx(path('honest.idx.gz'))).rejects.toThrow(
      'readIdx: `maxBytes` must be at least 8589934604 for shape [65536, 131072] of this file',
    ),
  );
  const small = await costOf(() =>
    expect(readIdx(path('small.idx.gz'))).rejects.toThrow('readIdx: `path` must hold 17 bytes for shape [9], received'),
  );
  for (const { seconds, megabytes } of [large, small]) {
    expect(seconds).toBeLessThan(2);
    expect(megabytes).toBeLessThan(128);
  }
});

test('files of models are not decompressed', async () => {
  for (const [where, read] of Object.entries({ readGan, readRecommender, readFeatureExtractor })) {
    await expect(read(path('small.idx.gz'))).rejects.toThrow(`${where}: \`path\` must have a header in JSON`);
  }
});

test('a gzip file that is cut or damaged is refused in the name of who reads it', async () => {
  const whole = gzipSync(`name,pieces\n${'ann,1\n'.repeat(1000)}`);
  const damaged = whole.slice();
  damaged[whole.length - 6]! ^= 1;
  await writeFile(path('cut.gz'), whole.subarray(0, whole.length - 9));
  await writeFile(path('damaged.gz'), damaged);
  await writeFile(path('begun.gz'), Uint8Array.of(0x1f, 0x8b, 0xff, 0xff, 1, 2, 3, 4, 5, 6, 7, 8));
  for (const file of ['cut.gz', 'damaged.gz', 'begun.gz']) {
    const rule = '`path` must be a whole gzip file, or none, received';
    await expect(readTableFile(path(file), columns)).rejects.toThrow(`readTableFile: ${rule}`);
    await expect(readIdx(path(file))).rejects.toThrow(
      /^readIdx: `path` must (be a whole gzip|start with an IDX header)/,
    );
    const first = streamTableFile(path(file), columns).next();
    await expect(first).rejects.toThrow(`streamTableFile: ${rule}`);
  }
});
