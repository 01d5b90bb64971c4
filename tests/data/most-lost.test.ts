import {
  bootstrapCustomers,
  countColumn,
  createVocabulary,
  customerHistory,
  demandByDay,
  idColumn,
  parseTable,
  readImageFiles,
  salesByPeriod,
  timeColumn,
  toInteractions,
} from 'minimart';
import { describe, expect, test } from 'vitest';

// Of five rows the last three lack a product, a customer and pieces at once, or are below 0.
const kinds = {
  who: idColumn({ missing: 'keep' }),
  what: idColumn({ missing: 'keep' }),
  when: timeColumn(),
  pieces: countColumn({ missing: 0 }),
};
const good = 'ann,tea,2026-03-02,1\nbob,mug,2026-03-16,2\n';
const lacking = parseTable(`who,what,when,pieces\n${good}${',,2026-03-09,\n'.repeat(3)}`, kinds);
const negative = parseTable(`who,what,when,pieces\n${good}${'ann,tea,2026-03-09,-1\n'.repeat(3)}`, kinds);
const even = parseTable(`who,what,when,pieces\n${good}${'ann,tea,2026-03-09,-1\n'.repeat(2)}`, kinds);

const demand = { product: 'what', time: 'when', pieces: 'pieces' } as const;
const customers = { customer: 'who', time: 'when', pieces: 'pieces' } as const;
const readers = {
  salesByPeriod: (table: typeof even) => salesByPeriod(table, { ...demand, period: 'day' }),
  demandByDay: (table: typeof even) => demandByDay(table, demand),
  customerHistory: (table: typeof even) => customerHistory(table, customers),
  bootstrapCustomers: (table: typeof even) => bootstrapCustomers(table, { ...customers, product: 'what' }),
};

describe.each(Object.entries(readers))('%s refuses a table', (name, read) => {
  test('of which most rows lack something', async () => {
    await expect(read(lacking)).rejects.toThrow(
      `${name}: \`orders\` must lose at most 50% of its rows, but 3 of 5 were left out: rows below 0: 0, rows without a value: 3 (`,
    );
  });

  test('of which most rows are below 0', async () => {
    await expect(read(negative)).rejects.toThrow('3 of 5 were left out: rows below 0: 3, rows without a value: 0 (');
  });

  test('but not one of which half are', async () => {
    const said = await Promise.resolve(read(even)).then(String, String);
    expect(said).not.toContain('must lose');
  });
});

describe('toInteractions refuses a table', () => {
  const names = { user: 'who', item: 'what', weight: 'pieces' } as const;

  test('of which most rows lack something, are returns, or have ids that nobody knows', () => {
    expect(() => toInteractions(lacking, names)).toThrow(
      'toInteractions: `table` must lose at most 50% of its rows, but 3 of 5 were left out: withoutUser: 3 (a higher `mostLost`',
    );
    expect(() => toInteractions(negative, names)).toThrow('3 of 5 were left out: return: 3');
    // The ids of a spreadsheet that took them for numbers.
    const users = createVocabulary(['ann.0', 'bob']);
    expect(() => toInteractions(even, { ...names, users, returns: 'subtract' })).not.toThrow();
    expect(() => toInteractions(even, { ...names, users })).toThrow('3 of 4 were left out: unknownUser: 1, return: 2');
    expect(toInteractions(even, { ...names, users, mostLost: 0.75 }).length).toBe(1);
    expect(() => toInteractions(even, { ...names, mostLost: -1 })).toThrow(
      'toInteractions: `mostLost` must be a number',
    );
  });

  test('not for rows that were not wanted', () => {
    const keep = (row: number) => row < 2;
    expect(toInteractions(lacking, { ...names, keep }).length).toBe(2);
    const cancelled = (row: number) => row >= 2;
    expect(toInteractions(negative, { ...names, cancelled }).report.dropped.cancellation).toBe(3);
    expect(toInteractions(negative, { ...names, returns: 'subtract' }).report.dropped.return).toBe(3);
  });
});

test('files of which most are no pictures are refused', async () => {
  const files = ['a.png', 'b.webp', 'c.webp', '.DS_Store'].map((name) => new File([], name));
  await expect(readImageFiles(files, { size: [2, 2] })).rejects.toThrow(
    'readImageFiles: `files` must lose at most 50% of its files, but 2 of 3 were left out: ' +
      "they do not end in .png, .jpg or .jpeg, such as 'b.webp' (a higher `mostLost` lets more go), received 1 (number).",
  );
  const again = readImageFiles(files, { size: [2, 2], mostLost: 0.7 });
  await expect(again).rejects.not.toThrow('must lose');
});
