import { type Doubles, map, type Reference } from './doubles.js';

/**
 * A layer with its kernel divided by v^T M u, after one round of power iteration that starts from a vector of equal
 * numbers. v and u are those of the first kernel seen, which is the one that the layer was called with: those that come
 * after it lie beside it, for finite differences, and gradients take v and u for constants.
 */
export function spectral(layer: Reference, { outputsBeforeInputs = false } = {}): Reference {
  let direction: Float64Array | undefined;
  return (x, kernel, ...rest) => {
    direction ??= directionOf(kernel, outputsBeforeInputs);
    const held = direction;
    const sigma = kernel.values.reduce((total, value, index) => total + value * held[index], 0);
    return layer(
      x,
      map(kernel, (value) => value / sigma),
      ...rest,
    );
  };
}

/** v u^T, number by number of the kernel. */
function directionOf({ shape, values }: Doubles, outputsBeforeInputs: boolean): Float64Array {
  const [beforeLast, last] = shape.slice(-2);
  const outputs = outputsBeforeInputs ? beforeLast : last;
  const outputOf = (index: number) => (outputsBeforeInputs ? Math.floor(index / last) % beforeLast : index % last);
  const rowOf = (index: number) =>
    outputsBeforeInputs ? Math.floor(index / (last * beforeLast)) * last + (index % last) : Math.floor(index / last);
  const v = new Float64Array(values.length / outputs);
  values.forEach((value, index) => {
    v[rowOf(index)] += value;
  });
  const u = new Float64Array(outputs);
  values.forEach((value, index) => {
    u[outputOf(index)] += value * v[rowOf(index)];
  });
  const lengths = Math.hypot(...v) * Math.hypot(...u);
  return values.map((_, index) => (v[rowOf(index)] * u[outputOf(index)]) / lengths);
}
