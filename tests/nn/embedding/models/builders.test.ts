import {
  buildDotProduct,
  buildEmbeddingMlp,
  buildGmf,
  buildNeuMf,
  buildTwoTower,
  createEmbeddingTable,
  createVocabulary,
  type EmbeddingModel,
  useBackend,
} from 'minimart';
import { beforeAll, describe, expect, test } from 'vitest';
import '../../../support/backends.js';
import { bags, countryOfUser, items, priceOfItem, users } from '../small-models.js';

const features = { user: users, item: items };

beforeAll(() => useBackend('cpu'));

describe('createEmbeddingTable', () => {
  test('starts normal with the deviation that it is given', () => {
    const { values } = createEmbeddingTable({ rows: 5000, size: 10, deviation: 0.2, seed: 3 });
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
    // Three standard errors of the mean and of the variance of 50,000 normal numbers.
    expect(Math.abs(mean)).toBeLessThan((3 * 0.2) / Math.sqrt(50_000));
    expect(Math.abs(variance - 0.04)).toBeLessThan(3 * 0.04 * Math.sqrt(2 / 50_000));
  });

  test('gives the same numbers for the same seed', () => {
    const table = (seed: number) => createEmbeddingTable({ rows: 4, size: 3, seed }).values;
    expect(table(1)).toEqual(table(1));
    expect(table(1)).not.toEqual(table(2));
  });

  test('holds ten million rows of 64', () => {
    const { values } = createEmbeddingTable({ rows: 10_000_000, size: 64, deviation: 0 });
    values[values.length - 1] = 1;
    expect(values.length).toBe(640_000_000);
    expect(values.at(-1)).toBe(1);
  });

  test('refuses what is no table', () => {
    expect(() => createEmbeddingTable({ rows: 0, size: 3 })).toThrow('`rows` must be a positive integer');
    expect(() => createEmbeddingTable({ rows: 1, size: 3, deviation: -1 })).toThrow('`deviation`');
  });
});

async function shapesOf(model: EmbeddingModel): Promise<Record<string, number[]>> {
  const tables = Object.entries(model.tables).map(([name, { rows, size }]) => [`table ${name}`, [rows, size]]);
  const variables = Object.entries(model.variables).map(([name, { shape }]) => [name, shape]);
  model.dispose();
  return Object.fromEntries([...tables, ...variables]);
}

test('buildEmbeddingMlp is the article’s network by default', async () => {
  expect(await shapesOf(buildEmbeddingMlp({ features }))).toEqual({
    'table user': [5, 50],
    'table item': [7, 50],
    'hidden_0/kernel': [100, 64],
    'hidden_0/bias': [64],
    'hidden_1/kernel': [64, 32],
    'hidden_1/bias': [32],
    'output/kernel': [32, 1],
    'output/bias': [1],
  });
});

test('buildNeuMf has the paper’s sizes for 8 factors by default', async () => {
  expect(await shapesOf(buildNeuMf({ features }))).toEqual({
    'table gmf/user': [5, 8],
    'table gmf/item': [7, 8],
    'table user': [5, 32],
    'table item': [7, 32],
    'hidden_0/kernel': [64, 32],
    'hidden_0/bias': [32],
    'hidden_1/kernel': [32, 16],
    'hidden_1/bias': [16],
    'hidden_2/kernel': [16, 8],
    'hidden_2/bias': [8],
    'output/kernel': [16, 1],
    'output/bias': [1],
  });
});

test('kernels start within their limits, and fill them; biases start at zero', async () => {
  const model = buildEmbeddingMlp({ features });
  const limits = {
    'hidden_0/kernel': Math.sqrt(6 / 164),
    'hidden_1/kernel': Math.sqrt(6 / 96),
    'output/kernel': Math.sqrt(3 / 32),
  };
  for (const [name, limit] of Object.entries(limits)) {
    const largest = Math.max(...(await model.variables[name]!.data()).map(Math.abs));
    expect(largest).toBeLessThanOrEqual(limit);
    expect(largest).toBeGreaterThan(0.85 * limit);
  }
  expect(Math.max(...(await model.variables['hidden_0/bias']!.data()))).toBe(0);
  model.dispose();
});

test('a model’s config builds the same model again', async () => {
  const builders = {
    embeddingMlp: buildEmbeddingMlp,
    gmf: buildGmf,
    neuMf: buildNeuMf,
    dotProduct: buildDotProduct,
    twoTower: buildTwoTower,
  };
  for (const [kind, build] of Object.entries(builders)) {
    const first = build({ features, seed: 9 });
    const again = build({ ...JSON.parse(JSON.stringify(first.config)), features });
    expect(first.kind).toBe(kind);
    expect(again.network).toEqual(first.network);
    for (const [name, table] of Object.entries(first.tables)) expect(again.tables[name]!.values).toEqual(table.values);
    for (const [name, variable] of Object.entries(first.variables)) {
      expect(await again.variables[name]!.data()).toEqual(await variable.data());
    }
    for (const model of [first, again]) model.dispose();
  }
});

test('dispose frees the dense weights', async () => {
  const model = buildEmbeddingMlp({ features });
  model.dispose();
  expect(Object.values(model.variables).every(({ isDisposed }) => isDisposed)).toBe(true);
});

test('says what is wrong with features', () => {
  const price = { kind: 'numeric' } as const;
  expect(() => buildEmbeddingMlp({ features: {} })).toThrow('`features` must name at least one feature');
  expect(() => buildEmbeddingMlp({ features, embeddingSize: 0 })).toThrow('`embeddingSize` must be a positive integer');
  expect(() => buildEmbeddingMlp({ features, hidden: [4, 0] })).toThrow('`hidden` must hold positive integers');
  expect(() => buildEmbeddingMlp({ features: { user: createVocabulary([]) } })).toThrow('`user.vocabulary.size`');
  const short = { features: { ...features, price }, itemColumns: { price: priceOfItem.subarray(0, 3) } };
  expect(() => buildEmbeddingMlp(short)).toThrow('`itemColumns.price` must have 7 rows, received 3');
  const strange = { features, userColumns: { country: countryOfUser } };
  expect(() => buildEmbeddingMlp(strange)).toThrow('`userColumns.country` must be the values of one of the features');
  const lonely = { features: { item: items, price }, userColumns: { price: priceOfItem } };
  expect(() => buildEmbeddingMlp(lonely)).toThrow("come with a categorical feature 'user'");
  const history = { kind: 'bag', vocabulary: items, leaveOut: 'thing' } as const;
  const own = { features: { ...features, history }, userColumns: { history: bags([[0], [], [], [], []]) } };
  expect(() => buildEmbeddingMlp(own)).toThrow('`history.leaveOut` must name a categorical feature');
  expect(() => buildGmf({ features: { user: users } })).toThrow("have categorical features 'user' and 'item'");
  expect(() => buildDotProduct({ features: { ...features, price } })).toThrow(
    "`features` must be 'user' and 'item' alone",
  );
  expect(() => buildTwoTower({ features: { ...features, price } })).toThrow(
    "`price` must have its values in 'userColumns'",
  );
});
