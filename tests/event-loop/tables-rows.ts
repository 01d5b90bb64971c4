import {
  bootstrapRows,
  compareTables,
  decodeTableModel,
  encodeTableModel,
  independentColumns,
  latentClassMixture,
  type NumberColumn,
  type Table,
} from 'minimart';
import { type EventLoopRows, often } from './event-loop-rows.js';

/** Every asynchronous function of tables; of the models that they make the longest work. */
export function tablesRows(): EventLoopRows {
  const table = numbers(60_000);
  const many = numbers(541_909);
  const independent = independentColumns(table);
  const mixture = latentClassMixture(numbers(2000), { classes: 20, iterations: 2 });
  const bytes = independent.then(encodeTableModel);
  return {
    decodeTableModel: async () => often(6, async () => decodeTableModel(await bytes)),
    encodeTableModel: async () => often(6, async () => encodeTableModel(await independent)),
    compareTables: (signal) => compareTables(table, { real: table, heldOut: table, signal }),
    bootstrapRows: (signal) => bootstrapRows(table, { signal }),
    'independentColumns, half a million different numbers': (signal) => independentColumns(many, { signal }),
    independentColumns: (signal) => independentColumns(table, { signal }),
    'independentColumns, sampling': async (signal) => (await independent).sample(200_000, { signal }),
    latentClassMixture: (signal) => latentClassMixture(numbers(3000), { classes: 50, iterations: 5, signal }),
    'latentClassMixture, log-probability': async (signal) => (await mixture).logProbability(table, { signal }),
  };
}

/** Two columns of so many different numbers. */
export function numbers(length: number): Table<{ readonly first: NumberColumn; readonly second: NumberColumn }> {
  const column = (step: number): NumberColumn => ({
    kind: 'number',
    values: Float64Array.from({ length }, (_, row) => (row * step) % length),
  });
  const lost = { missing: {}, bad: 0, badRows: [], reasons: {}, repeatedHeaders: 0, lostCharacters: 0 };
  return {
    length,
    columns: { first: column(7919), second: column(104_729) },
    report: { rows: length, kept: length, ...lost },
  };
}
