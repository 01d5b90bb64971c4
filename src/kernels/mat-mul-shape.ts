import { broadcast_util, type TensorInfo, util } from '@tensorflow/tfjs-core';

export type MatMulOperands = { a: TensorInfo; b: TensorInfo };
export type MatMulFlags = { transposeA: boolean; transposeB: boolean };

/** One operand of a matrix product as it takes part in it; strides count elements. */
export interface MatMulSide {
  readonly rows: number;
  readonly columns: number;
  readonly rowStride: number;
  readonly columnStride: number;
  /** Where the operand's matrix for the `batch`-th matrix of the output starts. */
  readonly startOf: (batch: number) => number;
}

/** The sizes of a batched matrix product, checked as tfjs checks them. */
export interface MatMulShape {
  readonly left: MatMulSide;
  readonly right: MatMulSide;
  readonly batches: number;
  readonly outputShape: number[];
}

/** Works out a product's sizes; the outer axes are broadcast. */
export function matMulShape({ a, b }: MatMulOperands, { transposeA, transposeB }: MatMulFlags): MatMulShape {
  const outer = broadcast_util.assertAndGetBroadcastShape(a.shape.slice(0, -2), b.shape.slice(0, -2));
  const left = sideOf(a, transposeA, outer);
  const right = sideOf(b, transposeB, outer);
  util.assert(
    left.columns === right.rows,
    () =>
      `Error in matMul: inner shapes (${left.columns}) and (${right.rows}) of Tensors with shapes ${a.shape} and ` +
      `${b.shape} and transposeA=${transposeA} and transposeB=${transposeB} must match.`,
  );
  return { left, right, batches: util.sizeFromShape(outer), outputShape: [...outer, left.rows, right.columns] };
}

function sideOf({ shape }: TensorInfo, transposed: boolean, outer: number[]): MatMulSide {
  const [stored, run] = shape.slice(-2);
  const batchOf = batchesOf(shape.slice(0, -2), outer);
  const startOf = (batch: number) => batchOf(batch) * stored * run;
  if (transposed) return { rows: run, columns: stored, rowStride: 1, columnStride: run, startOf };
  return { rows: stored, columns: run, rowStride: run, columnStride: 1, startOf };
}

/** Which of an operand's matrices takes part in each matrix of the output, where sizes of one are broadcast. */
function batchesOf(own: number[], outer: number[]): (batch: number) => number {
  const count = util.sizeFromShape(own);
  if (count === util.sizeFromShape(outer)) return (batch) => batch;
  if (count === 1) return () => 0;
  return (batch) => {
    let [rest, index, step] = [batch, 0, 1];
    for (let axis = outer.length - 1; axis >= 0; axis -= 1) {
      const size = own[axis - outer.length + own.length] ?? 1;
      if (size > 1) index += (rest % outer[axis]) * step;
      rest = Math.floor(rest / outer[axis]);
      step *= size;
    }
    return index;
  };
}
