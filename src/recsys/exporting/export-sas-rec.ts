import { tensor, tidy } from '@tensorflow/tfjs-core';
import { input, type LayersModel, layers, model as layersModel, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import type { BlockPlaces, MapPlaces, NormPlaces, SequencePlan } from '../../nn/sequences/network/sequence-plan.js';
import { planOf, requireSasRec, type SasRecModel } from '../../nn/sequences/sas-rec-model.js';

type Layer = ReturnType<typeof layers.dense>;

/** Numbers of a layer's weights, with their shape. */
type Weights = readonly [values: ArrayLike<number>, shape: readonly number[]];

/** What layers are made from, and the weights that they get once the model stands. */
interface Maker {
  readonly plan: SequencePlan;
  readonly parameters: Float32Array;
  readonly waiting: (() => void)[];
}

/** Beside this score all others count as nothing. */
const hidden = -1e9;

/**
 * Turns a model into an ordinary `LayersModel`, for apps and converters that know TensorFlow.js and nothing else: it loads with
 * `loadLayersModel` alone.
 *
 * Its input `items` is `[B, maxLength]`: the indices of the latest items, oldest first, the latest in the last column; what is
 * not filled is the number of items, which stands for nothing. Its output is `[B, I]`, the scores of all items. Dropout is left
 * out, and weights are copies. Constants, such as what hides later items from earlier ones, are weights of `BatchNormalization`
 * layers: the model is to score, and must not be trained.
 *
 * @param model - From {@link buildSasRec}; it stays yours.
 * @returns The model. The caller disposes it.
 * @throws RangeError when `model` is none.
 * @example
 * const exported = exportSasRec(buildSasRec({ items: createVocabulary(['tea', 'cup']), embeddingSize: 4, maxLength: 3 }));
 * exported.outputs[0].shape; // [null, 2]
 */
export function exportSasRec(model: SasRecModel): LayersModel {
  requireSasRec('exportSasRec', model);
  const plan = planOf(model);
  const { embeddingSize: size, maxLength } = plan;
  const maker: Maker = { plan, parameters: model.parameters, waiting: [] };
  const items = input({ name: 'items', shape: [maxLength], dtype: 'int32' });
  const rows = model.items.size;
  const filled = new Float32Array((rows + 1) * size);
  filled.set(model.table.values);
  const vectors = lookUp(maker, items, filled, rows + 1, size);
  const positions = model.parameters.subarray(plan.positions, plan.positions + maxLength * size);
  let hiddenState = addConstant(maker, vectors, positions, [maxLength, size]);
  const keys = new Float32Array(rows + 1);
  keys[rows] = hidden;
  // [B, 1, L], added to what each query has of each key.
  const mask = apply(layers.permute({ dims: [2, 1] }), lookUp(maker, items, keys, rows + 1, 1));
  for (const block of plan.blockPlaces) hiddenState = blockOf(maker, block, hiddenState, mask);
  const last = takeLast(maker, norm(maker, plan.lastNorm, hiddenState));
  const scores = weighted(maker, layers.dense({ units: rows, useBias: false }), last, [
    [transposed(model.table.values, rows, size), [size, rows]],
  ]);
  const exported = layersModel({ inputs: items, outputs: scores });
  for (const set of maker.waiting) set();
  return exported;
}

function blockOf(maker: Maker, places: BlockPlaces, state: SymbolicTensor, mask: SymbolicTensor): SymbolicTensor {
  const { heads, embeddingSize: size } = maker.plan;
  const queryInput = norm(maker, places.attentionNorm, state);
  const outputs = Array.from({ length: heads }, (_, head) => {
    const queries = linear(maker, places.queries[head]!, queryInput, size / heads, 'linear');
    const keys = linear(maker, places.keys[head]!, state, size / heads, 'linear');
    const values = linear(maker, places.values[head]!, state, size / heads, 'linear');
    return attention(maker, [queries, keys, values], mask);
  });
  const joined = heads === 1 ? outputs[0]! : apply(layers.concatenate({ axis: 2 }), outputs);
  const denseInput = norm(maker, places.denseNorm, apply(layers.add({}), [joined, queryInput]));
  const inner = linear(maker, places.inner, denseInput, size, 'relu');
  return apply(layers.add({}), [linear(maker, places.outer, inner, size, 'linear'), denseInput]);
}

function attention(
  maker: Maker,
  [queries, keys, values]: readonly [SymbolicTensor, SymbolicTensor, SymbolicTensor],
  mask: SymbolicTensor,
): SymbolicTensor {
  const { maxLength, headSize } = maker.plan;
  const scores = apply(layers.dot({ axes: [2, 2] }), [queries, keys]);
  const later = Float32Array.from({ length: maxLength * maxLength }, (_, at) =>
    at % maxLength > Math.floor(at / maxLength) ? hidden : 0,
  );
  const scaled = addConstant(maker, scores, later, [maxLength, maxLength], 1 / Math.sqrt(headSize));
  const shares = apply(layers.softmax({ axis: -1 }), apply(layers.add({}), [scaled, mask]));
  return apply(layers.dot({ axes: [2, 1] }), [shares, values]);
}

function norm(maker: Maker, { scale, offset }: NormPlaces, from: SymbolicTensor): SymbolicTensor {
  const { embeddingSize: size } = maker.plan;
  const part = (place: number): Weights => [maker.parameters.subarray(place, place + size), [size]];
  return weighted(maker, layers.layerNormalization({ epsilon: 1e-5 }), from, [part(scale), part(offset)]);
}

function linear(
  maker: Maker,
  { weights, bias }: MapPlaces,
  from: SymbolicTensor,
  units: number,
  activation: 'linear' | 'relu',
): SymbolicTensor {
  const { embeddingSize: size } = maker.plan;
  return weighted(maker, layers.dense({ units, activation }), from, [
    [maker.parameters.subarray(weights, weights + size * units), [size, units]],
    [maker.parameters.subarray(bias, bias + units), [units]],
  ]);
}

function lookUp(maker: Maker, from: SymbolicTensor, table: Float32Array, rows: number, size: number): SymbolicTensor {
  return weighted(maker, layers.embedding({ inputDim: rows, outputDim: size }), from, [[table, [rows, size]]]);
}

// Normalisation by a mean of 0 and a variance of 1, in which the constant is what is added.
function addConstant(
  maker: Maker,
  from: SymbolicTensor,
  constant: Float32Array,
  shape: readonly number[],
  factor = 1,
): SymbolicTensor {
  const count = constant.length;
  const epsilon = 2 ** -10;
  const flat = apply(layers.flatten({}), from);
  const whole = new Float32Array(count);
  const added = weighted(maker, layers.batchNormalization({ epsilon }), flat, [
    [whole.slice().fill(factor), [count]],
    [constant, [count]],
    [whole, [count]],
    [whole.slice().fill(1 - epsilon), [count]],
  ]);
  return apply(layers.reshape({ targetShape: [...shape] }), added);
}

// The last of the positions: a sum over them that counts no other.
function takeLast(maker: Maker, from: SymbolicTensor): SymbolicTensor {
  const { maxLength } = maker.plan;
  const only = new Float32Array(maxLength);
  only[maxLength - 1] = 1;
  const turned = apply(layers.permute({ dims: [2, 1] }), from);
  const summed = weighted(maker, layers.dense({ units: 1, useBias: false }), turned, [[only, [maxLength, 1]]]);
  return apply(layers.flatten({}), summed);
}

function weighted(maker: Maker, layer: unknown, from: SymbolicTensor, weights: readonly Weights[]): SymbolicTensor {
  const given = layer as Layer;
  maker.waiting.push(() =>
    tidy(() => given.setWeights(weights.map(([values, shape]) => tensor(Float32Array.from(values), [...shape])))),
  );
  return apply(given, from);
}

function apply(layer: unknown, from: SymbolicTensor | SymbolicTensor[]): SymbolicTensor {
  return (layer as Layer).apply(from) as SymbolicTensor;
}

function transposed(values: Float32Array, rows: number, columns: number): Float32Array {
  const turned = new Float32Array(values.length);
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) turned[column * rows + row] = values[row * columns + column]!;
  }
  return turned;
}
