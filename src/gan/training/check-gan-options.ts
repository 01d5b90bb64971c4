import type { LayersModel } from '@tensorflow/tfjs-layers';
import { refuse, requirePositiveInteger } from '../../internal/require.js';
import { outputActivation } from '../../nn/output-activation.js';
import type { Penalty } from '../penalties/penalty.js';
import { conditionShape } from './condition-shape.js';
import { fullShape } from './full-shape.js';
import type { GanOptions } from './gan-options.js';

const optionNames: readonly string[] = [
  'generator',
  'discriminator',
  'data',
  'conditions',
  'loss',
  'penalties',
  'augmentation',
  'average',
  'batchSize',
  'epochs',
  'steps',
  'discriminatorSteps',
  'generatorSteps',
  'accumulate',
  'gradientClipping',
  'weightClipping',
  'packing',
  'schedule',
  'observers',
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
  for (const name of counts) requirePositiveInteger(where, name, options[name] ?? 1);
  checkBounds(where, options);
  checkValues(where, options);
  const { generatorOptimizer, discriminatorOptimizer, seed = 0 } = options;
  if (!Number.isSafeInteger(seed)) refuse(where, 'seed', 'be a safe integer', seed);
  if (generatorOptimizer && generatorOptimizer === discriminatorOptimizer) {
    refuse(where, 'discriminatorOptimizer', 'be another instance than `generatorOptimizer`', discriminatorOptimizer);
  }
}

const counts = ['discriminatorSteps', 'generatorSteps', 'accumulate', 'packing', 'reportEvery'] as const;

function checkBounds(where: string, { weightClipping, gradientClipping }: GanOptions): void {
  requireAbove0(where, 'weightClipping', weightClipping);
  requireAbove0(where, 'gradientClipping.norm', gradientClipping?.norm);
  requireAbove0(where, 'gradientClipping.value', gradientClipping?.value);
}

function requireAbove0(where: string, name: string, value: unknown): void {
  if (value !== undefined && !(Number.isFinite(value) && (value as number) > 0)) {
    refuse(where, name, 'be a positive number', value);
  }
}

function checkValues(where: string, options: GanOptions): void {
  const { penalties = [], augmentation, average, observers = [], schedule, generator, discriminator } = options;
  for (const penalty of penalties) checkPenalty(where, penalty, discriminator);
  if (augmentation && typeof augmentation.apply !== 'function') {
    refuse(where, 'augmentation', 'be an Augmentation, such as diffAugment()', augmentation);
  }
  if (average && average.source !== generator) {
    refuse(where, 'average', 'follow `generator`: movingAverage(generator)', average);
  }
  for (const observer of observers) {
    if (typeof observer?.observe !== 'function') refuse(where, 'observers', 'hold GanObservers only', observer);
  }
  if (schedule !== undefined && typeof schedule !== 'function') refuse(where, 'schedule', 'be a function', schedule);
}

function checkPenalty(where: string, penalty: Penalty, discriminator: LayersModel): void {
  if (typeof penalty?.compute !== 'function') refuse(where, 'penalties', 'hold Penalties only, such as r1()', penalty);
  const { name, weight, every = 1 } = penalty;
  if (!(Number.isFinite(weight) && weight >= 0)) refuse(where, `weight of ${name}`, 'be a number >= 0', weight);
  requirePositiveInteger(where, `every of ${name}`, every);
  if (weight > 0) penalty.check?.(where, discriminator);
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

function checkNetworks(where: string, options: GanOptions): void {
  const { generator, discriminator, packing = 1 } = options;
  requireModel(where, 'generator', generator);
  requireModel(where, 'discriminator', discriminator);
  if (generator === discriminator) refuse(where, 'discriminator', 'be another model than `generator`', discriminator);
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
  if (![1, 2].includes(model.inputs.length)) {
    refuse(where, name, 'have one input, or two with a condition', `${model.inputs.length} inputs`);
  }
  if (model.outputs.length !== 1) refuse(where, name, 'have one output', `${model.outputs.length} outputs`);
  if (model.trainableWeights.length === 0) refuse(where, name, 'have weights that can be trained', 'a model without');
}
