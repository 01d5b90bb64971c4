import { countColumn, idColumn, parseTable, timeColumn } from 'minimart';

/** Rows such as `tea,2,2026-03-02 09:00` as a table of orders. */
export function orderTable(rows: readonly string[]) {
  return parseTable(`product,pieces,time\n${rows.join('\n')}\n`, {
    product: idColumn({ missing: 'keep' }),
    pieces: countColumn(),
    time: timeColumn({ missing: 'keep' }),
  });
}

/** How its columns are named. */
export const columns = { product: 'product', pieces: 'pieces', time: 'time' } as const;

/** Rows of one line of one piece for each count: `counts[t]` lines of the product on day `t` from Monday 2 March 2026. */
export function linesByDay(product: string, counts: readonly number[], pieces = 1): string[] {
  return counts.flatMap((count, day) => {
    const time = new Date(Date.UTC(2026, 2, 2 + day, 9)).toISOString().slice(0, 16).replace('T', ' ');
    return Array.from({ length: count }, () => `${product},${pieces},${time}`);
  });
}
