import { requireVocabulary, type Vocabulary } from '../../data/vocabulary.js';
import { type OptionNames, requireGivenOptions } from '../../internal/options.js';
import {
  refuse,
  requireBetween,
  requireNumbers,
  requirePositive,
  requirePositiveInteger,
  requireSeed,
  requireWholeNumber,
} from '../../internal/require.js';
import { createRng, type Rng } from '../../random/rng.js';
import { createEmbeddingTable } from '../embedding/models/embedding-table.js';
import { kernelLimit } from '../embedding/models/initial-weights.js';
import { roomOf, sequenceNetworkLength } from './network/sequence-network.js';
import { planSequence, type SequencePlan } from './network/sequence-plan.js';
import { mostNumbers, type SasRecModel } from './sas-rec-model.js';

/** What {@link buildSasRec} takes. */
export interface SasRecConfig {
  /** The items. */
  readonly items: Vocabulary;
  /** Length of an item's vector, D, which all layers have. Default 64. */
  readonly embeddingSize?: number;
  /** Blocks of attention and dense layers, >= 0. Default 2. */
  readonly blocks?: number;
  /** Heads of each attention; they share the D numbers equally. Default 1. */
  readonly heads?: number;
  /** How many of somebody's latest items are read. Default 200. */
  readonly maxLength?: number;
  /** Share of numbers that training drops, in [0, 1). Default 0.5. */
  readonly dropout?: number;
  /** Standard deviation of the normal numbers that vectors start from, above 0. Default 0.02. */
  readonly embeddingDeviation?: number;
  /**
   * `[items, D]`: what items start from in the place of drawn numbers, such as their factors of {@link trainImplicitAls},
   * multiplied by one number so that their root mean square is 0.1. Drawn vectors say little but popularity for the first
   * thousands of updates; these are past that at once. Default: drawn.
   */
  readonly itemVectors?: ArrayLike<number>;
  /** Fixes the weights that it starts from. Default 0. */
  readonly seed?: number;
}

const names: OptionNames<SasRecConfig> = {
  items: true,
  embeddingSize: true,
  blocks: true,
  heads: true,
  maxLength: true,
  dropout: true,
  embeddingDeviation: true,
  itemVectors: true,
  seed: true,
};

/**
 * Builds SASRec: self-attention over what somebody did one after another, to say what comes next.
 *
 *     h = dropout(items[history] + positions),   h = block(h), `blocks` times,   z = norm(h)
 *     block(h):  q = norm(h),   a = q + attention(q, h, h),   u = norm(a),   u + dropout(dropout(relu(u W1 + b1)) W2 + b2)
 *     score[i] = z of the latest item . items[i]
 *
 * Attention looks back only: at each position it takes from what was done up to there. Positions count from the latest item
 * back. Queries are made of normalised vectors, keys and values of those before, as in the authors' code, from which the
 * published figures come; the vectors that go in are those that scores are made with. Where customers buy the same again and
 * again, or there is little data, {@link sequentialRulesRecommender}, {@link personalFrequencyRecommender} and
 * {@link easeRecommender} are quicker and often better: put them beside it.
 *
 * @param config - The items, and sizes.
 * @returns The model, for {@link trainSasRec}. It holds no tensors.
 * @throws RangeError when a size is not as described, `heads` does not divide `embeddingSize`, or `itemVectors` are not as
 *   many finite numbers, or all 0.
 * @see Kang and McAuley, "Self-Attentive Sequential Recommendation" (2018)
 * @example
 * const model = buildSasRec({ items: createVocabulary(['tea', 'cup', 'pot']), embeddingSize: 8, maxLength: 20 });
 * model.table.rows; // 3
 */
export function buildSasRec(config: SasRecConfig): SasRecModel {
  const { items, itemVectors, embeddingDeviation, seed, ...sizes } = checkConfig('buildSasRec', config);
  const rng = createRng(seed).stream('init');
  const plan = planSequence(sizes);
  const numbers = sequenceNetworkLength(plan, { rows: roomOf(plan) });
  if (numbers > mostNumbers) {
    refuse('buildSasRec', 'maxLength', `let a pass take at most ${mostNumbers} numbers`, numbers);
  }
  const table = createEmbeddingTable({
    ...{ rows: items.size, size: sizes.embeddingSize, deviation: embeddingDeviation, seed: rng.stream('items') },
  });
  if (itemVectors) table.values.set(scaled(itemVectors));
  const parameters = initialParameters(plan, embeddingDeviation, rng);
  return { config: sizes, items, table, parameters, learnedItems: new Uint8Array(items.size) };
}

function checkConfig(where: string, config: SasRecConfig) {
  requireGivenOptions(where, config, names, 'config');
  const { items, embeddingSize = 64, blocks = 2, heads = 1, maxLength = 200 } = config;
  const { dropout = 0.5, embeddingDeviation = 0.02, itemVectors, seed = 0 } = config;
  requireVocabulary(where, 'items', items);
  if (items.size < 2) refuse(where, 'items', 'hold two items or more', items.size);
  requirePositiveInteger(where, 'embeddingSize', embeddingSize);
  requireWholeNumber(where, 'blocks', blocks);
  requirePositiveInteger(where, 'heads', heads);
  requirePositiveInteger(where, 'maxLength', maxLength);
  if (embeddingSize % heads !== 0) refuse(where, 'heads', `divide embeddingSize, ${embeddingSize}`, heads);
  requireBetween(where, 'dropout', dropout, 0, 1);
  requirePositive(where, 'embeddingDeviation', embeddingDeviation);
  if (itemVectors !== undefined) {
    requireNumbers(where, 'itemVectors', itemVectors, items.size * embeddingSize);
    if (!Array.from(itemVectors).some(Boolean)) refuse(where, 'itemVectors', 'not be 0 throughout', 'zeros');
  }
  requireSeed(where, seed);
  return { items, embeddingSize, blocks, heads, maxLength, dropout, embeddingDeviation, itemVectors, seed };
}

/** Root mean square of vectors that were given. */
const givenSize = 0.1;

function scaled(vectors: ArrayLike<number>): Float32Array {
  const values = Float64Array.from(vectors);
  let squares = 0;
  for (const value of values) squares += value * value;
  const scale = givenSize / Math.sqrt(squares / values.length);
  return Float32Array.from(values, (value) => scale * value);
}

// Glorot's uniform weights, biases and offsets of 0, scales of 1, positions like items.
function initialParameters(plan: SequencePlan, deviation: number, rng: Rng): Float32Array {
  const parameters = new Float32Array(plan.parameters);
  for (const { name, start, shape } of plan.parts) {
    const [rows, columns] = shape;
    const part = parameters.subarray(start, start + rows * columns);
    const stream = rng.stream(name);
    if (name === 'positions') {
      stream.fillNormal(part);
      for (let at = 0; at < part.length; at += 1) part[at]! *= deviation;
    } else if (name.endsWith('/scale')) part.fill(1);
    else if (name.endsWith('/weights')) {
      const limit = kernelLimit('glorotUniform', rows, plan.embeddingSize);
      stream.fillUniform(part);
      for (let at = 0; at < part.length; at += 1) part[at] = limit * (2 * part[at]! - 1);
    }
  }
  return parameters;
}
