import type { BatchSource } from '../../data/batch-source.js';
import { createBatchSource } from '../../data/create-batch-source.js';
import { closeAll } from '../../internal/close-all.js';
import { reserve } from '../../internal/reserve.js';
import { prepareBackend } from '../../kernels/prepare-backend.js';
import { createRng, type Rng } from '../../random/rng.js';
import type { Checkpoints } from '../../saving/checkpoints.js';
import { createRecovery, type Recovery } from '../../training/recovery.js';
import { loggedRun, runSteps } from '../../training/run-steps.js';
import type { GanReport } from '../watching/gan-observer.js';
import { createGame, type Game } from './game/gan-game.js';
import { ganValidator } from './gan-validation.js';
import { createGanWork } from './gan-work.js';
import { observeRun } from './observe-run.js';
import { checkGanOptions } from './options/check-gan-options.js';
import { conditionShape, fullShape } from './options/condition-shape.js';
import type { GanOptions } from './options/gan-options.js';
import { outputRange } from './options/output-range.js';
import type { PrivateGame } from './private/private-game.js';

/**
 * Behind `ganSteps` and `trainGan`, which differ in their name in messages.
 *
 * @param history - Takes in the reports of a run that goes on, then all that are handed out.
 */
export async function* runGan(
  where: string,
  options: GanOptions,
  history?: GanReport[],
): AsyncGenerator<GanReport, void> {
  checkGanOptions(where, options);
  const privately = await openPrivately(where, options);
  const free = reservePlayers(where, options);
  try {
    await prepareBackend();
    await checkPenalties(where, options);
    await privately?.requireOwnRows();
    yield* playGame(where, options, privately, history);
  } finally {
    free();
  }
}

async function openPrivately(where: string, options: GanOptions): Promise<PrivateGame | undefined> {
  if (options.privacy === undefined) return undefined;
  const { createPrivateGame } = await import('./private/private-game.js');
  return createPrivateGame(where, options);
}

async function* playGame(
  where: string,
  options: GanOptions,
  privately?: PrivateGame,
  history?: GanReport[],
): AsyncGenerator<GanReport, void> {
  const { signal } = options;
  const rng = createRng(options.seed ?? 0);
  const source = await openData(where, options, rng.stream('shuffle'));
  const game = createGame(where, options, rng, privately);
  const recovery = await openRecovery(where, options, game);
  const work = createGanWork(where, options, { game, source, recovery, privately });
  const validator = ganValidator(where, options);
  let checkpoints: Checkpoints | undefined;
  let isLeft = true;
  try {
    await work.open();
    if (options.checkpoint || options.resume) {
      const { openGanCheckpoints } = await import('./gan-checkpoint.js');
      checkpoints = await openGanCheckpoints(where, { options, game, source, work, validator, recovery });
    }
    const run = observeRun(
      where,
      runSteps(work, options, { validator, checkpoints, recovery }),
      { work, recovery },
      options,
    );
    yield* loggedRun(run, checkpoints, history);
    isLeft = false;
  } catch (error) {
    isLeft = false;
    // Broken weights are put back whatever ended the run, and are told where nothing else went wrong.
    const broken = await work.look().catch(() => undefined);
    throw broken && signal?.aborted && error === signal.reason ? broken : error;
  } finally {
    // A caller who leaves the iteration is told of broken weights too.
    const broken = isLeft ? await work.look() : undefined;
    const tell = () => {
      if (broken) throw broken;
    };
    await closeAll([checkpoints?.close, validator?.restoreBest, work.dispose, game.dispose, source.close, tell]);
  }
}

async function openRecovery(where: string, options: GanOptions, game: Game): Promise<Recovery> {
  if (options.onNonFinite !== 'rollback') return createRecovery(options.onNonFinite);
  const { ganCopy } = await import('./gan-copy.js');
  return createRecovery('rollback', await ganCopy(where, options, game));
}

function reservePlayers(where: string, options: GanOptions): () => void {
  const { generator, discriminator, average, generatorOptimizer, discriminatorOptimizer } = options;
  return reserve(where, { generator, discriminator, average, generatorOptimizer, discriminatorOptimizer });
}

async function checkPenalties(where: string, { penalties = [], discriminator }: GanOptions): Promise<void> {
  for (const penalty of penalties) if (penalty.weight > 0) await penalty.check?.(where, discriminator);
}

function openData(where: string, options: GanOptions, rng: Rng): Promise<BatchSource> {
  const { data, conditions, generator, batchSize, epochs = Number.POSITIVE_INFINITY, signal, privacy } = options;
  return createBatchSource(data, {
    where,
    sampleShape: fullShape(where, 'generator', 'output', generator.outputs[0]!.shape),
    epochs,
    rng,
    range: outputRange(generator),
    batchSize,
    isPoisson: privacy !== undefined,
    conditions,
    conditionShape: conditionShape(where, options),
    signal,
  });
}
