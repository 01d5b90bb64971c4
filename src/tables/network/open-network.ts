import { add, matMul, slice, type Tensor, type Tensor1D, type Tensor2D, tensor, tidy } from '@tensorflow/tfjs-core';
import { readAndDispose } from '../../internal/read-tensor.js';
import { toProbabilities } from '../../statistics/softmax.js';
import { embedCells, hiddenUnits } from './network-pass.js';
import { type NetworkPlan, type NetworkWeights, weightShapes } from './network-plan.js';

/** A network that stands on the device for as long as it is asked. */
export interface OpenNetwork {
  /**
   * What it says of one column, given the known cells of rows: `[B, states of the column]`, probabilities that add up to 1 in
   * double precision.
   *
   * @param cells - `[B, D]`: states, or `unknown(column)`.
   */
  chances(cells: Int32Array, column: number): Promise<Float64Array>;
  /** States of the columns before one: its first state. */
  base(column: number): number;
  /** What stands in place of the state of a cell that is not known. */
  unknown(column: number): number;
  close(): void;
}

/** Rows in one pass: some milliseconds of work. */
export const rowsInPass = 256;

/** Puts the weights on the active backend. */
export function openNetwork(plan: NetworkPlan, weights: NetworkWeights): OpenNetwork {
  const width = plan.columns.length;
  const tensors = toTensors(plan, weights);
  const logits = (cells: Int32Array, column: number) =>
    tidy(() => {
      const { base, states } = plan.columns[column]!;
      const units = hiddenUnits(tensors, embedCells(tensors, tensor(cells, [cells.length / width, width], 'int32')));
      const [kernel, bias] = tensors.slice(-2) as [Tensor2D, Tensor1D];
      return add(matMul(units, slice(kernel, [0, base], [-1, states])), slice(bias, base, states));
    });
  return {
    async chances(cells, column) {
      return softmaxRows(await readAndDispose(logits(cells, column)), plan.columns[column]!.states);
    },
    base: (column) => plan.columns[column]!.base,
    unknown: (column) => plan.states + column,
    close: () => {
      for (const each of tensors) each.dispose();
    },
  };
}

/** The weights as tensors, which the caller disposes. */
export function toTensors(plan: NetworkPlan, weights: NetworkWeights): Tensor[] {
  // Copies: some backends take the very memory that they are given.
  return weightShapes(plan).map((shape, place) => tensor(weights[place]!.slice(), shape as number[], 'float32'));
}

function softmaxRows(logits: ArrayLike<number>, states: number): Float64Array {
  const chances = Float64Array.from(logits);
  for (let from = 0; from < chances.length; from += states) toProbabilities(chances.subarray(from, from + states));
  return chances;
}
