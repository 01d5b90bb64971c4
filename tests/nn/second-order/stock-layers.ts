import { layers } from '@tensorflow/tfjs-layers';

type Activation = Parameters<typeof layers.activation>[0]['activation'];
type Row = readonly [name: string, shape: readonly number[], make: () => layers.Layer];

const vector = [6];
const rows = [8, 3];
export const picture = [6, 6, 2];
const volume = [4, 4, 4, 2];
const cells = { units: 3, recurrentInitializer: 'glorotNormal' as const };
const stack = { filters: 2, kernelSize: 3 };
const activation = (name: string): Row => [name, vector, () => layers.activation({ activation: name as Activation })];

const byEffect: Readonly<Record<'right' | 'wrong' | 'throws', readonly Row[]>> = {
  right: [
    ...['linear', 'relu', 'softplus', 'softsign', 'gelu'].map(activation),
    ['dense with relu', vector, () => layers.dense({ units: 4, activation: 'relu' })],
    ['reLU', vector, () => layers.reLU({})],
    ['conv1d', rows, () => layers.conv1d(stack)],
    ['conv2d', picture, () => layers.conv2d({ ...stack, strides: 2, padding: 'same' })],
    ['conv2dTranspose', picture, () => layers.conv2dTranspose({ ...stack, strides: 2, padding: 'same' })],
    ['dropout', vector, () => layers.dropout({ rate: 0.3, seed: 1 })],
    ['spatialDropout1d', rows, () => layers.spatialDropout1d({ rate: 0.3, seed: 1 })],
    ['batchNormalization', picture, () => layers.batchNormalization({})],
    ['layerNormalization', vector, () => layers.layerNormalization({})],
    ['globalAveragePooling1d', rows, () => layers.globalAveragePooling1d({})],
    ['globalAveragePooling2d', picture, () => layers.globalAveragePooling2d({})],
    ['cropping2D', picture, () => layers.cropping2D({ cropping: 1 })],
    ['zeroPadding2d', picture, () => layers.zeroPadding2d({ padding: 1 })],
    ['permute', rows, () => layers.permute({ dims: [2, 1] })],
    ['repeatVector', vector, () => layers.repeatVector({ n: 2 })],
    ['rescaling', picture, () => layers.rescaling({ scale: 2, offset: 1 })],
    ['simpleRNN with relu', rows, () => layers.simpleRNN({ ...cells, activation: 'relu' })],
    ['timeDistributed', rows, () => layers.timeDistributed({ layer: layers.dense({ units: 2 }) })],
  ],
  wrong: [
    ...['tanh', 'sigmoid', 'softmax', 'logSoftmax', 'swish', 'mish', 'gelu_new'].map(activation),
    ['softmax layer', vector, () => layers.softmax()],
    ['dense with tanh', vector, () => layers.dense({ units: 4, activation: 'tanh' })],
    ['conv2d with sigmoid', picture, () => layers.conv2d({ ...stack, activation: 'sigmoid' })],
    ['simpleRNN', rows, () => layers.simpleRNN(cells)],
    ['lstm with sigmoid', rows, () => layers.lstm({ ...cells, recurrentActivation: 'sigmoid' })],
    ['timeDistributed', rows, () => layers.timeDistributed({ layer: layers.dense({ units: 2, activation: 'tanh' }) })],
  ],
  throws: [
    ...['elu', 'selu', 'relu6', 'hardSigmoid'].map(activation),
    ['reLU up to 6', vector, () => layers.reLU({ maxValue: 6 })],
    ['leakyReLU', vector, () => layers.leakyReLU({})],
    ['elu layer', vector, () => layers.elu({})],
    ['prelu', vector, () => layers.prelu({})],
    ['thresholdedReLU', vector, () => layers.thresholdedReLU({ theta: 0.2 })],
    ['dense with elu', vector, () => layers.dense({ units: 4, activation: 'elu' })],
    ['conv2d with dilation', picture, () => layers.conv2d({ ...stack, dilationRate: 2 })],
    ['conv3d', volume, () => layers.conv3d({ ...stack, kernelSize: 2 })],
    ['conv3dTranspose', volume, () => layers.conv3dTranspose({ ...stack, kernelSize: 2 })],
    ['separableConv2d', picture, () => layers.separableConv2d(stack)],
    ['depthwiseConv2d', picture, () => layers.depthwiseConv2d({ kernelSize: 3 })],
    ['upSampling2d', picture, () => layers.upSampling2d({})],
    ['averagePooling1d', rows, () => layers.averagePooling1d({})],
    ['averagePooling2d', picture, () => layers.averagePooling2d({})],
    ['averagePooling3d', volume, () => layers.averagePooling3d({})],
    ['maxPooling1d', rows, () => layers.maxPooling1d({})],
    ['maxPooling2d', picture, () => layers.maxPooling2d({})],
    ['maxPooling3d', volume, () => layers.maxPooling3d({})],
    ['globalMaxPooling1d', rows, () => layers.globalMaxPooling1d({})],
    ['globalMaxPooling2d', picture, () => layers.globalMaxPooling2d({})],
    ['masking', rows, () => layers.masking({ maskValue: 0 })],
    ['centerCrop', picture, () => layers.centerCrop({ height: 4, width: 4 })],
    ['gru', rows, () => layers.gru(cells)],
    ['lstm', rows, () => layers.lstm(cells)],
  ],
};

/** Layers of tfjs, and what becomes of second derivatives behind them. */
export const stockLayers = (Object.keys(byEffect) as (keyof typeof byEffect)[]).flatMap((effect) =>
  byEffect[effect].map(([name, shape, make]) => ({ effect, name, shape, make })),
);
