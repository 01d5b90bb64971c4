import type { NormPlaces } from '../network/sequence-plan.js';

/** Added to the variance, as PyTorch adds it. */
export const epsilon = 1e-5;

/** Rows that are normalised, as places in a memory. */
export interface NormedRows {
  /** `[rows, size]`. */
  readonly input: number;
  /** `[rows, size]`. */
  readonly output: number;
  /** `[rows, 2]`: the mean of each row, and one over its standard deviation. */
  readonly statistics: number;
}

/** `output = scale * (input - mean) / sqrt(variance + 1e-5) + offset`, mean and variance being those of the row. */
export function layerNorm(
  memory: Float32Array,
  { input, output, statistics }: NormedRows,
  { scale, offset }: NormPlaces,
  rows: number,
  size: number,
): void {
  for (let row = 0; row < rows; row += 1) {
    const from = input + row * size;
    let sum = 0;
    for (let at = 0; at < size; at += 1) sum += memory[from + at]!;
    const mean = sum / size;
    let squares = 0;
    for (let at = 0; at < size; at += 1) squares += (memory[from + at]! - mean) ** 2;
    const factor = 1 / Math.sqrt(squares / size + epsilon);
    memory[statistics + 2 * row] = mean;
    memory[statistics + 2 * row + 1] = factor;
    const to = output + row * size;
    for (let at = 0; at < size; at += 1) {
      memory[to + at] = (memory[from + at]! - mean) * factor * memory[scale + at]! + memory[offset + at]!;
    }
  }
}

/**
 * Takes the slopes of {@link layerNorm}'s output back to its input, in place, and adds to the gradients of scale and offset:
 * with `x` for the normalised row and `g = scale * slopes`,
 *
 *     slopes = (g - mean of g - x * mean of g * x) / sqrt(variance + 1e-5)
 */
export function layerNormGradient(
  memory: Float32Array,
  { input, statistics }: Pick<NormedRows, 'input' | 'statistics'>,
  { scale }: NormPlaces,
  gradient: NormPlaces,
  slopes: number,
  rows: number,
  size: number,
): void {
  for (let row = 0; row < rows; row += 1) {
    const [from, to] = [input + row * size, slopes + row * size];
    const mean = memory[statistics + 2 * row]!;
    const factor = memory[statistics + 2 * row + 1]!;
    let [sum, product] = [0, 0];
    for (let at = 0; at < size; at += 1) {
      const slope = memory[to + at]!;
      const normed = (memory[from + at]! - mean) * factor;
      memory[gradient.scale + at]! += slope * normed;
      memory[gradient.offset + at]! += slope;
      const scaled = slope * memory[scale + at]!;
      sum += scaled;
      product += scaled * normed;
    }
    [sum, product] = [sum / size, product / size];
    for (let at = 0; at < size; at += 1) {
      const normed = (memory[from + at]! - mean) * factor;
      memory[to + at] = factor * (memory[to + at]! * memory[scale + at]! - sum - normed * product);
    }
  }
}
