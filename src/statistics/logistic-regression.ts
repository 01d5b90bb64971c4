import { inStretches, type Pieces } from '../internal/pieces.js';

/** Rows for a regression, each with `width` cells that are not 0. */
export interface Design {
  readonly rows: number;
  readonly width: number;
  /** Number of weights, W; weight 0 is that of the constant. */
  readonly weights: number;
  /** `[N, width]`: the weight that each cell goes with. */
  readonly places: Int32Array;
  /** `[N, width]`. */
  readonly values: Float64Array;
}

const newtonSteps = 12;
const conjugateSteps = 25;

/**
 * Weights that minimise the negative log-likelihood plus half their squares, that of the constant left out: scikit-learn's C = 1. By
 * Newton's method, each step by conjugate gradients.
 */
export function* fitLogistic(design: Design, labels: Float64Array): Pieces<Float64Array> {
  let weights = new Float64Array(design.weights);
  const scores = new Float64Array(design.rows);
  let loss = yield* lossOf(design, weights, labels, scores);
  for (let step = 0; step < newtonSteps; step += 1) {
    const chances = scores.map((score) => 1 / (1 + Math.exp(-score)));
    yield;
    const gradient = penalise(weights);
    yield* addTransposed(design, (row) => chances[row]! - labels[row]!, gradient);
    const direction = yield* solve(design, chances, gradient);
    let [size, next, moved] = [2, loss, weights];
    // A full step can go too far where chances are near 0 and 1.
    for (let half = 0; half < 12 && !(next < loss); half += 1) {
      size /= 2;
      moved = weights.map((weight, place) => weight - size * direction[place]!);
      next = yield* lossOf(design, moved, labels, scores);
    }
    if (!(next < loss)) break;
    const gain = loss - next;
    [weights, loss] = [moved, next];
    if (gain < 1e-7 * loss) break;
  }
  return weights;
}

/** The products of rows and weights. */
export function linearScores(design: Design, weights: Float64Array, scores: Float64Array): Pieces<void> {
  const { rows, width, places, values } = design;
  return inStretches(
    rows,
    (from, to) => {
      for (let row = from; row < to; row += 1) {
        let sum = weights[0]!;
        for (let at = row * width; at < (row + 1) * width; at += 1) sum += values[at]! * weights[places[at]!]!;
        scores[row] = sum;
      }
    },
    stretchOf(design),
  );
}

function* lossOf(design: Design, weights: Float64Array, labels: Float64Array, scores: Float64Array): Pieces<number> {
  yield* linearScores(design, weights, scores);
  let loss = 0;
  for (let row = 0; row < design.rows; row += 1) {
    const score = scores[row]!;
    loss += Math.max(0, score) + Math.log1p(Math.exp(-Math.abs(score))) - labels[row]! * score;
  }
  yield;
  for (let place = 1; place < weights.length; place += 1) loss += 0.5 * weights[place]! ** 2;
  return loss;
}

// The Newton direction: H^-1 gradient, H = X' diag(p (1 - p)) X + penalty, scaled by its diagonal.
function* solve(design: Design, chances: Float64Array, gradient: Float64Array): Pieces<Float64Array> {
  const curvature = chances.map((chance) => chance * (1 - chance));
  const diagonal = penalise(new Float64Array(design.weights).fill(1));
  yield* addTransposed(design, (row) => curvature[row]!, diagonal, true);
  const solution = new Float64Array(design.weights);
  const residual = gradient.slice();
  let scaled = residual.map((value, place) => value / (diagonal[place]! || 1));
  const direction = scaled.slice();
  const products = new Float64Array(design.rows);
  let size = dot(residual, scaled);
  const enough = 1e-8 * size;
  for (let step = 0; step < conjugateSteps && size > enough; step += 1) {
    yield* linearScores(design, direction, products);
    const image = penalise(direction);
    yield* addTransposed(design, (row) => curvature[row]! * products[row]!, image);
    const share = size / dot(direction, image);
    for (let place = 0; place < solution.length; place += 1) {
      solution[place]! += share * direction[place]!;
      residual[place]! -= share * image[place]!;
    }
    scaled = residual.map((value, place) => value / (diagonal[place]! || 1));
    const next = dot(residual, scaled);
    for (let place = 0; place < solution.length; place += 1) {
      direction[place] = scaled[place]! + (next / size) * direction[place]!;
    }
    size = next;
  }
  return solution;
}

function penalise(weights: Float64Array): Float64Array {
  const copy = weights.slice();
  copy[0] = 0;
  return copy;
}

// Adds X' times what `of` gives for each row; with the squares of the cells for a diagonal.
function addTransposed(design: Design, of: (row: number) => number, to: Float64Array, isSquared = false): Pieces<void> {
  const { rows, width, places, values } = design;
  const visit = (from: number, end: number) => {
    for (let row = from; row < end; row += 1) {
      const factor = of(row);
      to[0]! += factor;
      for (let at = row * width; at < (row + 1) * width; at += 1) {
        to[places[at]!]! += factor * (isSquared ? values[at]! ** 2 : values[at]!);
      }
    }
  };
  return inStretches(rows, visit, stretchOf(design));
}

function stretchOf({ width }: Design): number {
  return Math.max(1, Math.floor(2 ** 17 / width));
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let place = 0; place < a.length; place += 1) sum += a[place]! * b[place]!;
  return sum;
}
