import type { BatchSource } from '../../data/batch-source.js';
import { createBatchSource } from '../../data/create-batch-source.js';
import { prepareBackend } from '../../kernels/prepare-backend.js';
import { createRng, type Rng } from '../../random/rng.js';
import { runSteps } from '../../training/run-steps.js';
import { checkGanOptions } from './check-gan-options.js';
import { conditionShape } from './condition-shape.js';
import { fullShape } from './full-shape.js';
import { createGame } from './gan-game.js';
import type { GanOptions, GanReport } from './gan-options.js';
import { createGanWork } from './gan-work.js';
import { observeRun } from './observe-run.js';
import { outputRange } from './output-range.js';

/** Behind `ganSteps` and `trainGan`, which differ in their name in messages. */
export async function* runGan(where: string, options: GanOptions): AsyncGenerator<GanReport, void> {
  checkGanOptions(where, options);
  await prepareBackend();
  const rng = createRng(options.seed ?? 0);
  const source = await openData(where, options, rng.stream('shuffle'));
  const game = createGame(where, options, rng);
  const work = createGanWork(where, options, game, source);
  try {
    yield* observeRun(runSteps(work, options), work, options);
  } finally {
    work.dispose();
    game.dispose();
    await source.close();
  }
}

function openData(where: string, options: GanOptions, rng: Rng): Promise<BatchSource> {
  const { data, conditions, generator, batchSize, epochs = Number.POSITIVE_INFINITY } = options;
  return createBatchSource(data, {
    where,
    sampleShape: fullShape(where, 'generator', 'output', generator.outputs[0]!.shape),
    epochs,
    rng,
    range: outputRange(generator),
    batchSize,
    conditions,
    conditionShape: conditionShape(where, options),
  });
}
