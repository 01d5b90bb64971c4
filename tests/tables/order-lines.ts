import {
  type CodedColumn,
  type CountColumn,
  categoryColumn,
  countColumn,
  createRng,
  idColumn,
  type NumberColumn,
  numberColumn,
  parseTable,
  type Table,
} from 'minimart';

/** Columns of {@link orderLines}. */
export type OrderColumns = {
  readonly country: CodedColumn;
  readonly product: CodedColumn;
  readonly pieces: CountColumn;
  readonly price: NumberColumn;
};

/**
 * Order lines of two kinds of customers: those in the UK buy few pieces at prices of 0.01 to 9.99 with two decimals, those in France
 * many at half of that. A tenth of the prices is 1.25, a twentieth is missing, and so is a tenth of the countries.
 */
export function orderLines(rows: number, seed = 1): Table<OrderColumns> {
  const rng = createRng(seed);
  const lines = Array.from({ length: rows }, () => {
    const isLarge = rng.uniform() < 0.3;
    const country = rng.uniform() < 0.1 ? '' : isLarge ? 'France' : 'UK';
    const cents = Math.ceil(rng.uniform() * (isLarge ? 499 : 999));
    const [round, missing] = [rng.uniform() < 0.1, rng.uniform() < 0.05];
    const price = missing ? '' : round ? '1.25' : (cents / 100).toFixed(2);
    return `${country},p${rng.integer(isLarge ? 5 : 9)},${1 + rng.integer(isLarge ? 300 : 6)},${price}`;
  });
  return parseTable(`country,product,pieces,price\n${lines.join('\n')}\n`, {
    country: categoryColumn({ missing: 'keep' }),
    product: idColumn(),
    pieces: countColumn(),
    price: numberColumn({ missing: 'keep' }),
  });
}
