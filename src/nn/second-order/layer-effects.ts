import { serialization } from '@tensorflow/tfjs-core';
import type { layers } from '@tensorflow/tfjs-layers';
import { holdsLayers } from '../models/walk-layers.js';
import { activationEffect } from './activation-effects.js';
import { type Finding, right } from './effect.js';

type Config = serialization.ConfigDict;

const byActivation = (config: Config): Finding => activationEffect(config.activation);

const withActivation = (config: Config): Finding => {
  const { advice, ...finding } = byActivation(config);
  return advice === undefined ? finding : { ...finding, advice: `activation 'linear' and behind it ${advice}` };
};

// tfjs has no gradient at all for dilated convolutions, whatever the order.
const convolution = (config: Config): Finding => {
  const dilation = [config.dilationRate ?? 1].flat();
  if (dilation.every((each) => each === 1)) return withActivation(config);
  return { effect: 'throws', cause: `dilationRate ${dilation}`, advice: 'dilationRate 1' };
};

const gated = (config: Config): Finding => {
  const recurrent = activationEffect(config.recurrentActivation);
  const finding = recurrent.effect === 'right' ? activationEffect(config.activation) : recurrent;
  return finding === right ? right : { ...finding, advice: "simpleRNN with activation 'relu'" };
};

const recurrent = (config: Config): Finding => {
  const finding = byActivation(config);
  return finding === right ? right : { ...finding, advice: "activation 'relu'" };
};

const plainConvolution: Finding = { effect: 'throws', advice: 'conv2d' };
const averages: Finding = { effect: 'throws', advice: 'averagePooling' };
const rowsOfImages: Finding = {
  effect: 'throws',
  advice: 'averagePooling on a reshaped input [B, length, 1, channels]',
};

// By class name; found by finite differences against tfjs 4.22, as tests repeat.
const findings: Readonly<Record<string, Finding | ((config: Config) => Finding)>> = {
  Activation: byActivation,
  Dense: withActivation,
  Conv1D: convolution,
  Conv2D: convolution,
  Conv2DTranspose: convolution,
  SimpleRNN: recurrent,
  GRU: gated,
  LSTM: gated,
  ConvLSTM2D: gated,
  ReLU: ({ maxValue }) =>
    typeof maxValue !== 'number'
      ? right
      : {
          effect: 'throws',
          cause: `maxValue ${maxValue}`,
          advice: `activationLayer({ kind: 'clip', low: 0, high: ${maxValue} })`,
        },
  LeakyReLU: { effect: 'throws', advice: "activationLayer({ kind: 'leakyrelu' })" },
  ELU: { effect: 'throws', advice: "activationLayer({ kind: 'elu' })" },
  ThresholdedReLU: { effect: 'throws', advice: "activationLayer({ kind: 'relu' })" },
  PReLU: { effect: 'throws', advice: 'preluLayer' },
  Softmax: { effect: 'wrong', advice: "activationLayer({ kind: 'softmax' })" },
  Conv3D: plainConvolution,
  Conv3DTranspose: { effect: 'throws', advice: 'conv2dTranspose' },
  SeparableConv2D: plainConvolution,
  DepthwiseConv2D: plainConvolution,
  UpSampling2D: { effect: 'throws', advice: 'upSampling' },
  AveragePooling1D: rowsOfImages,
  AveragePooling2D: averages,
  AveragePooling3D: { effect: 'throws', advice: 'globalAveragePooling2d or convolutions with strides' },
  MaxPooling1D: rowsOfImages,
  MaxPooling2D: { effect: 'throws', advice: 'maxPooling or averagePooling' },
  MaxPooling3D: { effect: 'throws', advice: 'globalAveragePooling2d or convolutions with strides' },
  GlobalMaxPooling1D: { effect: 'throws', advice: 'globalAveragePooling1d' },
  GlobalMaxPooling2D: { effect: 'throws', advice: 'globalAveragePooling2d' },
  Masking: { effect: 'throws', advice: 'inputs without masked steps' },
  Maximum: { effect: 'throws', advice: 'add, average or concatenate' },
  Minimum: { effect: 'throws', advice: 'add, average or concatenate' },
  CenterCrop: { effect: 'throws', advice: 'cropping2D' },
  Resizing: { effect: 'throws', advice: 'upSampling or averagePooling' },
};

const rightByThemselves: readonly string[] = [
  'InputLayer',
  'Flatten',
  'Reshape',
  'Permute',
  'RepeatVector',
  'Cropping2D',
  'ZeroPadding2D',
  'Rescaling',
  'Dropout',
  'SpatialDropout1D',
  'AlphaDropout',
  'GaussianDropout',
  'GaussianNoise',
  'Embedding',
  'BatchNormalization',
  'LayerNormalization',
  'GlobalAveragePooling1D',
  'GlobalAveragePooling2D',
  'Add',
  'Average',
  'Concatenate',
  'Dot',
  'Multiply',
];

/**
 * The finding for a layer, by its class and config; layers of this library are right. A class that extends one of them, or
 * has the name of one of tfjs, is not known by that name.
 */
export function layerEffect(layer: layers.Layer): Finding {
  const className = layer.getClassName();
  if (isOurs(layer)) return right;
  if (Object.hasOwn(findings, className)) {
    const finding = findings[className]!;
    const found = typeof finding === 'function' ? finding(layer.getConfig()) : finding;
    return found === right ? known(layer) : found;
  }
  return rightByThemselves.includes(className) ? known(layer) : { effect: 'unknown' };
}

/** Whether a layer only holds others, which are looked at one by one: a model, or a wrapper that adds nothing. */
export function isPlainHolder(layer: layers.Layer): boolean {
  return holdsLayers(layer) && (isOurs(layer) || (isOfTfjs(layer) && holders.includes(layer.getClassName())));
}

const holders: readonly string[] = ['Model', 'Functional', 'Sequential', 'TimeDistributed', 'Bidirectional'];

function known(layer: layers.Layer): Finding {
  return isOfTfjs(layer) ? right : { effect: 'unknown' };
}

function isOfTfjs(layer: layers.Layer): boolean {
  return serialization.SerializationMap.getMap().classNameMap[layer.getClassName()]?.[0] === layer.constructor;
}

// A class that extends ours inherits its name.
function isOurs(layer: layers.Layer): boolean {
  return Object.hasOwn(layer.constructor, 'className') && layer.getClassName().startsWith('Minimart');
}
