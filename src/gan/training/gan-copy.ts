import { refuse } from '../../internal/require.js';
import { trainableVariables } from '../../nn/models/model-variables.js';
import { joinParts, type Part } from '../../saving/parts/part.js';
import { modelPart, optimizerPart } from '../../saving/parts/parts.js';
import { statePart } from '../../saving/parts/state-part.js';
import { createRunCopy, type RunCopy } from '../../training/run-copy.js';
import type { Game } from './game/gan-game.js';
import type { GeneratorAverage } from './generator-average.js';
import type { GanOptions } from './options/gan-options.js';

/** The copy that a game goes back to: both networks with their optimizers, and the moving average. */
export async function ganCopy(where: string, options: GanOptions, game: Game): Promise<RunCopy> {
  await requireOptimizerStates(where, game, "for `onNonFinite: 'rollback'`");
  const { generator, discriminator, average } = options;
  const [ofGenerator, ofDiscriminator] = game.optimizers;
  return createRunCopy(where, {
    generator: joinParts({
      weights: modelPart(generator),
      optimizer: optimizerPart(ofGenerator, trainableVariables(generator)),
    }),
    discriminator: joinParts({
      weights: modelPart(discriminator),
      optimizer: optimizerPart(ofDiscriminator, trainableVariables(discriminator)),
    }),
    ...(average && { 'moving average': averagePart(average) }),
  });
}

function averagePart(average: GeneratorAverage): Part {
  const updates = statePart({
    state: () => average.updates,
    restore: (saved) => {
      average.updates = saved;
    },
  });
  return joinParts({ weights: modelPart(average.model), updates });
}

/** Refuses optimizers that do not tell their state. */
export async function requireOptimizerStates(where: string, { optimizers }: Game, purpose: string): Promise<void> {
  for (const [place, optimizer] of optimizers.entries()) {
    try {
      const [steps] = await optimizer.getWeights();
      steps?.tensor.dispose();
    } catch (error) {
      const name = place === 0 ? 'generatorOptimizer' : 'discriminatorOptimizer';
      const reason = error instanceof Error ? error.message : error;
      refuse(where, name, `tell its state by \`getWeights\`, as adam() does, ${purpose}`, reason);
    }
  }
}
