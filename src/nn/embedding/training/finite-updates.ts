import { findNonFinite } from '../../../internal/finite.js';
import { NonFiniteLossError } from '../../../internal/non-finite-loss-error.js';
import type { Learned } from '../engine/network-engine.js';
import type { DenseWeights } from '../models/dense-weights.js';
import type { EmbeddingModel } from '../models/embedding-model.js';
import type { EmbeddingOptimizer } from './embedding-optimizer.js';

/** What an update is made of, besides its gradients. */
interface UpdateSettings {
  readonly optimizer: EmbeddingOptimizer;
  readonly learningRate: number;
  readonly regularization: number;
}

/**
 * Runs one update so that a model whose weights are finite has finite weights afterwards: else it has those from before, and
 * an error is thrown.
 *
 * Gradients below 2^65 and ordinary step sizes cannot take a finite float32 to infinity: such a step is too small to move a
 * number near the largest one. Only where that does not hold are the weights kept aside and looked at.
 */
export function updateFinitely(
  model: EmbeddingModel,
  weights: DenseWeights,
  { loss, leafGradients, weightGradient }: Learned,
  settings: UpdateSettings,
  step: number,
  update: () => void,
): void {
  if (!Number.isFinite(loss)) throw new NonFiniteLossError('update', 'model', step, loss);
  const gradients = [weightGradient, ...leafGradients.filter((each) => each !== undefined)];
  if (isOrdinary(settings) && gradients.every(isModerate)) {
    update();
    return;
  }
  const kept = Object.values(model.tables).map(({ values }) => values.slice());
  const keptDense = weights.flat.slice();
  update();
  const broken = [weights.flat, ...Object.values(model.tables).map(({ values }) => values)]
    .map((values) => values[findNonFinite(values)])
    .find((value) => value !== undefined);
  if (broken === undefined) return;
  Object.values(model.tables).forEach(({ values }, table) => {
    values.set(kept[table]!);
  });
  weights.flat.set(keptDense);
  weights.store();
  throw new NonFiniteLossError('update', 'model', step, broken, 'weights');
}

function isOrdinary({ optimizer, learningRate, regularization }: UpdateSettings): boolean {
  const epsilon = optimizer.kind === 'sgd' ? 1 : optimizer.epsilon;
  return learningRate <= 1e6 && regularization <= 1 && learningRate * regularization <= 1 && epsilon >= 1e-12;
}

// Whether all numbers are below 2^65: of a float32 beyond, both upper bits of the exponent are set, as they are of infinity
// and NaN. Bits cost less to look at than numbers, and four sums that do not wait for one another half of one.
function isModerate(values: Float32Array): boolean {
  const bits = new Int32Array(values.buffer, values.byteOffset, values.length);
  const whole = bits.length & ~3;
  let [first, second, third, fourth] = [0, 0, 0, 0];
  for (let at = 0; at < whole; at += 4) {
    const a = bits[at]!;
    const b = bits[at + 1]!;
    const c = bits[at + 2]!;
    const d = bits[at + 3]!;
    first |= a & (a << 1);
    second |= b & (b << 1);
    third |= c & (c << 1);
    fourth |= d & (d << 1);
  }
  for (let at = whole; at < bits.length; at += 1) first |= bits[at]! & (bits[at]! << 1);
  return ((first | second | third | fourth) & 0x40000000) === 0;
}
