import { type LayersModel, layers, model as layersModel, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { refuse } from '../../internal/require.js';
import type { EmbeddingModel } from '../../nn/embedding/models/embedding-model.js';
import type { NetworkNode } from '../../nn/embedding/models/network.js';
import type { Recommender } from '../recommender.js';
import { createExportInputs } from './export-inputs.js';
import { createLayerMaker, type LayerMaker } from './export-layers.js';

/**
 * Turns a model into an ordinary `LayersModel`, for apps and converters that know TensorFlow.js and nothing else: it loads
 * with `loadLayersModel` alone.
 *
 * Embedding tables become `Embedding` layers. There is one input for each feature that a batch brings: `[B, 1]` indices
 * for a categorical one, `[B, size]` numbers for a numeric one; features that the model looks up by user or item, histories
 * too, become tables of their own. The output is raw, `[B, 1]`: a logit for `binary`. Dropout is left out: the export
 * scores, and its dense weights are copies. A table of a million rows becomes a tensor of a million rows.
 *
 * @param source - A model, or a recommender with one.
 * @returns The model, with `inputNames` after the features. The caller disposes it; the source stays.
 * @throws RangeError for a recommender without a model, and for bags that a batch brings.
 * @example
 * const exported = exportRecommender(buildEmbeddingMlp({ features: { user: shop.users, item: shop.items } }));
 * exported.inputNames; // ['user', 'item']
 */
export function exportRecommender(source: EmbeddingModel | Recommender): LayersModel {
  const model = modelOf(source);
  const maker = createLayerMaker(Object.keys(model.features));
  const inputs = createExportInputs(model, maker);
  const blocks: SymbolicTensor[] = [];
  model.network.nodes.forEach((node, place) => {
    blocks.push(node.op === 'leaf' ? inputs.leaf(node, place) : operation(model, maker, node, place, blocks));
  });
  const exported = layersModel({ inputs: inputs.list(), outputs: blocks.at(-1)! });
  maker.setWeights();
  return exported;
}

function modelOf(source: EmbeddingModel | Recommender): EmbeddingModel {
  if ('network' in source) return source;
  return source.model ?? refuse('exportRecommender', 'source', 'be a model or a recommender with one', source.name);
}

function operation(
  { variables }: EmbeddingModel,
  maker: LayerMaker,
  node: Exclude<NetworkNode, { op: 'leaf' }>,
  place: number,
  blocks: readonly SymbolicTensor[],
): SymbolicTensor {
  const inputs = node.inputs.map((input) => blocks[input]!);
  const only = inputs.length === 1 ? inputs[0]! : undefined;
  if (node.op === 'product') return layers.multiply({}).apply(inputs) as SymbolicTensor;
  if (node.op === 'dot') return layers.dot({ axes: 1 }).apply(inputs) as SymbolicTensor;
  if (node.op === 'dense') {
    const joined = only ?? (layers.concatenate({ axis: 1 }).apply(inputs) as SymbolicTensor);
    return maker.dense(`dense_${place}`, joined, variables[node.kernel]!, variables[node.bias]!, node.activation);
  }
  const total = only ?? (layers.add({}).apply(inputs) as SymbolicTensor);
  return node.bias === undefined ? total : maker.addBias(`bias_${place}`, total, variables[node.bias]!);
}
