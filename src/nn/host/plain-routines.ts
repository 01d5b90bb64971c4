import { adamRows } from './adam.js';
import type { DenseRoutines, Product } from './dense-routines.js';

/** The routines as plain loops, for hosts without SIMD instructions. */
export function plainRoutines(memory: Float32Array): DenseRoutines {
  const whole = Int32Array.of(0);
  return {
    multiply: (product) => multiply(memory, product),
    addBias: (values, rows, columns, bias, isRelu) => {
      const from = bias / 4;
      for (let row = 0, at = values / 4; row < rows; row += 1) {
        for (let column = 0; column < columns; column += 1, at += 1) {
          const sum = memory[at]! + memory[from + column]!;
          memory[at] = isRelu && sum < 0 ? 0 : sum;
        }
      }
    },
    sumRows: (values, rows, columns, sums) => {
      const to = sums / 4;
      memory.fill(0, to, to + columns);
      for (let row = 0, at = values / 4; row < rows; row += 1) {
        for (let column = 0; column < columns; column += 1, at += 1) memory[to + column]! += memory[at]!;
      }
    },
    keepPositive: (values, gates, count) => {
      const [at, gate] = [values / 4, gates / 4];
      for (let index = 0; index < count; index += 1) if (!(memory[gate + index]! > 0)) memory[at + index] = 0;
    },
    adam: ({ values, m, v }, gradients, count, factors) => {
      const part = (address: number) => memory.subarray(address / 4, address / 4 + count);
      adamRows({ values: part(values), m: part(m), v: part(v) }, whole, count, part(gradients), factors);
    },
  };
}

// A transposed right operand is read row by row as dot products; otherwise whole rows of it are added up.
function multiply(memory: Float32Array, product: Product): void {
  const { rows, depth, columns, transposeLeft = false, transposeRight = false, accumulate = false } = product;
  const [left, right, output] = [product.left / 4, product.right / 4, product.output / 4];
  if (!accumulate) memory.fill(0, output, output + rows * columns);
  const [rowStep, step] = transposeLeft ? [1, rows] : [depth, 1];
  for (let row = 0; row < rows; row += 1) {
    const from = left + row * rowStep;
    const target = output + row * columns;
    if (transposeRight) dotRow(memory, from, step, right, target, depth, columns);
    else addRows(memory, from, step, right, target, depth, columns);
  }
}

function dotRow(
  memory: Float32Array,
  from: number,
  step: number,
  right: number,
  target: number,
  depth: number,
  columns: number,
): void {
  for (let column = 0; column < columns; column += 1) {
    let sum = memory[target + column]!;
    for (let at = 0, other = right + column * depth; at < depth; at += 1) {
      sum += memory[from + at * step]! * memory[other + at]!;
    }
    memory[target + column] = sum;
  }
}

function addRows(
  memory: Float32Array,
  from: number,
  step: number,
  right: number,
  target: number,
  depth: number,
  columns: number,
): void {
  for (let at = 0; at < depth; at += 1) {
    const factor = memory[from + at * step]!;
    if (factor === 0) continue;
    const other = right + at * columns;
    for (let column = 0; column < columns; column += 1) memory[target + column]! += factor * memory[other + column]!;
  }
}
