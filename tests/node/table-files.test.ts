import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { countColumn, idColumn, parseTable } from 'minimart';
import { readTableFile, streamTableFile } from 'minimart/node';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const kinds = { name: idColumn(), pieces: countColumn() };
const text = `name,pieces\n${Array.from({ length: 30_000 }, (_, row) => `Zoë ${row % 50},${row}\n`).join('')}`;
const zipped = gzipSync(text);
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'minimart-'));
  await Promise.all([
    writeFile(join(folder, 'plain.csv'), text),
    writeFile(join(folder, 'zipped.csv.gz'), zipped),
    // What a file is called does not matter.
    writeFile(join(folder, 'zipped.csv'), zipped),
    writeFile(join(folder, 'cut.csv.gz'), zipped.subarray(0, zipped.length / 2)),
    writeFile(join(folder, 'empty.csv'), ''),
  ]);
});
afterAll(() => rm(folder, { recursive: true }));

describe.each(['plain.csv', 'zipped.csv.gz', 'zipped.csv'])('%s', (file) => {
  test('is read as its text', async () => {
    const table = await readTableFile(join(folder, file), kinds);
    const whole = parseTable(text, kinds);
    expect(table.columns.pieces).toEqual(whole.columns.pieces);
    expect(table.columns.name.codes).toEqual(whole.columns.name.codes);
    expect(table.columns.name.vocabulary.toJSON()).toEqual(whole.columns.name.vocabulary.toJSON());
  });

  test('is streamed table by table', async () => {
    const pieces: number[] = [];
    let tables = 0;
    for await (const { columns } of streamTableFile(join(folder, file), kinds, { chunkRows: 5000 })) {
      pieces.push(...columns.pieces.values);
      tables += 1;
    }
    expect(pieces).toEqual(Array.from({ length: 30_000 }, (_, row) => row));
    expect(tables).toBeGreaterThan(3);
  });

  test('may be left early', async () => {
    for await (const { length } of streamTableFile(join(folder, file), kinds, { chunkRows: 10 })) {
      expect(length).toBeGreaterThan(0);
      break;
    }
  });
});

test('files that are not there, cut or empty are refused', async () => {
  await expect(readTableFile(join(folder, 'none.csv'), kinds)).rejects.toThrow('ENOENT');
  await expect(readTableFile(join(folder, 'cut.csv.gz'), kinds)).rejects.toThrow('unexpected end of file');
  await expect(readTableFile(join(folder, 'empty.csv'), kinds)).rejects.toThrow('must have a header line');
});
