import type { LayersModel } from '@tensorflow/tfjs-layers';
import { refuse, requirePositiveInteger } from '../../internal/require.js';
import { outputActivation } from '../../nn/output-activation.js';
import { fullShape } from './full-shape.js';
import type { GanOptions } from './gan-options.js';

const optionNames: readonly string[] = [
  'generator',
  'discriminator',
  'data',
  'loss',
  'batchSize',
  'epochs',
  'steps',
  'discriminatorSteps',
  'generatorOptimizer',
  'discriminatorOptimizer',
  'seed',
  'reportEvery',
  'signal',
];

/** Refuses what cannot train, before any work. */
export function checkGanOptions(where: string, options: GanOptions): void {
  for (const name of Object.keys(options)) {
    if (!optionNames.includes(name)) refuse(where, name, 'be left out: there is no such option', name);
  }
  checkNetworks(where, options);
  checkLength(where, options);
  checkLoss(where, options.loss);
  const { discriminatorSteps = 1, reportEvery = 1, seed = 0 } = options;
  requirePositiveInteger(where, 'discriminatorSteps', discriminatorSteps);
  requirePositiveInteger(where, 'reportEvery', reportEvery);
  if (!Number.isSafeInteger(seed)) refuse(where, 'seed', 'be a safe integer', seed);
  const { generatorOptimizer, discriminatorOptimizer } = options;
  if (generatorOptimizer && generatorOptimizer === discriminatorOptimizer) {
    refuse(where, 'discriminatorOptimizer', 'be another instance than `generatorOptimizer`', discriminatorOptimizer);
  }
}

function checkLoss(where: string, loss: GanOptions['loss']): void {
  const whole = typeof loss?.discriminator === 'function' && typeof loss.generator === 'function';
  if (loss !== undefined && !whole) refuse(where, 'loss', 'be an AdversarialLoss, such as nonSaturatingLoss()', loss);
}

function checkLength(where: string, { epochs, steps }: GanOptions): void {
  if ((epochs === undefined) === (steps === undefined)) {
    refuse(where, 'epochs', 'be given, or else `steps`, and not both', epochs);
  }
  if (epochs !== undefined) requirePositiveInteger(where, 'epochs', epochs);
  if (steps !== undefined) requirePositiveInteger(where, 'steps', steps);
}

function checkNetworks(where: string, { generator, discriminator }: GanOptions): void {
  requireModel(where, 'generator', generator);
  requireModel(where, 'discriminator', discriminator);
  if (generator === discriminator) refuse(where, 'discriminator', 'be another model than `generator`', discriminator);
  fullShape(where, 'generator', 'input', generator.inputs[0]!.shape);
  const made = fullShape(where, 'generator', 'output', generator.outputs[0]!.shape);
  const judged = fullShape(where, 'discriminator', 'input', discriminator.inputs[0]!.shape);
  if (made.join() !== judged.join()) {
    refuse(where, 'discriminator', `take samples of the shape that the generator makes, [${made.join(', ')}]`, judged);
  }
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

function requireModel(where: string, name: string, model: LayersModel): void {
  // Not instanceof: the model may come from another copy of tfjs-layers.
  if (!Array.isArray(model?.inputs) || typeof model.apply !== 'function') {
    refuse(where, name, 'be a LayersModel', model);
  }
  if (model.inputs.length !== 1) refuse(where, name, 'have one input', `${model.inputs.length} inputs`);
  if (model.outputs.length !== 1) refuse(where, name, 'have one output', `${model.outputs.length} outputs`);
  if (model.trainableWeights.length === 0) refuse(where, name, 'have weights that can be trained', 'a model without');
}
