import type { Interactions } from '../../data/interactions.js';
import type { SafetensorsFile } from '../../data/safetensors/decode-safetensors.js';
import type { SafetensorInput } from '../../data/safetensors/encode-safetensors.js';
import type { Vocabulary } from '../../data/vocabulary.js';
import { knowledgeOfFactors, recommenderOfFactors } from '../factor-recommender.js';
import { knowledgeOf } from '../knowledge.js';
import type { Factors, Knowledge, LeastSquares, Recommender } from '../recommender.js';
import { type Reader, refuseFile, tensorOf } from './reader.js';

/** What a file says of factors. */
export interface FactorsDescription {
  readonly size: number;
  readonly hasBiases: boolean;
  /** Where the recommender knows others than the factors say. */
  readonly knowledge?: Pick<Knowledge, 'emptyScore'>;
  readonly leastSquares?: Omit<LeastSquares, 'confidences' | 'confidence'>;
}

/** Factors, and how they were fitted, for a file. */
export function describeFactors(
  { size, users, items, itemBiases }: Factors,
  leastSquares: LeastSquares | undefined,
  recommender: Recommender,
): { readonly description: FactorsDescription; readonly tensors: Record<string, SafetensorInput> } {
  const known = describeKnowledge({ size, users, items, ...(itemBiases && { itemBiases }) }, recommender);
  const matrix = (values: Float32Array) => ({ shape: [values.length / size, size], values });
  return {
    description: {
      size,
      hasBiases: itemBiases !== undefined,
      ...(known && { knowledge: known.description }),
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
      ...known?.tensors,
    },
  };
}

// Who and what is known, where that does not follow from the factors themselves.
function describeKnowledge(factors: Factors, recommender: Recommender) {
  const [own, derived] = [knowledgeOf(recommender), knowledgeOfFactors(factors, recommender.seen)];
  const flags = (count: number, isKnown: (index: number) => boolean) =>
    Uint8Array.from({ length: count }, (_, index) => (isKnown(index) ? 1 : 0));
  const [userCount, itemCount] = [recommender.users.size, recommender.items.size];
  const [users, items] = [flags(userCount, own.knowsUser), flags(itemCount, own.knowsItem)];
  const isDerived =
    own.emptyScore === undefined &&
    users.every((flag, user) => flag === Number(derived.knowsUser(user))) &&
    items.every((flag, item) => flag === Number(derived.knowsItem(item)));
  if (isDerived) return undefined;
  return {
    description: own.emptyScore === undefined ? {} : { emptyScore: own.emptyScore },
    tensors: {
      'factors/knownUsers': { shape: [userCount], values: users },
      'factors/knownItems': { shape: [itemCount], values: items },
    },
  };
}

function readKnowledge(file: SafetensorsFile, part: Reader, [userCount, itemCount]: [number, number]): Knowledge {
  const users = tensorOf(file, 'factors/knownUsers', Uint8Array, [userCount]);
  const items = tensorOf(file, 'factors/knownItems', Uint8Array, [itemCount]);
  return {
    knowsUser: (user) => users[user] === 1,
    knowsItem: (item) => items[item] === 1,
    ...(part.has('emptyScore') && { emptyScore: part.number('emptyScore') }),
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
  // Every tensor of the file was looked at for what is not finite.
  const recommender = recommenderOfFactors({
    ...known,
    factors: {
      size,
      users: tensorOf(file, 'factors/users', Float32Array, [users.size, size]),
      items: tensorOf(file, 'factors/items', Float32Array, [items.size, size]),
      ...(biases && { itemBiases: biases }),
    },
    ...(leastSquares && { leastSquares }),
  });
  if (!part.has('knowledge')) return recommender;
  return { ...recommender, knowledge: readKnowledge(file, part.part('knowledge'), [users.size, items.size]) };
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
