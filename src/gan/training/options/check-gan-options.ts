import type { Optimizer } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { type OptionNames, requireOptions } from '../../../internal/options.js';
import { refuse, requirePositive, requirePositiveInteger, requireSeed } from '../../../internal/require.js';
import { requireLiveOptimizer, requireNetwork } from '../../../nn/models/require-live.js';
import { outputActivation } from '../../../nn/output-activation.js';
import { requireKeeping } from '../../../saving/checkpoint-options.js';
import { requireRecovery } from '../../../training/recovery.js';
import { requireRunLength } from '../../../training/run-length.js';
import { requireLoopOptions } from '../../../training/run-steps.js';
import { checkGanValidation } from '../gan-validation.js';
import { conditionShape, fullShape } from './condition-shape.js';
import type { GanOptions } from './gan-options.js';
import { requireParts } from './require-parts.js';

/** The names of the rules of a game, which other trainers pass on to it. */
export const ganRuleNames = {
  loss: true,
  penalties: true,
  augmentation: true,
  average: true,
  batchSize: true,
  epochs: true,
  steps: true,
  discriminatorSteps: true,
  generatorSteps: true,
  accumulate: true,
  gradientClipping: true,
  weightClipping: true,
  schedule: true,
  observers: true,
  validation: true,
  generatorOptimizer: true,
  discriminatorOptimizer: true,
  seed: true,
  onNonFinite: true,
  reportEvery: true,
  checkpoint: true,
  resume: true,
  signal: true,
} as const;

/** The names of all options of a game. */
export function ganOptionNames(): OptionNames<GanOptions> {
  return {
    ...ganRuleNames,
    generator: true,
    discriminator: true,
    data: true,
    conditions: true,
    packing: true,
    privacy: true,
  };
}

/** Refuses what cannot train, before any work; what is said of `privacy` is checked where that is loaded. */
export function checkGanOptions(where: string, options: GanOptions): void {
  checkNetworks(where, options);
  requireRunLength(where, options);
  requireLoopOptions(where, options);
  requireKeeping(where, options);
  requireRecovery(where, options);
  for (const name of counts) requirePositiveInteger(where, name, options[name] ?? 1);
  checkBounds(where, options);
  requireParts(where, options);
  checkGanValidation(where, options);
  checkOptimizers(where, options);
  requireSeed(where, options.seed);
}

const counts = ['discriminatorSteps', 'generatorSteps', 'accumulate', 'packing'] as const;

function checkBounds(where: string, { weightClipping, gradientClipping }: GanOptions): void {
  if (weightClipping !== undefined) requirePositive(where, 'weightClipping', weightClipping);
  requireOptions(where, gradientClipping, { norm: true, value: true }, 'gradientClipping');
  const { norm, value } = gradientClipping ?? {};
  if (norm !== undefined) requirePositive(where, 'gradientClipping.norm', norm);
  if (value !== undefined) requirePositive(where, 'gradientClipping.value', value);
}

function checkOptimizers(where: string, { generatorOptimizer, discriminatorOptimizer }: GanOptions): void {
  requireOptimizer(where, 'generatorOptimizer', generatorOptimizer);
  requireOptimizer(where, 'discriminatorOptimizer', discriminatorOptimizer);
  if (generatorOptimizer && generatorOptimizer === discriminatorOptimizer) {
    refuse(where, 'discriminatorOptimizer', 'be another instance than `generatorOptimizer`', discriminatorOptimizer);
  }
}

function requireOptimizer(where: string, name: string, optimizer: Optimizer | undefined): void {
  if (optimizer !== undefined) requireLiveOptimizer(where, name, optimizer);
}

function checkNetworks(where: string, options: GanOptions): void {
  const { generator, discriminator, packing = 1 } = options;
  requireModel(where, 'generator', generator);
  requireModel(where, 'discriminator', discriminator);
  if ((generator as LayersModel) === discriminator) {
    refuse(where, 'discriminator', 'be another model than `generator`', discriminator);
  }
  fullShape(where, 'generator', 'input', generator.inputs[0]!.shape);
  const made = fullShape(where, 'generator', 'output', generator.outputs[0]!.shape);
  const judged = fullShape(where, 'discriminator', 'input', discriminator.inputs[0]!.shape);
  const seen = [...made.slice(0, -1), made.at(-1)! * packing];
  if (seen.join() !== judged.join()) {
    const packed = packing === 1 ? '' : `, ${packing} packed into one`;
    const rule = `take samples of the shape that the generator makes${packed}, [${seen.join(', ')}]`;
    refuse(where, 'discriminator', rule, judged);
  }
  if (packing > 1 && conditionShape(where, options)) {
    refuse(where, 'packing', 'be 1 in a conditional game: packed samples would have conditions of their own', packing);
  }
  requireLogits(where, discriminator);
}

function requireLogits(where: string, discriminator: LayersModel): void {
  const activation = outputActivation(discriminator);
  if (activation && ['sigmoid', 'hardSigmoid', 'softmax', 'tanh'].includes(activation)) {
    refuse(
      where,
      'discriminator',
      'end in logits, without an output activation: the losses apply the sigmoid',
      activation,
    );
  }
}

/** Refuses what is no model of a game: one or two inputs, one output, weights that are there and can be trained. */
function requireModel(where: string, name: string, model: LayersModel): void {
  requireNetwork(where, name, model, [1, 2]);
  if (model.trainableWeights.length === 0) refuse(where, name, 'have weights that can be trained', 'a model without');
}
