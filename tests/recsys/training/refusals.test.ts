import '../../support/backends.js';
import {
  bprLoss,
  buildEmbeddingMlp,
  createInteractions,
  createVocabulary,
  type EmbeddingModel,
  inBatchSoftmaxLoss,
  trainRecommender,
  useBackend,
} from 'minimart';
import { beforeAll, describe, expect, test } from 'vitest';
import { tasteGroups } from '../../support/taste-groups.js';

const { train } = tasteGroups();
const features = { user: train.users, item: train.items };
let model: EmbeddingModel;

/** What a run says that starts with these options, in place of good ones. */
async function fault(changes: Record<string, unknown>, base: Record<string, unknown> = { interactions: train }) {
  const given = { model, epochs: 1, ...base, ...changes } as never;
  const error = await (trainRecommender as (options: never) => Promise<unknown>)(given).catch(
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(RangeError);
  return (error as RangeError).message;
}

beforeAll(async () => {
  await useBackend('cpu');
  model = buildEmbeddingMlp({ features, embeddingSize: 2, hidden: [] });
});

describe('trainRecommender refuses', () => {
  test.each([
    ['an option that it does not have', { epoch: 3 }, /^trainRecommender: `epoch` must be left out/],
    ['neither epochs nor steps', { epochs: undefined }, /`epochs` must be given, or else `steps`/],
    ['both epochs and steps', { steps: 3 }, /`steps` must be left out beside `epochs`/],
    [
      'a batch size that is no whole number',
      { batchSize: 2.5 },
      /`batchSize` must be a positive integer, received 2.5/,
    ],
    ['a seed that is no whole number', { seed: 0.5 }, /`seed` must be a safe integer, received 0.5/],
    ['negatives below 0', { negatives: -1 }, /`negatives` must be a positive integer, received -1/],
    ['a regularization below 0', { regularization: -1 }, /`regularization` must be a number >= 0, received -1/],
    ['no model', { model: undefined }, /`model` must be an EmbeddingModel, .*received undefined/],
    ['a loss that is none', { loss: 'bpr' }, /`loss` must be an EmbeddingLoss, .*received 'bpr'/],
    ['an optimizer that is none', { optimizer: 'adam' }, /`optimizer` must come from denseAdam/],
    ['a way to draw that is none', { negativeSampling: 'popular' }, /`negativeSampling` must be a NegativeSampling/],
    ['onProgress that is no function', { onProgress: 3 }, /`onProgress` must be a function, received 3/],
    ['a comparing loss without negatives', { loss: bprLoss(), negatives: 0 }, /`negatives` must be at least 1/],
    ['groups larger than the batch', { loss: bprLoss(), batchSize: 4 }, /`batchSize` must hold a positive and its 4/],
    [
      'negatives beside those of the batch',
      { loss: inBatchSoftmaxLoss(), negatives: 4 },
      /`negatives` must be left out or 0/,
    ],
    [
      'a batch of one for its own negatives',
      { loss: inBatchSoftmaxLoss(), batchSize: 1 },
      /`batchSize` must be 2 or more/,
    ],
    ['a measure that is none', { validation: { measure: 0.5 } }, /`validation.measure` must be a function/],
    ['a validation by nothing', { validation: { k: 10 } }, /`validation` must have `interactions`, or else a function/],
    ['a validation on no interactions', { validation: { interactions: 3 } }, /`interactions` must be Interactions/],
    [
      'patience that is no number',
      { validation: { measure: () => 0, patience: 0 } },
      /`validation.patience` must be a positive integer/,
    ],
    [
      'interactions with labels',
      { rows: {}, labels: new Float32Array(1) },
      /`interactions` must be given, or else `rows`/,
    ],
    ['interactions that are none', { interactions: [[0, 1]] }, /`interactions` must be Interactions/],
  ])('%s', async (_, changes, message) => {
    expect(await fault(changes)).toMatch(message);
  });

  test('interactions without a row', async () => {
    const empty = createInteractions({ users: train.users, items: train.items, userIndices: [], itemIndices: [] });
    expect(await fault({ interactions: empty })).toMatch(/`interactions` must not be empty, received/);
  });

  test('users under other indices than the model has them', async () => {
    const others = createVocabulary(['u1', 'u0', ...Array.from({ length: 38 }, (_, index) => `u${index + 2}`)]);
    const interactions = createInteractions({ users: others, items: train.items, userIndices: [0], itemIndices: [0] });
    expect(await fault({ interactions })).toMatch(
      /`model` must have the users of `interactions`, under the same indices, received 'u0 against u1 at 0'/,
    );
    const fewer = createInteractions({
      users: createVocabulary(['u0']),
      items: train.items,
      userIndices: [0],
      itemIndices: [0],
    });
    expect(await fault({ interactions: fewer })).toMatch(/received '40 against 1'/);
  });

  test('a model that needs features which interactions do not have', async () => {
    const priced = buildEmbeddingMlp({ features: { ...features, price: { kind: 'numeric' } }, hidden: [] });
    expect(await fault({ model: priced })).toMatch(/`model` must have features `user` and `item` alone.*price/);
    const anonymous = buildEmbeddingMlp({ features: { item: train.items }, hidden: [] });
    expect(await fault({ model: anonymous })).toMatch(/`model` must have a categorical feature `user`/);
  });
});

describe('trainRecommender, from labelled rows, refuses', () => {
  const priced = () => buildEmbeddingMlp({ features: { user: train.users, price: { kind: 'numeric' } }, hidden: [] });
  const rows = { user: Int32Array.of(0, 1, 2), price: Float32Array.of(1, 2, 3) };
  const base = { rows, labels: Float32Array.of(0, 1, 1) };

  test.each([
    [
      'numbers that are none',
      { rows: { ...rows, price: Float32Array.of(1, Number.NaN, 3) } },
      /`rows.price\[1\]` must be a finite number, received NaN/,
    ],
    [
      'an index outside',
      { rows: { ...rows, user: Int32Array.of(0, 40, 1) } },
      /`rows.user\[1\]` must be a whole number from 0 to 39, received 40/,
    ],
    ['a feature left out', { rows: { user: rows.user } }, /`rows.price` must be given: it is a feature/],
    [
      'a feature that the model does not have',
      { rows: { ...rows, age: rows.price } },
      /`rows` must hold features of the model only, received 'age'/,
    ],
    [
      'columns of another length',
      { rows: { ...rows, price: Float32Array.of(1) } },
      /`rows.price` must hold 3 rows, one for each label, received 1/,
    ],
    ['plain arrays', { rows: { ...rows, user: [0, 1, 2] } }, /`rows.user` must be an Int32Array/],
    [
      'labels that the head cannot mean',
      { labels: Float32Array.of(0, 1, 2) },
      /`labels` must lie in \[0, 1\] for the head `binary`, received '2 in row 2'/,
    ],
    ['labels that are no numbers', { labels: Float32Array.of(0, Number.NaN, 1) }, /received 'NaN in row 1'/],
    [
      'no labels',
      { labels: new Float32Array(0), rows: { user: new Int32Array(0), price: new Float32Array(0) } },
      /`labels` must not be empty/,
    ],
    ['a test share of 1', { testShare: 1 }, /`testShare` must be a number in \[0, 1\), received 1/],
    ['a loss that compares rows', { loss: bprLoss() }, /`loss` must look at one row at a time/],
    ['options for interactions', { negatives: 4 }, /`negatives` must be left out: there is no such option/],
  ])('%s', async (_, changes, message) => {
    expect(await fault(changes, { ...base, model: priced() })).toMatch(message);
  });
});
