import { createVocabulary } from 'minimart';

/** As many products and days, each row of another one than the row before. */
export function orderLines(length: number, products: number, days: number) {
  const ids = Array.from({ length: products }, (_, product) => `P${product}`);
  const lost = { missing: {}, bad: 0, badRows: [], reasons: {}, repeatedHeaders: 0, lostCharacters: 0 };
  const numbers = (of: (row: number) => number) => Array.from({ length }, (_, row) => of(row));
  return {
    length,
    report: { rows: length, kept: length, ...lost },
    columns: {
      product: {
        kind: 'id',
        codes: Int32Array.from(numbers((row) => (row * 7919) % products)),
        vocabulary: createVocabulary(ids),
      },
      customer: {
        kind: 'id',
        codes: Int32Array.from(numbers((row) => (row * 31) % 2000)),
        vocabulary: createVocabulary(Array.from({ length: 2000 }, (_, customer) => `C${customer}`)),
      },
      pieces: { kind: 'count', values: Int32Array.from(numbers((row) => 1 + (row % 12))) },
      price: { kind: 'money', values: Float64Array.from(numbers((row) => 2 + (row % 3))) },
      time: { kind: 'time', values: Float64Array.from(numbers((row) => ((row * 104_729) % days) * 86_400_000)) },
    },
  } as const;
}
