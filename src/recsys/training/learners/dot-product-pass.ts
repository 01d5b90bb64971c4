import { findNonFinite } from '../../../internal/finite.js';
import type { SampleBlock } from '../batches/sample-blocks.js';

/** What a dot product with biases learns: `score = bias + userBiases[u] + itemBiases[i] + users[u] . items[i]`. */
export interface DotProductWeights {
  /** Length of one vector, D. */
  readonly size: number;
  /** `[U, D]`. */
  readonly users: Float32Array;
  /** `[I, D]`. */
  readonly items: Float32Array;
  /** `[U]`. */
  readonly userBiases: Float32Array;
  /** `[I]`. */
  readonly itemBiases: Float32Array;
  /** `[1]`. */
  readonly bias: Float32Array;
}

/** Numbers of a plain stochastic gradient step. */
export interface DotProductStep {
  /** Step size. */
  readonly learningRate: number;
  /** L2 weight on the vectors and biases of a sample's user and item. */
  readonly regularization: number;
}

/** Trains a dot product on one block of samples after another. */
export interface DotProductTrainer {
  /** One step for each sample, as {@link dotProductPass}; returns the sum of their losses. */
  pass(samples: SampleBlock, step: DotProductStep): number;
  /** A weight that is NaN or infinite, where there is one. */
  findNonFinite(): number | undefined;
  /** Writes what was learned into the weights that the trainer was made for, which may lag behind until then. */
  writeBack(): void;
}

/** The trainer in JavaScript, which works on copies of the weights. */
export function scriptTrainer(weights: DotProductWeights): DotProductTrainer {
  const names = ['users', 'items', 'userBiases', 'itemBiases', 'bias'] as const;
  const copies = { size: weights.size } as { size: number } & Record<(typeof names)[number], Float32Array>;
  for (const name of names) copies[name] = weights[name].slice();
  return {
    pass: (samples, step) => dotProductPass(copies, samples, step),
    findNonFinite: () => nonFiniteOf(names.map((name) => copies[name])),
    writeBack: () => {
      for (const name of names) weights[name].set(copies[name]);
    },
  };
}

/** The first number of all that is NaN or infinite. */
export function nonFiniteOf(arrays: readonly Float32Array[]): number | undefined {
  for (const values of arrays) {
    const place = findNonFinite(values);
    if (place >= 0) return values[place];
  }
  return undefined;
}

/**
 * One gradient step for each sample in turn, by logistic loss: with `e = label - sigmoid(score)`
 *
 *     users[u] += rate * (e * items[i] - l2 * users[u])
 *     items[i] += rate * (e * users[u] - l2 * items[i])
 *
 * and likewise the biases, whose inputs are 1, and of which the common one is not penalised.
 *
 * @returns The sum of the samples' losses, each before its step.
 * @see Rendle et al., "Neural Collaborative Filtering vs. Matrix Factorization Revisited" (2020)
 */
export function dotProductPass(weights: DotProductWeights, samples: SampleBlock, step: DotProductStep): number {
  const { size, users, items, userBiases, itemBiases, bias } = weights;
  const { learningRate } = step;
  const keep = 1 - learningRate * step.regularization;
  let loss = 0;
  for (let sample = 0; sample < samples.users.length; sample += 1) {
    const user = samples.users[sample]!;
    const item = samples.items[sample]!;
    const product = dot(users, user * size, items, item * size, size);
    const score = bias[0]! + userBiases[user]! + itemBiases[item]! + product;
    // The loss of a sample is softplus of this margin: its score with the sign that the label would not have.
    const margin = samples.labels[sample] === 1 ? -score : score;
    const error = 1 / (1 + Math.exp(-margin));
    loss += margin > 30 ? margin : -Math.log(1 - error);
    const change = samples.labels[sample] === 1 ? learningRate * error : -learningRate * error;
    moveBoth(users, user * size, items, item * size, size, keep, change);
    userBiases[user] = keep * userBiases[user]! + change;
    itemBiases[item] = keep * itemBiases[item]! + change;
    bias[0] = bias[0]! + change;
  }
  return loss;
}

// Four sums run beside each other, so that an addition need not wait for the one before it.
function dot(left: Float32Array, leftAt: number, right: Float32Array, rightAt: number, size: number): number {
  const whole = size - (size % 4);
  let [first, second, third, fourth] = [0, 0, 0, 0];
  for (let at = 0; at < whole; at += 4) {
    first += left[leftAt + at]! * right[rightAt + at]!;
    second += left[leftAt + at + 1]! * right[rightAt + at + 1]!;
    third += left[leftAt + at + 2]! * right[rightAt + at + 2]!;
    fourth += left[leftAt + at + 3]! * right[rightAt + at + 3]!;
  }
  for (let at = whole; at < size; at += 1) first += left[leftAt + at]! * right[rightAt + at]!;
  return first + second + (third + fourth);
}

function moveBoth(
  left: Float32Array,
  leftAt: number,
  right: Float32Array,
  rightAt: number,
  size: number,
  keep: number,
  change: number,
): void {
  for (let at = 0; at < size; at += 1) {
    const before = left[leftAt + at]!;
    const other = right[rightAt + at]!;
    left[leftAt + at] = keep * before + change * other;
    right[rightAt + at] = keep * other + change * before;
  }
}
