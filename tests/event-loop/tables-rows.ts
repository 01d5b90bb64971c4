import {
  bootstrapRows,
  compareTables,
  conditionalNetwork,
  createPrivacyLedger,
  decodeTableModel,
  detectVirtual,
  encodeTableModel,
  gaussianCopula,
  imputeTable,
  independentColumns,
  judgeTable,
  latentClassMixture,
  type NumberColumn,
  privateMixture,
  sdmetricsQuality,
  type Table,
  testMembership,
  trainOnVirtual,
  trainTableGan,
} from 'minimart';
import { type EventLoopRows, often } from './event-loop-rows.js';

/** Every asynchronous function of tables; of the models that they make the longest work. */
export function tablesRows(): EventLoopRows {
  const table = numbers(60_000);
  const other = numbers(60_000);
  const many = numbers(541_909);
  const independent = independentColumns(table);
  const copula = gaussianCopula(table);
  const mixture = latentClassMixture(numbers(2000), { classes: 20, iterations: 2 });
  const [fewer, small] = [numbers(20_000), numbers(2000)];
  const network = conditionalNetwork(small, { epochs: 1 });
  const privateNetwork = privateNetworkOf(small);
  const bytes = independent.then(encodeTableModel);
  return {
    conditionalNetwork: (signal) => conditionalNetwork(fewer, { epochs: 1, validation: { share: 0.5 }, signal }),
    trainTableGan: async (signal) =>
      trainTableGan(small, { start: await network, steps: 30, batchSize: 64, hidden: [64], signal }),
    'trainTableGan, private': async (signal) => {
      const start = await privateNetwork;
      const ledger = createPrivacyLedger({ ...start.privacy!, epsilon: 20 });
      const rules = { steps: 20, batchSize: 64, hidden: [16], seed: 1, privacy: { ledger } };
      return trainTableGan(small, { start, ...rules, ...(signal && { signal }) });
    },
    'conditionalNetwork, of a model': async (signal) =>
      conditionalNetwork(await mixture, { rows: 20_000, epochs: 1, validation: { share: 0.5 }, signal }),
    'conditionalNetwork, sampling': async (signal) => (await network).sample(20_000, { signal }),
    'conditionalNetwork, log-probability': async (signal) => (await network).logProbability(fewer, { signal }),
    decodeTableModel: async () => often(6, async () => decodeTableModel(await bytes)),
    imputeTable: async (signal) => imputeTable(withGaps(table), { model: await independent, signal }),
    'imputeTable, by a copula': async (signal) =>
      imputeTable(withGaps(numbers(2000)), { model: await copula, fill: 'best', signal }),
    encodeTableModel: async () => often(6, async () => encodeTableModel(await independent)),
    compareTables: (signal) => compareTables(table, { real: table, heldOut: table, signal }),
    detectVirtual: (signal) => detectVirtual(table, { real: table, heldOut: other, rows: 2000, signal }),
    testMembership: (signal) => testMembership(table, { real: table, heldOut: other, rows: 100, signal }),
    trainOnVirtual: (signal) =>
      trainOnVirtual(table, { real: table, heldOut: other, target: 'second', rows: 3000, signal }),
    judgeTable: (signal) => judgeTable(table, { real: table, heldOut: other, rows: 1000, signal }),
    sdmetricsQuality: (signal) => sdmetricsQuality(table, { real: table, signal }),
    bootstrapRows: (signal) => bootstrapRows(table, { signal }),
    'independentColumns, half a million different numbers': (signal) => independentColumns(many, { signal }),
    independentColumns: (signal) => independentColumns(table, { signal }),
    'independentColumns, sampling': async (signal) => (await independent).sample(200_000, { signal }),
    gaussianCopula: (signal) => gaussianCopula(table, { signal }),
    'gaussianCopula, log-probability': async (signal) => (await copula).logProbability(numbers(2000), { signal }),
    latentClassMixture: (signal) => latentClassMixture(numbers(20_000), { classes: 50, iterations: 5, signal }),
    privateMixture: (signal) =>
      privateMixture(table, {
        ledger: createPrivacyLedger({ epsilon: 1, delta: 1e-6 }),
        columns: { first: { from: 0, to: 59_999 }, second: { from: 0, to: 59_999 } },
        ...{ seed: 1, iterations: 4, signal },
      }),
    'latentClassMixture, log-probability': async (signal) => (await mixture).logProbability(table, { signal }),
  };
}

/** A table whose second number is missing in every other row. */
function withGaps({ length, report, columns: { first, second } }: ReturnType<typeof numbers>) {
  const values = second.values.map((value, row) => (row % 2 === 0 ? Number.NaN : value));
  return { length, report, columns: { first, second: { ...second, values } } };
}

async function privateNetworkOf(table: Table<NumberColumns>) {
  const ledger = createPrivacyLedger({ epsilon: 10, delta: 1e-6 });
  const range = { from: 0, to: table.length - 1 };
  const columns = { first: range, second: range };
  const mixture = await privateMixture(table, { ledger, columns, seed: 1, classes: 2 });
  return conditionalNetwork(mixture, { rows: 500, hidden: [32], epochs: 1 });
}

type NumberColumns = { readonly first: NumberColumn; readonly second: NumberColumn };

/** Two columns of so many different numbers. */
export function numbers(length: number): Table<NumberColumns> {
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
