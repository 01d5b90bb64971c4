import type { Interactions } from '../../data/interactions.js';
import type { SafetensorInput } from '../../data/safetensors/encode-safetensors.js';
import type { SafetensorsFile } from '../../data/safetensors/parse-safetensors.js';
import type { Vocabulary } from '../../data/vocabulary.js';
import { factorRecommender } from '../factor-recommender.js';
import type { Factors, LeastSquares, Recommender } from '../recommender.js';
import { type Reader, refuseFile, tensorOf } from './reader.js';

/** What a file says of factors. */
export interface FactorsDescription {
  readonly size: number;
  readonly hasBiases: boolean;
  readonly leastSquares?: Omit<LeastSquares, 'confidences' | 'confidence'>;
}

/** Factors, and how they were fitted, for a file. */
export function describeFactors(
  { size, users, items, itemBiases }: Factors,
  leastSquares: LeastSquares | undefined,
): { readonly description: FactorsDescription; readonly tensors: Record<string, SafetensorInput> } {
  const matrix = (values: Float32Array) => ({ shape: [values.length / size, size], values });
  return {
    description: {
      size,
      hasBiases: itemBiases !== undefined,
      ...(leastSquares && {
        leastSquares: {
          regularization: leastSquares.regularization,
          regularizationExponent: leastSquares.regularizationExponent,
          unobservedWeight: leastSquares.unobservedWeight,
        },
      }),
    },
    tensors: {
      'factors/users': matrix(users),
      'factors/items': matrix(items),
      ...(itemBiases && { 'factors/itemBiases': { shape: [itemBiases.length], values: itemBiases } }),
      ...(leastSquares && {
        'factors/confidences': { shape: [leastSquares.confidences.length], values: leastSquares.confidences },
      }),
    },
  };
}

/** Reads a recommender of factors. */
export function readFactors(
  file: SafetensorsFile,
  part: Reader,
  known: {
    readonly name: string;
    readonly users: Vocabulary;
    readonly items: Vocabulary;
    readonly seen?: Interactions;
  },
): Recommender {
  const { users, items, seen } = known;
  const size = part.whole('size', 1, 2 ** 31);
  const biases = part.flag('hasBiases') && tensorOf(file, 'factors/itemBiases', Float32Array, [items.size]);
  const leastSquares = part.has('leastSquares') ? readLeastSquares(file, part.part('leastSquares'), seen) : undefined;
  return factorRecommender({
    ...known,
    factors: {
      size,
      users: tensorOf(file, 'factors/users', Float32Array, [users.size, size]),
      items: tensorOf(file, 'factors/items', Float32Array, [items.size, size]),
      ...(biases && { itemBiases: biases }),
    },
    ...(leastSquares && { leastSquares }),
  });
}

function readLeastSquares(file: SafetensorsFile, part: Reader, seen: Interactions | undefined): LeastSquares {
  const confidences = tensorOf(file, 'factors/confidences', Float32Array, [seen?.length ?? 0]);
  const settings = {
    regularization: part.number('regularization'),
    regularizationExponent: part.number('regularizationExponent'),
    unobservedWeight: part.number('unobservedWeight'),
  };
  const isFitting = Object.values(settings).every((value) => value >= 0) && confidences.every((value) => value > 0);
  if (!isFitting) refuseFile('hold weights of least squares >= 0', Object.values(settings));
  return { ...settings, confidences };
}
