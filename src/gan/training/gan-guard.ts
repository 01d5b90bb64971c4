import { NonFiniteLossError } from '../../internal/non-finite-loss-error.js';
import { allVariables, layerNames } from '../../nn/models/model-variables.js';
import { type BrokenWeights, createWeightGuard, findBroken, type WeightGuard } from '../../nn/models/weight-guard.js';
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
  /** Reads all weights, and throws where some are broken; puts nothing back. */
  requireSound(step: number): Promise<void>;
  /** An error about a loss, with the first layer whose weights it has broken. */
  placed(error: NonFiniteLossError): Promise<NonFiniteLossError>;
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
  const layers = new Map(
    [generator, discriminator, ...(average ? [average.model] : [])].flatMap((model) => [...layerNames(model)]),
  );
  const errorOf = ({ network, value, variable }: BrokenWeights, step: number) =>
    new NonFiniteLossError(where, network, step, value, 'weights', layers.get(variable));
  const note = (): Note => ({ updates: average?.updates ?? 0 });
  let reports = 1;
  const look = async (step: number) => {
    const broken = await guard.find(note());
    if (!broken) return undefined;
    const held = await guard.restore();
    if (average && held) average.updates = held.updates;
    return errorOf(broken, step);
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
    requireSound: async (step) => {
      const broken = await guard.find(note());
      if (broken) throw errorOf(broken, step);
    },
    placed: async (error) => {
      const { network, step, value, what } = error;
      const broken = await findBroken(allVariables(network === 'generator' ? generator : discriminator));
      return broken ? new NonFiniteLossError(where, network, step, value, what, layers.get(broken.tensor)) : error;
    },
    dispose: guard.dispose,
  };
}
