import type { Optimizer } from '@tensorflow/tfjs-core';
import { buildPreferenceDiscriminator } from '../../gan/builders/build-preference-discriminator.js';
import { buildPreferenceGenerator } from '../../gan/builders/build-preference-generator.js';
import type { ConditionalModel } from '../../gan/builders/conditional-model.js';
import { type GeneratorAverage, generatorAverage } from '../../gan/training/generator-average.js';
import { refuse } from '../../internal/require.js';
import { adam } from '../../nn/optimizers/adam.js';
import type { AdversarialRecommenderOptions } from './adversarial-options.js';

/** What plays the game: as given, and made where nothing was given. */
export interface Players {
  readonly generator: ConditionalModel;
  readonly discriminator: ConditionalModel;
  readonly average: GeneratorAverage;
  readonly generatorOptimizer: Optimizer;
  readonly discriminatorOptimizer: Optimizer;
}

/** The players, and what to free of those that were made here. */
export interface OpenGame {
  readonly players: Players;
  /** After the game: all but what the recommender and the caller need. */
  close(): void;
  /** After a game that failed: everything. */
  abandon(): void;
}

/** Completes what was given for features of `size` numbers. */
export function openGame(where: string, options: AdversarialRecommenderOptions, size: number): OpenGame {
  const { seed = 0 } = options;
  const temporary: { dispose(): void }[] = [];
  const lasting: { dispose(): void }[] = [];
  const making = <T extends { dispose(): void }>(list: { dispose(): void }[], made: T): T => {
    list.push(made);
    return made;
  };
  const config = { preferenceSize: size, featureSize: size, seed };
  // Fast, and with half of the judge's outputs dropped: few pairs are soon known by heart.
  const optimizer = () => making(temporary, adam({ learningRate: 1e-3, beta1: 0.5 }));
  const generator = options.generator ?? making(temporary, buildPreferenceGenerator(config));
  const judge = () => buildPreferenceDiscriminator({ ...config, join: 'projection', dropout: 0.5 });
  const discriminator = options.discriminator ?? making(lasting, judge());
  const average = options.average ?? generatorAverage(generator, { decay: 0.99 });
  if (!options.average) making(lasting, average.model);
  const free = (list: { dispose(): void }[]) => {
    for (const each of list) each.dispose();
  };
  const game = {
    players: {
      generator,
      discriminator,
      average,
      generatorOptimizer: options.generatorOptimizer ?? optimizer(),
      discriminatorOptimizer: options.discriminatorOptimizer ?? optimizer(),
    },
    close: () => free(temporary),
    abandon: () => free([...temporary, ...lasting]),
  };
  try {
    requireSize(where, 'generator', generator.outputs[0]!.shape, size);
    requireSize(where, 'discriminator', discriminator.inputs[0]!.shape, size);
    return game;
  } catch (error) {
    game.abandon();
    throw error;
  }
}

function requireSize(where: string, name: string, shape: readonly (number | null)[], size: number): void {
  const verb = name === 'generator' ? 'make' : 'take';
  if (shape.length !== 2 || shape[1] !== size) refuse(where, name, `${verb} features [B, ${size}]`, [...shape]);
}
