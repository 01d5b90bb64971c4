import type { EmbeddingModel } from '../../nn/embedding/models/embedding-model.js';
import type { LeafNode, NetworkNode } from '../../nn/embedding/models/network.js';

/** One layer of Keras's functional configuration. */
interface KerasLayer {
  readonly class_name: string;
  readonly name: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly inbound_nodes: readonly unknown[];
}

/**
 * A model as Keras configures a functional one: an input for each feature, in their order, called `feature_0` and so on, and for
 * each operation of the network a layer called after its place. Names of features would not do: Keras forbids `/`.
 */
export function kerasConfig(model: EmbeddingModel): object {
  const names = Object.keys(model.features);
  const layers: KerasLayer[] = Object.values(model.features).map((feature, at) => {
    const isNumeric = feature.kind === 'numeric';
    const shape = isNumeric ? [null, feature.size ?? 1] : [null];
    return layer('InputLayer', `feature_${at}`, { batch_shape: shape, dtype: isNumeric ? 'float32' : 'int32' }, []);
  });
  const outputs: string[] = [];
  model.network.nodes.forEach((node, place) => {
    const made =
      node.op === 'leaf'
        ? leafLayers(model, node, place, names.indexOf(node.feature))
        : operation(node, place, outputs);
    layers.push(...made);
    const alone = node.op === 'leaf' ? `feature_${names.indexOf(node.feature)}` : outputs[node.inputs[0]!]!;
    outputs.push(made.at(-1)?.name ?? alone);
  });
  return {
    class_name: 'Functional',
    config: {
      name: 'minimart',
      trainable: true,
      layers,
      input_layers: names.map((_, at) => [`feature_${at}`, 0, 0]),
      output_layers: [[outputs.at(-1), 0, 0]],
    },
  };
}

function leafLayers(model: EmbeddingModel, node: LeafNode, place: number, feature: number): readonly KerasLayer[] {
  if (node.table === undefined) return [];
  const config = { input_dim: model.tables[node.table]!.rows, output_dim: node.size };
  return [layer('Embedding', `leaf_${place}`, config, [`feature_${feature}`])];
}

function operation(
  node: Exclude<NetworkNode, LeafNode>,
  place: number,
  outputs: readonly string[],
): readonly KerasLayer[] {
  const inputs = node.inputs.map((input) => outputs[input]!);
  if (node.op === 'product') return [layer('Multiply', `product_${place}`, {}, inputs)];
  if (node.op === 'dot') return [layer('Dot', `dot_${place}`, { axes: 1 }, inputs)];
  const made: KerasLayer[] = [];
  const joined = `joined_${place}`;
  if (inputs.length > 1) {
    made.push(
      node.op === 'dense' ? layer('Concatenate', joined, { axis: 1 }, inputs) : layer('Add', joined, {}, inputs),
    );
  }
  const from = inputs.length > 1 ? [joined] : inputs;
  if (node.op === 'dense') {
    made.push(
      layer('Dense', `dense_${place}`, { units: node.size, activation: node.activation, use_bias: true }, from),
    );
  } else if (node.bias !== undefined) made.push(layer('minimart_keras>AddBias', `bias_${place}`, {}, from));
  return made;
}

function layer(
  className: string,
  name: string,
  config: Readonly<Record<string, unknown>>,
  inputs: readonly string[],
): KerasLayer {
  const inbound = inputs.length > 0 ? [inputs.map((input) => [input, 0, 0, {}])] : [];
  return { class_name: className, name, config: { name, ...config }, inbound_nodes: inbound };
}
