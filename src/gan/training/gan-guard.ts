import { NonFiniteLossError } from '../../internal/non-finite-loss-error.js';
import { allVariables } from '../../nn/models/model-variables.js';
import { createWeightGuard, type WeightGuard } from '../../nn/models/weight-guard.js';
import type { GanOptions } from './options/gan-options.js';

interface Note {
  readonly updates: number;
}

/** Holds the weights of a game as they last were finite. */
export interface GanGuard {
  /** To be called when the losses since the last call were finite. */
  passed(step: number): Promise<void>;
  /** Reads all weights. If some are broken, puts back the last finite ones and returns the error to throw. */
  look(step: number): Promise<NonFiniteLossError | undefined>;
  dispose(): void;
}

/** Reports from one reading of all weights to the next, which finds what no loss shows: a unit that broke and is never heard. */
const reportsBetweenLooks = 50;

/** Watches over both networks and the moving average. */
export function createGanGuard(where: string, { generator, discriminator, average }: GanOptions): GanGuard {
  const guard: WeightGuard<Note> = createWeightGuard({
    discriminator: allVariables(discriminator),
    generator: allVariables(generator),
    ...(average && { 'moving average': allVariables(average.model) }),
  });
  const note = (): Note => ({ updates: average?.updates ?? 0 });
  let reports = 1;
  const look = async (step: number) => {
    const broken = await guard.find(note());
    if (!broken) return undefined;
    const held = await guard.restore();
    if (average && held) average.updates = held.updates;
    return new NonFiniteLossError(where, broken.network, step, broken.value, 'weights');
  };
  return {
    passed: async (step) => {
      if (reports % reportsBetweenLooks === 0) {
        const error = await look(step);
        if (error) throw error;
      }
      reports += 1;
      guard.remember(note());
    },
    look,
    dispose: guard.dispose,
  };
}
