import fc from 'fast-check';
import { countColumn, idColumn, parseTable, readTable } from 'minimart';
import Papa from 'papaparse';
import { describe, expect, test } from 'vitest';
import { expectYields } from '../../support/event-loop.js';

const kinds = { a: idColumn(), b: countColumn() };
const anyLoss = { mostLost: 1 };

/** Processor time in milliseconds. */
function work(text: string): number {
  const start = process.cpuUsage();
  parseTable(text, kinds, anyLoss);
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

/** How many times the work of as many characters of good rows a text takes, in the best of five attempts. */
function ratio(text: string, limit: number): number {
  const usual = good.repeat(text.length / good.length);
  let best = Number.POSITIVE_INFINITY;
  for (let attempt = 0; attempt < 5 && best > limit; attempt += 1) {
    best = Math.min(best, work(text) / work(`a,b\n${usual}`));
  }
  return best;
}

const size = 300_000;
const filled = (row: string) => `a,b\n${row.repeat(size / row.length)}`;
const good = 'x12,1\n';

describe('hostile text takes at most three times what good rows of its length take', () => {
  test.each([
    ['a quote that is never closed in every row', filled('"x,1\n')],
    // In or out of a quoted cell at its start, each of these rows ends within one: no attempt fails before the end.
    ['rows that are open however they are read', filled('a",b,"c\n')],
    ['doubled quotes', filled('"a""\n')],
    ['quotes within cells', filled('5" x,1\n')],
    ['one open quote at the start', `a,b\n"x,1\n${filled(good).slice(4)}`],
    ['one open quote in the middle', `${filled(good).slice(0, size / 2)}\n"x,1\n${good.repeat(size / 12)}`],
    ['one open quote at the end', `${filled(good)}"x,1`],
    ['one enormous cell', `a,b\n${'x'.repeat(2 ** 21)}`],
    ['one enormous quoted cell', `a,b\n"${'x'.repeat(2 ** 21)}`],
    ['blanks before a quote', `a,b\n${' '.repeat(size)}"x",1\n`],
    ['an amount of blanks', `a,b\nx,${' '.repeat(size)}1\n`],
    ['empty lines', filled('\n')],
    ['carriage returns', `a,b\r${'\r'.repeat(size)}`],
    ['delimiters', `a,b\n${','.repeat(size)}`],
    ['quotes alone', `a,b\n${'"'.repeat(2 ** 21)}`],
  ])('%s', (_, text) => {
    expect(ratio(text, 3)).toBeLessThanOrEqual(3);
  });
});

test('a text in pieces of one character is read as it is as a whole', async () => {
  const text = `a,b\r\n"x\r\ny",1\r\n"stray,2\rz,3\r\n${'"open,4\n'.repeat(50)}`;
  async function* source() {
    for (const character of text) yield character;
  }
  const loaded = await readTable(source(), kinds, anyLoss);
  const whole = parseTable(text, kinds, anyLoss);
  expect(loaded.report).toEqual(whole.report);
  expect(loaded.columns.a.vocabulary.toJSON().ids).toEqual(['x\r\ny', 'z']);
  expect(loaded.report.badRows[0]).toEqual({ line: 4, value: '"stray,2', reason: 'has a quote that does not fit' });
});

test('lets the event loop turn while it reads good rows, bad rows and open quotes', async () => {
  await expectYields(() => readTable(filled(good), kinds));
  await expectYields(() => readTable(filled('"x,1\n'), kinds, anyLoss));
  await expectYields(() => readTable(new TextEncoder().encode(filled('a",b,"c\n')), kinds, anyLoss));
});

describe('a load can be stopped', () => {
  test('while its source hangs, which is told', async () => {
    let isCancelled = false;
    const hanging = new ReadableStream<string>({
      start: (controller) => controller.enqueue('a,b\n'),
      cancel: () => {
        isCancelled = true;
      },
    });
    const controller = new AbortController();
    const load = readTable(hanging, kinds, { signal: controller.signal });
    setTimeout(() => controller.abort(new Error('enough')), 5);
    await expect(load).rejects.toThrow('enough');
    expect(isCancelled).toBe(true);
  });

  test('before it begins', async () => {
    await expect(readTable('a,b\n', kinds, { signal: AbortSignal.abort(new Error('no')) })).rejects.toThrow('no');
    // @ts-expect-error No signal.
    await expect(readTable('a,b\n', kinds, { signal: {} })).rejects.toThrow(
      'readTable: `signal` must be an AbortSignal',
    );
  });
});

// Without what the two read differently on purpose: \r alone, blanks beside quotes, broken quotes.
test('cuts text as papaparse does', () => {
  const cell = fc.oneof(
    fc.stringMatching(/^[a-c;'" ]{0,4}x$/).map((text) => text.replace(/^[ "]+/, '')),
    fc.stringMatching(/^[a-c",\n ]{0,5}$/).map((text) => `"${text.replaceAll('"', '""')}"`),
  );
  const rows = fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(rows, (cells) => {
      const text = cells.map((row) => `${row.join(',')}\n`).join('');
      const expected = Papa.parse<string[]>(text.slice(0, -1), { delimiter: ',', newline: '\n' });
      fc.pre(expected.errors.length === 0);
      const names = ['one', 'two', 'three'] as const;
      const keep = { missing: 'keep' as const };
      const table = parseTable(text, { one: idColumn(keep), two: idColumn(keep), three: idColumn(keep) }, { names });
      const read = Array.from({ length: table.length }, (_, row) =>
        names.map((name) => {
          const { codes, vocabulary } = table.columns[name];
          return vocabulary.idAt(codes[row]!) ?? '';
        }),
      );
      const blankless = expected.data.map((row) => row.map((each) => (each.trim() === '' ? '' : each)));
      expect(read).toEqual(blankless);
    }),
  );
});
