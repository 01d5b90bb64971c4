import { type Tensor, tensor, tidy } from '@tensorflow/tfjs-core';
import { input, type LayersModel, layers, model, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { refuse } from '../../internal/require.js';
import type { DenseMap, DensePlan } from './dense-plan.js';

/**
 * A plain LayersModel of a plan's layers with the given parameters: `[B, inputs]` to `[B, outputs]`. What joins the
 * streams of a dueling network is a linear map that does not train.
 */
export function buildDenseModel(plan: DensePlan, parameters: Float32Array, name: string): LayersModel {
  const first = input({ shape: [plan.inputs], name: `${name}_observations` });
  let index = 0;
  const apply = (from: SymbolicTensor, map: DenseMap): SymbolicTensor => {
    const activation = map.isRelu ? 'relu' : 'linear';
    const layer = layers.dense({ units: map.outputs, activation, name: denseLayerName(name, index) });
    index += 1;
    return layer.apply(from) as SymbolicTensor;
  };
  const common = plan.trunk.reduce(apply, first);
  const ends = plan.streams.map((stream) => stream.reduce(apply, common));
  const outputs = ends.length === 1 ? ends[0]! : join(ends, plan.outputs, name);
  const made = model({ inputs: first, outputs, name });
  tidy(() => made.setWeights(denseWeights(plan, parameters)));
  return made;
}

/** What the layer of a map is called in the model of that name; maps are counted as `mapsOf` lists them. */
export function denseLayerName(model: string, index: number): string {
  return `${model}_dense_${index}`;
}

/** Reads the parameters of a model of such layers. */
export async function readDenseModel(where: string, plan: DensePlan, source: LayersModel): Promise<Float32Array> {
  const weights = source.getWeights();
  const expected = shapesOf(plan);
  const shapes = weights.map(({ shape }) => `[${shape}]`);
  if (shapes.join() !== expected.map((shape) => `[${shape}]`).join()) {
    refuse(where, 'model', `have weights of the shapes ${expected.map((shape) => `[${shape}]`).join(', ')}`, shapes);
  }
  const parameters = new Float32Array(plan.parameters);
  const places = modelOrder(plan).flatMap(({ weights: start, bias }) => [start, bias]);
  for (const [index, place] of places.entries()) parameters.set(await weights[index]!.data(), place);
  return parameters;
}

function join(ends: SymbolicTensor[], outputs: number, name: string): SymbolicTensor {
  const joined = layers.concatenate({ name: `${name}_streams` }).apply(ends) as SymbolicTensor;
  const layer = layers.dense({ units: outputs, useBias: false, trainable: false, name: `${name}_duel` });
  return layer.apply(joined) as SymbolicTensor;
}

// As tfjs lists the layers of a model: by depth, and side by side where there are two streams.
function modelOrder({ trunk, streams }: DensePlan): DenseMap[] {
  return [...trunk, ...streams[0]!.flatMap((_, depth) => streams.map((stream) => stream[depth]!))];
}

function shapesOf(plan: DensePlan): number[][] {
  const shapes = modelOrder(plan).flatMap(({ inputs, outputs }) => [[inputs, outputs], [outputs]]);
  return plan.streams.length === 1 ? shapes : [...shapes, [plan.outputs + 1, plan.outputs]];
}

function denseWeights(plan: DensePlan, parameters: Float32Array): Tensor[] {
  const weights = modelOrder(plan).flatMap(({ inputs, outputs, weights: start, bias }) => [
    tensor(parameters.slice(start, bias), [inputs, outputs]),
    tensor(parameters.slice(bias, bias + outputs), [outputs]),
  ]);
  if (plan.streams.length === 1) return weights;
  // value + advantage - mean of advantages, as a matrix.
  const { outputs } = plan;
  const duel = Float32Array.from({ length: (outputs + 1) * outputs }, (_, at) => {
    const [row, column] = [Math.floor(at / outputs), at % outputs];
    return row === 0 ? 1 : (row - 1 === column ? 1 : 0) - 1 / outputs;
  });
  return [...weights, tensor(duel, [outputs + 1, outputs])];
}
