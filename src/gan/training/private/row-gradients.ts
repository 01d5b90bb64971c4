import {
  add,
  expandDims,
  matMul,
  mul,
  type Scalar,
  squeeze,
  type Tensor,
  tidy,
  tile,
  type Variable,
  valueAndGrads,
} from '@tensorflow/tfjs-core';
import type { LayersModel, layers } from '@tensorflow/tfjs-layers';
import { variableGradients } from '../../../nn/gradients/variable-gradients.js';
import { trainableVariables } from '../../../nn/models/model-variables.js';
import { holdsLayers, walkLayers } from '../../../nn/models/walk-layers.js';

/** The gradients of `count` rows, each by itself: for each variable `[count, …]`. */
export type RowGradients = (count: number, meanLoss: () => Scalar) => Tensor[];

/** How gradients of single rows are taken, and of how many rows at a time. */
export interface RowGradient {
  readonly most: number;
  readonly of: RowGradients;
}

/** Numbers that the weights of all rows of a piece may take up together. */
const mostNumbers = 2 ** 22;

/**
 * How to take gradients of single rows in a network. Where every weight is that of a linear dense layer, each row gets weights of its
 * own, equal ones, and one gradient by them has those of all rows in it, second derivatives included. Elsewhere rows are taken one by one.
 */
export function rowGradient(model: LayersModel): RowGradient {
  const variables = trainableVariables(model);
  const dense = linearDense(model);
  const covered = new Set(dense.flatMap(({ weights }) => weights));
  if (!variables.every((variable) => covered.has(variable))) return { most: 1, of: oneByOne(variables) };
  const size = variables.reduce((sum, variable) => sum + variable.size, 0);
  return { most: Math.max(1, Math.floor(mostNumbers / size)), of: byOwnWeights(variables, dense) };
}

/** The reference: of one row the gradient is that of the loss. */
export function oneByOne(variables: Variable[]): RowGradients {
  return (_, meanLoss) => {
    const { grads } = variableGradients(meanLoss, variables);
    return variables.map((variable) => expandDims(grads[variable.name] ?? mul(variable, 0), 0));
  };
}

interface DenseLayer {
  readonly layer: layers.Layer;
  /** Kernel, and bias where there is one. */
  readonly weights: readonly Variable[];
}

function linearDense(model: LayersModel): DenseLayer[] {
  return walkLayers(model).flatMap(({ layer }) => {
    if (holdsLayers(layer) || layer.getClassName() !== 'Dense' || layer.getConfig().activation !== 'linear') return [];
    return [{ layer, weights: layer.trainableWeights.map((weight) => weight.read() as Variable) }];
  });
}

function byOwnWeights(variables: readonly Variable[], dense: readonly DenseLayer[]): RowGradients {
  return (count, meanLoss) => {
    const own = variables.map((variable) =>
      tile(expandDims(variable as Tensor, 0), [count, ...variable.shape.map(() => 1)]),
    );
    // Of rows that do not know of each other the sum's gradient by the weights of one is that of its own loss.
    const sum = (...weights: Tensor[]) => {
      const of = new Map(variables.map((variable, place) => [variable, weights[place]!]));
      return withWeights(dense, of, () => mul<Scalar>(meanLoss(), count));
    };
    return valueAndGrads(sum)(own).grads;
  };
}

// tfjs has no layer that takes weights as inputs: for as long as `run` takes, these compute with others.
function withWeights<T>(dense: readonly DenseLayer[], of: ReadonlyMap<Variable, Tensor>, run: () => T): T {
  const used = dense.filter(({ weights }) => weights.length > 0);
  const calls = used.map(({ layer }) => layer.call);
  for (const { layer, weights } of used) {
    const [kernel, bias] = weights.map((weight) => of.get(weight)!);
    layer.call = (inputs) => denseOfRows(Array.isArray(inputs) ? inputs[0]! : inputs, kernel!, bias);
  }
  try {
    return run();
  } finally {
    for (const [place, { layer }] of used.entries()) layer.call = calls[place]!;
  }
}

// `[B, …, I]` by `[B, I, O]`, plus `[B, O]`.
function denseOfRows(x: Tensor, kernel: Tensor, bias: Tensor | undefined): Tensor {
  return tidy(() => {
    const rows = x.rank === 2 ? expandDims(x, 1) : x;
    const product = matMul(rows, kernel);
    const moved = bias ? add(product, expandDims(bias, 1)) : product;
    return x.rank === 2 ? squeeze(moved, [1]) : moved;
  });
}
