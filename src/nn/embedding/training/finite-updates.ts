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
  /**
   * Remembers moments and counts, and returns what puts them back. Where it is given, an update that throws leaves nothing
   * moved, and gradients that are not moderate are refused. By default weights alone are put back.
   */
  readonly remember?: () => () => void;
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
  learned: Learned,
  settings: UpdateSettings,
  step: number,
  update: () => void,
): void {
  requireFiniteLearned(model, weights, learned, settings, step);
  const areModerate = gradientsOf(learned).every(isModerate);
  if (isOrdinary(settings) && areModerate) {
    update();
    return;
  }
  const putBack = settings.remember?.();
  const kept = Object.values(model.tables).map(({ values }) => values.slice());
  const keptDense = weights.flat.slice();
  update();
  const broken = findBrokenWeight(model, weights);
  if (broken === undefined) return;
  Object.values(model.tables).forEach(({ values }, table) => {
    values.set(kept[table]!);
  });
  weights.flat.set(keptDense);
  weights.store();
  putBack?.();
  throw new NonFiniteLossError('update', 'model', step, broken.value, 'weights', broken.name);
}

function gradientsOf({ weightGradient, leafGradients }: Learned): Float32Array[] {
  return [weightGradient, ...leafGradients.filter((each) => each !== undefined)];
}

function requireFiniteLearned(
  model: EmbeddingModel,
  weights: DenseWeights,
  learned: Learned,
  { remember }: UpdateSettings,
  step: number,
): void {
  const { loss } = learned;
  if (Number.isFinite(loss) && (!remember || gradientsOf(learned).every(isModerate))) return;
  const broken = firstImmoderate([
    ...learned.leafGradients.map((values, place) => [tableAt(model, place), values] as const),
    ...denseParts(weights, learned.weightGradient),
  ]);
  if (!Number.isFinite(loss)) throw new NonFiniteLossError('update', 'model', step, loss, 'loss', broken?.name);
  throw new NonFiniteLossError('update', 'model', step, broken!.value, 'gradients', broken!.name);
}

/** A weight or a gradient, and the table or the dense weights that it belongs to. */
interface NamedNumber {
  readonly name: string | undefined;
  readonly value: number;
}

type NamedValues = readonly (readonly [string | undefined, Float32Array | undefined])[];

function tableAt({ network }: EmbeddingModel, place: number): string | undefined {
  const node = network.nodes[place];
  return node?.op === 'leaf' ? node.table : undefined;
}

// Dense weights lie one behind the other.
function denseParts({ flat, offsets }: DenseWeights, values: Float32Array): [string, Float32Array][] {
  const starts = Object.entries(offsets);
  return starts.map(([name, start], index) => [name, values.subarray(start, starts[index + 1]?.[1] ?? flat.length)]);
}

function firstImmoderate(parts: NamedValues): NamedNumber | undefined {
  for (const [name, values] of parts) {
    if (values && !isModerate(values)) return { name, value: values.find((each) => !(Math.abs(each) < 2 ** 65))! };
  }
  return undefined;
}

function findBrokenWeight(model: EmbeddingModel, weights: DenseWeights): NamedNumber | undefined {
  const tables = Object.entries(model.tables).map(([name, { values }]) => [name, values] as const);
  for (const [name, values] of [...tables, ...denseParts(weights, weights.flat)]) {
    const place = findNonFinite(values);
    if (place >= 0) return { name, value: values[place]! };
  }
  return undefined;
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
