import {
  bootstrapRows,
  gaussianCopula,
  independentColumns,
  latentClassMixture,
  type Table,
  type TableModel,
} from 'minimart';
import { createProgressBar } from '../shared/progress-bar.js';
import type { LineColumns } from './load-lines.js';
import type { Settings } from './options.js';

/** A model of order lines, each the baseline of the next. */
export interface Learned {
  readonly label: string;
  readonly model: TableModel<LineColumns>;
  readonly seconds: number;
}

/** Learns the simple models and the mixture, which answers questions as well. */
export async function learnModels(
  lines: Table<LineColumns>,
  { classes, seed }: Settings,
  signal: AbortSignal,
): Promise<{ readonly models: readonly Learned[]; readonly mixture: TableModel<LineColumns> }> {
  const simple = [
    await learn('bootstrap of lines', () => bootstrapRows(lines, { signal })),
    await learn('independent columns', () => independentColumns(lines, { signal })),
    await learn('Gaussian copula', () => gaussianCopula(lines, { signal })),
  ];
  const mixture = await learn(`mixture of ${classes} classes`, () => learnMixture(lines, classes, seed, signal));
  return { models: [...simple, mixture], mixture: mixture.model };
}

async function learnMixture(lines: Table<LineColumns>, classes: number, seed: number, signal: AbortSignal) {
  const iterations = 40;
  const bar = createProgressBar('mixture ');
  try {
    return await latentClassMixture(lines, {
      ...{ classes, iterations, seed, signal },
      onProgress: ({ iteration, logLikelihood }) =>
        bar.show(iteration, iterations, `log-likelihood ${logLikelihood.toFixed(3)} a line`),
    });
  } finally {
    bar.stop();
  }
}

async function learn(label: string, make: () => Promise<TableModel<LineColumns>>): Promise<Learned> {
  const started = performance.now();
  const model = await make();
  return { label, model, seconds: (performance.now() - started) / 1000 };
}
