import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { countColumn, idColumn, parseTable, readTable, streamTable, type Table, type TextSource } from 'minimart';
import { describe, expect, test } from 'vitest';

const kinds = { name: idColumn(), pieces: countColumn() };

async function* cut(bytes: Uint8Array, sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  let start = 0;
  for (const size of sizes) {
    yield bytes.subarray(start, start + size);
    start += size;
  }
  yield bytes.subarray(start);
}

const shown = ({ columns: { name, pieces } }: Table<{ name: typeof nameType; pieces: typeof piecesType }>) =>
  Array.from(pieces.values, (value, row) => `${name.vocabulary.idAt(name.codes[row]!)} ${value}`);
const { name: nameType, pieces: piecesType } = parseTable('name,pieces\n', kinds).columns;

describe('readTable', () => {
  const row = fc.constantFrom(
    'ann,1',
    '"a ""quoted"" one",2',
    '"two\r\nlines",3',
    'Zoë 😀,4',
    '',
    '"stray" quote,5',
    'x,y',
  );
  const end = fc.constantFrom('\n', '\r\n');

  test('gives what parseTable gives, wherever the bytes are cut', async () => {
    const sizes = fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(fc.array(row, { maxLength: 8 }), end, sizes, async (rows, lineEnd, pieceSizes) => {
        const text = `\ufeffname,pieces${lineEnd}${rows.map((each) => each + lineEnd).join('')}`;
        const loaded = await readTable(cut(new TextEncoder().encode(text), pieceSizes), kinds, { mostLost: 1 });
        const whole = parseTable(text, kinds, { mostLost: 1 });
        expect(shown(loaded)).toEqual(shown(whole));
        expect(loaded.report).toEqual(whole.report);
      }),
    );
  });

  const text = 'name,pieces\nann,1\nbob,2\n';
  const sources: [string, () => TextSource][] = [
    ['text', () => text],
    ['a Blob', () => new Blob([text])],
    ['a ReadableStream of bytes', () => new Blob([text]).stream()],
    ['the body of a response', () => new Response(text).body!],
    ['an async iterable of text', () => new Blob([text]).stream().pipeThrough(new TextDecoderStream())],
  ];
  test.each(sources)('takes %s', async (_, source) => {
    expect(shown(await readTable(source(), kinds))).toEqual(['ann 1', 'bob 2']);
  });

  test('reads other encodings', async () => {
    const bytes = Uint8Array.of(
      ...new TextEncoder().encode('name,pieces\nZo'),
      0xeb,
      ...new TextEncoder().encode(',1\n'),
    );
    const loaded = await readTable(new Blob([bytes]), kinds, { encoding: 'windows-1252' });
    expect(shown(loaded)).toEqual(['Zoë 1']);
  });

  test('refuses what is no source, and encodings that there are not', async () => {
    // @ts-expect-error No source.
    await expect(readTable(5, kinds)).rejects.toThrow(
      'readTable: `source` must be text, bytes, a Blob, a ReadableStream',
    );
    await expect(readTable(text, kinds, { encoding: 'x' })).rejects.toThrow(
      'readTable: `encoding` must name an encoding',
    );
    await expect(readTable('', kinds)).rejects.toThrow('readTable: `source` must have a header line');
  });
});

describe('streamTable', () => {
  const lines = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, row) => `customer-number-${(from + row) % 100},${from + row}\n`).join('');

  test('gives the rows in tables that share their vocabularies', async () => {
    const text = `name,pieces\n${lines(0, 20_000)}x,y\n`;
    const tables: Table<{ name: typeof nameType; pieces: typeof piecesType }>[] = [];
    for await (const table of streamTable(text, kinds, { chunkRows: 1000 })) tables.push(table);
    expect(tables.flatMap(shown)).toEqual(shown(parseTable(text, kinds)));
    expect(new Set(tables.map(({ columns }) => columns.name.vocabulary)).size).toBe(1);
    expect(tables.slice(0, -1).every(({ length }) => length >= 1000)).toBe(true);
    expect(tables.length).toBeGreaterThan(5);
    expect(tables.at(-1)!.report).toMatchObject({ rows: 20_001, kept: 20_000, bad: 1, badRows: [{ line: 20_002 }] });
    const keptBefore = tables.slice(0, 3).reduce((sum, { length }) => sum + length, 0);
    expect(tables[2]!.report.kept).toBe(keptBefore);
  });

  test('gives one table without rows for a header alone', async () => {
    const tables = [];
    for await (const table of streamTable('name,pieces\n', kinds)) tables.push(table.length);
    expect(tables).toEqual([0]);
  });

  test('tells the source when the caller stops early', async () => {
    let isClosed = false;
    async function* source() {
      try {
        yield 'name,pieces\n';
        for (let from = 0; ; from += 10_000) yield lines(from, from + 10_000);
      } finally {
        isClosed = true;
      }
    }
    for await (const { length } of streamTable(source(), kinds, { chunkRows: 100 })) if (length > 0) break;
    expect(isClosed).toBe(true);
    let isCancelled = false;
    const stream = new ReadableStream<string>({
      pull: (controller) => controller.enqueue(`name,pieces\n${lines(0, 10_000)}`),
      cancel: () => {
        isCancelled = true;
      },
    });
    for await (const { length } of streamTable(stream, kinds, { chunkRows: 100 })) if (length > 0) break;
    expect(isCancelled).toBe(true);
  });

  test('passes failures of the source on', async () => {
    async function* source() {
      yield 'name,pieces\nann,1\n';
      throw new Error('the line is cut');
    }
    await expect(readTable(source(), kinds)).rejects.toThrow('the line is cut');
  });

  test('holds no more memory after 400,000 rows than after 100,000', async () => {
    // Now and then a new customer: an id that kept the text that it was cut from would keep all of the text.
    async function* source() {
      yield 'name,pieces\n';
      for (let from = 0; from < 400_000; from += 2000)
        yield `a-new-customer-${from},${from}\n${lines(from + 1, from + 2000)}`;
    }
    setFlagsFromString('--expose-gc');
    const collect: () => void = runInNewContext('gc');
    const held: number[] = [];
    let rows = 0;
    for await (const { length } of streamTable(source(), kinds, { chunkRows: 50_000 })) {
      rows += length;
      collect();
      const { heapUsed, arrayBuffers } = process.memoryUsage();
      held.push(heapUsed + arrayBuffers);
    }
    expect(rows).toBe(400_000);
    // All rows would take 3 MB as columns, and 10 MB as text.
    const later = held.slice(2);
    expect(Math.max(...later) - held[1]!).toBeLessThan(2.5e6);
  });

  test('refuses tables of no rows', async () => {
    const stream = streamTable('name,pieces\n', kinds, { chunkRows: 0 });
    await expect(stream.next()).rejects.toThrow('streamTable: `chunkRows` must be a positive integer, received 0');
  });
});
