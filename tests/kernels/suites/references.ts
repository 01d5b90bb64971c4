/** Double-precision loops, written from the definitions, that kernels are compared with. */

export type Numbers = Float32Array | Float64Array;

export interface Convolution {
  batch: number;
  height: number;
  width: number;
  inChannels: number;
  outChannels: number;
  filterHeight: number;
  filterWidth: number;
  strideHeight: number;
  strideWidth: number;
  dilationHeight: number;
  dilationWidth: number;
  top: number;
  left: number;
  outHeight: number;
  outWidth: number;
}

/** `left [rows, inner] * right [inner, columns]`, either stored transposed. */
export function matMulReference(
  left: Numbers,
  right: Numbers,
  [rows, inner, columns]: [number, number, number],
  { transposeA = false, transposeB = false } = {},
): Float64Array {
  const product = new Float64Array(rows * columns);
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      for (let k = 0; k < inner; k += 1) {
        const a = left[transposeA ? k * rows + row : row * inner + k];
        const b = right[transposeB ? column * inner + k : k * columns + column];
        product[row * columns + column] += a * b;
      }
    }
  }
  return product;
}

/** Calls `visit` with the flat offsets of input pixel, output pixel and filter position that meet in a convolution. */
function visitTaps(c: Convolution, visit: (input: number, output: number, tap: number) => void): void {
  for (let image = 0; image < c.batch; image += 1)
    for (let outRow = 0; outRow < c.outHeight; outRow += 1)
      for (let outColumn = 0; outColumn < c.outWidth; outColumn += 1)
        for (let filterRow = 0; filterRow < c.filterHeight; filterRow += 1)
          for (let filterColumn = 0; filterColumn < c.filterWidth; filterColumn += 1) {
            const row = outRow * c.strideHeight + filterRow * c.dilationHeight - c.top;
            const column = outColumn * c.strideWidth + filterColumn * c.dilationWidth - c.left;
            if (row < 0 || row >= c.height || column < 0 || column >= c.width) continue;
            visit(
              (image * c.height + row) * c.width + column,
              (image * c.outHeight + outRow) * c.outWidth + outColumn,
              filterRow * c.filterWidth + filterColumn,
            );
          }
}

export function conv2dReference(x: Numbers, filter: Numbers, c: Convolution): Float64Array {
  const y = new Float64Array(c.batch * c.outHeight * c.outWidth * c.outChannels);
  visitTaps(c, (input, output, tap) => {
    for (let i = 0; i < c.inChannels; i += 1)
      for (let o = 0; o < c.outChannels; o += 1)
        y[output * c.outChannels + o] +=
          x[input * c.inChannels + i] * filter[(tap * c.inChannels + i) * c.outChannels + o];
  });
  return y;
}

export function conv2dFilterGradientReference(x: Numbers, dy: Numbers, c: Convolution): Float64Array {
  const gradient = new Float64Array(c.filterHeight * c.filterWidth * c.inChannels * c.outChannels);
  visitTaps(c, (input, output, tap) => {
    for (let i = 0; i < c.inChannels; i += 1)
      for (let o = 0; o < c.outChannels; o += 1)
        gradient[(tap * c.inChannels + i) * c.outChannels + o] +=
          x[input * c.inChannels + i] * dy[output * c.outChannels + o];
  });
  return gradient;
}

export function conv2dInputGradientReference(dy: Numbers, filter: Numbers, c: Convolution): Float64Array {
  const gradient = new Float64Array(c.batch * c.height * c.width * c.inChannels);
  visitTaps(c, (input, output, tap) => {
    for (let i = 0; i < c.inChannels; i += 1)
      for (let o = 0; o < c.outChannels; o += 1)
        gradient[input * c.inChannels + i] +=
          dy[output * c.outChannels + o] * filter[(tap * c.inChannels + i) * c.outChannels + o];
  });
  return gradient;
}

/** Here `outChannels` is `inChannels * multiplier`. */
export function depthwiseFilterGradientReference(x: Numbers, dy: Numbers, c: Convolution): Float64Array {
  const multiplier = c.outChannels / c.inChannels;
  const gradient = new Float64Array(c.filterHeight * c.filterWidth * c.outChannels);
  visitTaps(c, (input, output, tap) => {
    for (let i = 0; i < c.inChannels; i += 1)
      for (let m = 0; m < multiplier; m += 1)
        gradient[(tap * c.inChannels + i) * multiplier + m] +=
          x[input * c.inChannels + i] * dy[output * c.outChannels + i * multiplier + m];
  });
  return gradient;
}

export function depthwiseInputGradientReference(dy: Numbers, filter: Numbers, c: Convolution): Float64Array {
  const multiplier = c.outChannels / c.inChannels;
  const gradient = new Float64Array(c.batch * c.height * c.width * c.inChannels);
  visitTaps(c, (input, output, tap) => {
    for (let i = 0; i < c.inChannels; i += 1)
      for (let m = 0; m < multiplier; m += 1)
        gradient[input * c.inChannels + i] +=
          dy[output * c.outChannels + i * multiplier + m] * filter[(tap * c.inChannels + i) * multiplier + m];
  });
  return gradient;
}

/** Sums a flat array over the axes given. */
export function sumReference(values: Numbers, shape: number[], axes: number[]): Float64Array {
  const kept = shape.map((size, axis) => (axes.includes(axis) ? 1 : size));
  const sums = new Float64Array(kept.reduce((product, size) => product * size, 1));
  for (const [flat, value] of values.entries()) {
    let [rest, offset, step] = [flat, 0, 1];
    for (let axis = shape.length - 1; axis >= 0; axis -= 1) {
      const position = rest % shape[axis]!;
      rest = Math.floor(rest / shape[axis]!);
      if (!axes.includes(axis)) offset += position * step;
      step *= kept[axis]!;
    }
    sums[offset]! += value;
  }
  return sums;
}
