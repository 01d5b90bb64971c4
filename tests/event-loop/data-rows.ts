import { columnScaler, countColumn, idColumn, readTable, streamTable, toInteractions } from 'minimart';
import { type EventLoopRows, goThrough } from './event-loop-rows.js';

/** A table of orders as text. */
export function ordersText(rows: number): string {
  return `user,item,pieces\n${Array.from({ length: rows }, (_, row) => `u${row % 997},i${(row * 7) % 301},${row % 9}\n`).join('')}`;
}

/** Kinds of its columns. */
export const orderColumns = () => ({ user: idColumn(), item: idColumn(), pieces: countColumn() });

/** Every asynchronous function of data. */
export function dataRows(): EventLoopRows {
  const text = ordersText(400_000);
  const [half, broken] = [ordersText(100_000), 'a",b,"c\n'.repeat(400_000)];
  const numbers = { values: new Float32Array(2 ** 23).map((_, at) => at % 97), shape: [2 ** 20, 8] };
  return {
    columnScaler: (signal) => columnScaler(numbers, { signal }),
    readTable: (signal) => readTable(text, orderColumns(), { signal }),
    'readTable, bad rows': (signal) =>
      readTable(new TextEncoder().encode(`user,item,pieces\n${broken}u1,i1,1\n`), orderColumns(), {
        signal,
        mostLost: 1,
      }),
    streamTable: (signal) => goThrough(streamTable(text, orderColumns(), { signal })),
    toInteractions: () =>
      toInteractions(streamTable(half, orderColumns()), { user: 'user', item: 'item', weight: 'pieces' }),
  };
}
