import {
  add,
  concat,
  dispose,
  exp,
  matMul,
  mul,
  ones,
  reshape,
  type serialization,
  slice,
  split,
  square,
  sum,
  type Tensor,
  type Tensor2D,
  tidy,
} from '@tensorflow/tfjs-core';
import {
  initializers,
  input,
  type LayersModel,
  type LayerVariable,
  model,
  type Shape,
  type SymbolicTensor,
} from '@tensorflow/tfjs-layers';
import { type LayerConfig, layerBase, onlyTensor } from '../../nn/layer-base.js';
import { hiddenUnits } from '../network/network-pass.js';
import { type NetworkPlan, type NetworkWeights, weightShapes } from '../network/network-plan.js';
import { toTensors } from '../network/open-network.js';
import { drawStraightThrough } from './straight-through.js';

/** Normal numbers that decide a cell: half the sum of two squares is exponential, and its negative exponential is uniform. */
export const noiseOfCell = 2;

/** What a {@link RowsLayer} is made of. */
interface RowsLayerConfig extends LayerConfig {
  /** Of each column. */
  readonly states: readonly number[];
  readonly embeddingSize: number;
  readonly hidden: readonly number[];
}

/** A conditional network that draws rows: noise `[B, 2 D]` to one-hot states `[B, S]`, column by column. */
export class RowsLayer extends /* @__PURE__ */ layerBase() {
  /** Name in configs. */
  static className = 'MinimartTableRows';
  private readonly plan: NetworkPlan;
  private variables: readonly LayerVariable[] = [];

  constructor({ states, embeddingSize, hidden, ...config }: RowsLayerConfig) {
    super(config);
    this.plan = planOf({ states, embeddingSize, hidden });
  }

  /** Makes the weights, in the order of a network's. */
  override build(): void {
    this.variables = weightShapes(this.plan).map((shape, place) =>
      this.addWeight(`weights_${place}`, shape as Shape, 'float32', initializers.zeros(), undefined, true),
    );
    this.built = true;
  }

  /** One number for each state. */
  override computeOutputShape(): Shape {
    return [null, this.plan.states];
  }

  /** Draws a row for each row of noise. */
  override call(inputs: Tensor | Tensor[]): Tensor {
    const noise = onlyTensor('RowsLayer', inputs) as Tensor2D;
    return tidy(() =>
      drawRows(
        this.plan,
        this.variables.map((each) => each.read()),
        noise,
      ),
    );
  }

  /** What the layer is made of, besides its weights. */
  override getConfig(): serialization.ConfigDict {
    const { columns, embeddingSize, hidden } = this.plan;
    return { ...super.getConfig(), states: columns.map(({ states }) => states), embeddingSize, hidden: [...hidden] };
  }
}

/** A generator of one-hot rows `[B, S]` from noise `[B, 2 D]`, with copies of the weights of a network. */
export function buildRowsGenerator(plan: NetworkPlan, weights: NetworkWeights): LayersModel {
  const { columns, embeddingSize, hidden } = plan;
  const noise = input({ shape: [noiseOfCell * columns.length], name: 'table_noise' });
  const layer = new RowsLayer({
    name: 'table_rows',
    states: columns.map(({ states }) => states),
    embeddingSize,
    hidden,
  });
  const generator = model({ inputs: noise, outputs: layer.apply(noise) as SymbolicTensor, name: 'generator' });
  const tensors = toTensors(plan, weights);
  generator.setWeights(tensors);
  dispose(tensors);
  return generator;
}

function planOf({ states, ...rest }: Pick<RowsLayerConfig, 'states' | 'embeddingSize' | 'hidden'>): NetworkPlan {
  const columns: NetworkPlan['columns'][number][] = [];
  let base = 0;
  for (const count of states) {
    columns.push({ base, states: count });
    base += count;
  }
  return { columns, states: base, ...rest };
}

function drawRows(plan: NetworkPlan, weights: readonly Tensor[], noise: Tensor2D): Tensor2D {
  const { columns, embeddingSize } = plan;
  const sizes = columns.map(({ states }) => states);
  const [rows] = noise.shape;
  const [kernel, bias] = weights.slice(-2) as [Tensor2D, Tensor];
  const embeddings = split(weights[0] as Tensor2D, [...sizes, columns.length], 0);
  const unknown = embeddings.at(-1)!;
  const [kernels, biases] = sizes.length === 1 ? [[kernel], [bias]] : [split(kernel, sizes, 1), split(bias, sizes)];
  const uniform = uniformOf(noise);
  const spread = ones([rows, 1]) as Tensor2D;
  // What is not drawn yet is unknown.
  const blank = (place: number) =>
    matMul(spread, reshape(slice(unknown, [place, 0], [1, -1]), [1, embeddingSize]) as Tensor2D);
  const cells = sizes.map((_, place) => blank(place));
  const drawn = sizes.map((_, place) => {
    const units = hiddenUnits(weights, concat(cells, 1) as Tensor2D);
    const logits = add(matMul(units, kernels[place]! as Tensor2D), biases[place]!) as Tensor2D;
    const states = drawStraightThrough(logits, slice(uniform, [0, place], [-1, 1]) as Tensor2D);
    cells[place] = matMul(states, embeddings[place]! as Tensor2D);
    return states;
  });
  return concat(drawn, 1) as Tensor2D;
}

function uniformOf(noise: Tensor2D): Tensor2D {
  const pairs = reshape(square(noise), [noise.shape[0], -1, noiseOfCell]);
  return exp(mul(sum(pairs, 2), -0.5)) as Tensor2D;
}
