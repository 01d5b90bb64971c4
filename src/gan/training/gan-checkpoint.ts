import type { BatchSource } from '../../data/batch-source.js';
import { requireFlag, requireWholeNumber } from '../../internal/require.js';
import { trainableVariables } from '../../nn/models/model-variables.js';
import { type Checkpoints, openCheckpoints } from '../../saving/checkpoints.js';
import { describeData, describeNetwork } from '../../saving/describe-run.js';
import { joinParts, type Part } from '../../saving/parts/part.js';
import { modelPart, optimizerPart, rngPart } from '../../saving/parts/parts.js';
import { statePart } from '../../saving/parts/state-part.js';
import { describeSettings } from '../../saving/settings.js';
import type { Recovery } from '../../training/recovery.js';
import type { Validator } from '../../training/validation.js';
import type { GanObserver } from '../watching/gan-observer.js';
import type { Game } from './game/gan-game.js';
import { requireOptimizerStates } from './gan-copy.js';
import type { GanWork } from './gan-work.js';
import type { GanOptions } from './options/gan-options.js';

/** What a run consists of. */
interface RunOfGan {
  readonly options: GanOptions;
  readonly game: Game;
  readonly source: BatchSource;
  readonly work: GanWork;
  readonly validator: Validator | undefined;
  readonly recovery: Recovery;
}

/** Opens the checkpoints of a run; undefined where it asks for none. */
export async function openGanCheckpoints(where: string, run: RunOfGan): Promise<Checkpoints | undefined> {
  const { options, game } = run;
  await requireOptimizerStates(where, game, 'for checkpoints');
  const settings = await settingsOf(where, options);
  return openCheckpoints(where, { trainer: 'trainGan', settings }, partOfRun(run), options);
}

async function settingsOf(where: string, options: GanOptions) {
  const { generator, discriminator, data, conditions, average, validation, observers = [], privacy, ...rest } = options;
  const { checkpoint: _, resume: __, signal: ___, ...told } = rest;
  return describeSettings(where, {
    ...told,
    generator: await describeNetwork(generator),
    discriminator: await describeNetwork(discriminator),
    data: await describeData(data),
    ...(conditions !== undefined && { conditions: await describeData(conditions) }),
    ...(average && { average: { decay: average.decay } }),
    ...(validation && { validation }),
    ...(privacy && { privacy: { noiseMultiplier: privacy.noiseMultiplier, clipNorm: privacy.clipNorm } }),
    observers: observers.map(({ name }) => name),
  });
}

function partOfRun({ options, game, source, work, validator, recovery }: RunOfGan): Part {
  const { generator, discriminator, average, observers = [], privacy } = options;
  const streams = [...game.streams].map(([name, stream]) => [name, rngPart(stream)] as const);
  const watching = observers.map((observer, place) => [`${place}-${observer.name}`, observerPart(observer)] as const);
  const run = joinParts({
    generator: modelPart(generator),
    discriminator: modelPart(discriminator),
    average: average && modelPart(average.model),
    generatorOptimizer: optimizerPart(game.optimizers[0], trainableVariables(generator)),
    discriminatorOptimizer: optimizerPart(game.optimizers[1], trainableVariables(discriminator)),
    streams: joinParts(Object.fromEntries(streams)),
    counts: countsPart(game, average),
    source: statePart(source),
    work: statePart(work),
    validation: validator && statePart(validator),
    observers: joinParts({ ...Object.fromEntries(watching), ...(observers.length > 0 && { stop: stopPart(work) }) }),
    ledger: privacy && statePart(privacy.ledger),
    recovery: recovery.part,
  });
  return {
    ...run,
    save: async () => {
      await work.settle();
      return run.save();
    },
  };
}

function countsPart(game: Game, average: GanOptions['average']): Part {
  return statePart({
    state: () => ({ updates: game.updates, averaged: average?.updates ?? 0 }),
    restore: (saved) => {
      const { updates, averaged } = saved ?? {};
      requireWholeNumber('restore', 'state.updates', updates);
      requireWholeNumber('restore', 'state.averaged', averaged);
      game.updates = updates;
      if (average) average.updates = averaged;
    },
  });
}

// A run that an observer ended is over when it goes on, unless it goes on without observers.
function stopPart(work: GanWork): Part {
  return statePart({
    state: work.isStopped,
    restore: (isStopped) => {
      requireFlag('restore', 'state', isStopped);
      if (isStopped) work.stop();
    },
  });
}

function observerPart(observer: GanObserver): Part | undefined {
  const { state, restore } = observer;
  return (
    state && restore && statePart({ state: () => observer.state!(), restore: (saved) => observer.restore!(saved) })
  );
}
