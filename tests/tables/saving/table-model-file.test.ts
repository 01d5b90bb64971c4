import {
  bootstrapRows,
  categoryColumn,
  countColumn,
  createPrivacyLedger,
  createVocabulary,
  decodeTableModel,
  encodeTableModel,
  idColumn,
  independentColumns,
  latentClassMixture,
  moneyColumn,
  parseTable,
  privateMixture,
  type TableModel,
  timeColumn,
} from 'minimart';
import { describe, expect, test } from 'vitest';
import { type Anything, type Forgery, forged } from '../../support/forge-file.js';
import { type OrderColumns, orderLines } from '../order-lines.js';

const table = orderLines(400);

const models: Readonly<Record<string, () => Promise<TableModel<OrderColumns>>>> = {
  independentColumns: () => independentColumns(table),
  latentClassMixture: () => latentClassMixture(table, { classes: 4, iterations: 3, bins: 7 }),
  privateMixture: () =>
    privateMixture(table, {
      ledger: createPrivacyLedger({ epsilon: 8, delta: 1e-6 }),
      columns: {
        country: { missing: true },
        product: {},
        pieces: { from: 1, to: 300 },
        price: { from: 0, to: 10, step: 0.01, missing: true },
      },
      ...{ classes: 3, seed: 7 },
    }),
  'columns together': () =>
    latentClassMixture(table, {
      classes: 4,
      iterations: 3,
      together: [
        ['product', 'country'],
        ['price', 'pieces'],
      ],
    }),
};

describe.each(Object.entries(models))('%s', (name, learn) => {
  test('draws the same rows after reading, and says the same of others', async () => {
    const model = await learn();
    const again = await decodeTableModel<OrderColumns>(await encodeTableModel(model));
    const where = { pieces: { to: 40 }, country: null };
    for (const options of [{ seed: 3 }, { seed: 4, where }]) {
      const [one, other] = [await model.sample(300, options), await again.sample(300, options)];
      for (const name of ['country', 'product'] as const) {
        expect(other.columns[name].codes).toEqual(one.columns[name].codes);
        expect(other.columns[name].vocabulary.toJSON()).toEqual(one.columns[name].vocabulary.toJSON());
      }
      expect(other.columns.pieces).toEqual(one.columns.pieces);
      expect(other.columns.price).toEqual(one.columns.price);
    }
    expect(await again.probability(where)).toBe(await model.probability(where));
    const others = orderLines(200, 9);
    expect(await again.logProbability(others)).toEqual(await model.logProbability(others));
    expect(await encodeTableModel(again)).toEqual(await encodeTableModel(model));
    expect(again.privacy).toEqual(model.privacy);
    // States, and classes.
    expect(model.privacy?.entries.length).toBe(name === 'privateMixture' ? 2 : undefined);
  });
});

const priced = parseTable(
  'day,price,pieces,size,total\n2024-01-01,3,2,small,6\n2024-01-02,,1,small,\n2024-01-05,5,9,large,45\n',
  {
    day: timeColumn(),
    price: moneyColumn({ missing: 'keep' }),
    pieces: countColumn(),
    size: categoryColumn({ vocabulary: createVocabulary(['small', 'large', 'huge'], { hasUnknown: true }) }),
    total: moneyColumn({ missing: 'keep' }),
  },
);
type Priced = typeof priced.columns;
const derived = {
  total: (row: { readonly price: number; readonly pieces: number }) => row.price * row.pieces,
  size: (row: { readonly pieces: number }) => (row.pieces > 5 ? 'large' : 'small'),
};

test('formulas are given again, each of them and no other', async () => {
  const model = await independentColumns(priced, { derived, together: [['price', 'day']] });
  const bytes = await encodeTableModel(model);
  const again = await decodeTableModel<Priced>(bytes, { derived });
  const [one, other] = [await model.sample(40), await again.sample(40)];
  expect(Object.keys(other.columns)).toEqual(Object.keys(one.columns));
  expect(other.columns.total).toEqual(one.columns.total);
  expect(other.columns.size.codes).toEqual(one.columns.size.codes);
  expect(other.columns.size.vocabulary.unknownIndex).toBe(3);
  await expect(again.sample(1, { where: { total: 6 } })).rejects.toThrow('computed from others');
  await expect(decodeTableModel(bytes)).rejects.toThrow(
    "decodeTableModel: `derived` must give a formula for 'total', which a file cannot hold",
  );
  const only = (formulas: object) => decodeTableModel(bytes, { derived: formulas as never });
  await expect(only({ total: derived.total })).rejects.toThrow("a formula for 'size'");
  await expect(only({ ...derived, size: 3 })).rejects.toThrow('`derived.size` must be a function');
  await expect(only({ ...derived, price: derived.total })).rejects.toThrow(
    '`derived` must name computed columns of the model only',
  );
  await expect(decodeTableModel(bytes, { derived: 3 as never })).rejects.toThrow(
    '`derived` must be an object of formulas',
  );
  await expect(decodeTableModel(bytes, { deriv: {} } as never)).rejects.toThrow('`deriv` must be left out');
});

test('what holds rows, or is no model, is refused', async () => {
  await expect(encodeTableModel(await bootstrapRows(table))).rejects.toThrow(
    'encodeTableModel: `model` must be a model of classes (latentClassMixture, independentColumns): others hold rows',
  );
  for (const model of [null, undefined, {}, 3]) {
    await expect(encodeTableModel(model as never)).rejects.toThrow(
      'encodeTableModel: `model` must be a model of classes',
    );
  }
});

describe('a file with its checksum made right is refused when', () => {
  const made = latentClassMixture(table, { classes: 3, iterations: 2, together: [['product', 'price']] });
  const bytes = made.then(encodeTableModel);

  const forgeries: Readonly<Record<string, readonly [Forgery, string]>> = {
    'there are no classes': [
      (description) => {
        description.classes = 0;
      },
      'description.classes',
    ],
    'there are more classes than shares': [
      (description) => {
        description.classes = 4;
      },
      "'shares' of the shape [4]",
    ],
    'shares do not add up': [
      (_, { shares }) => {
        shares.values[0] += 0.1;
      },
      "add up to 1 in 'shares'",
    ],
    'a share is below 0': [(_, { shares }) => void shares.values.set([-0.5, 1, 0.5]), "add up to 1 in 'shares'"],
    'chances do not add up': [
      (_, { chances }) => {
        chances.values[4] += 0.1;
      },
      "chances of 'country' that add up to 1",
    ],
    'a chance is below 0': [
      (_, { chances }) => {
        chances.values[0] -= 2;
        chances.values[3] += 2;
      },
      "chances of 'country'",
    ],
    'values do not rise': [
      (_, tensors) => void tensors['columns/2/values'].values.reverse(),
      "rising values of a 'count'",
    ],
    'a code is none': [
      (_, tensors) => {
        tensors['columns/0/values'].values[1] = 77;
      },
      "values of a 'category'",
    ],
    'a count is a half': [
      (_, tensors) => {
        tensors['columns/2/values'].values[0] = 0.5;
      },
      "values of a 'count'",
    ],
    'no row has a value': [
      (_, tensors) => {
        tensors['columns/2/counts'].values[0] = 0;
      },
      'numbers of rows',
    ],
    'a state is beyond all': [
      (_, tensors) => {
        tensors['columns/2/states'].values[0] = 1e6;
      },
      'hold indices from 0',
    ],
    'a state has no value': [(_, tensors) => void tensors['columns/2/states'].values.fill(1), 'a value of each state'],
    'states lack a column': [(description) => void description.states.pop(), 'hold states of 3 columns'],
    'a kind is unknown': [
      (description) => {
        description.layout.members[0].kind = 'text';
      },
      'columns of a kind that is known',
    ],
    'a vocabulary is not there': [
      (description) => {
        description.layout.members[0].vocabulary = 9;
      },
      '.vocabulary',
    ],
    'a column comes twice': [
      (description) => {
        description.layout.members[1].name = 'country';
      },
      'columns of different names',
    ],
    'a joined column is not there': [
      (description) => {
        description.layout.joined[0].members[0] = 'none';
      },
      'name each column once',
    ],
    'a joined column is joined twice': [
      (description) => {
        description.layout.joined[0].members[1] = 'product';
      },
      'name each column once',
    ],
    'joined columns are named like another': [
      (description) => {
        description.layout.joined[0].name = 'country';
      },
      'name joined columns as no other',
    ],
    'one column is joined': [
      (description) => void description.layout.joined[0].members.pop(),
      'join two columns or more',
    ],
    'a combination comes twice': [
      (_, tensors) => {
        for (const name of ['joined/0/0/cells', 'joined/0/1/cells', 'joined/0/1/missing']) {
          tensors[name].values[1] = tensors[name].values[0];
        }
      },
      'each combination once',
    ],
    'a missing cell has a value': [
      (_, tensors) => {
        tensors['joined/0/0/missing'].values[0] = 1;
        tensors['joined/0/0/cells'].values[0] = 1;
      },
      "cells of a 'id'",
    ],
    'there are too many combinations': [
      (description) => {
        description.layout.joined[0].combinations = 1e6;
      },
      'combinations',
    ],
    'a learned column is computed': [
      (description) => void description.layout.derived.push('pieces'),
      'which a file cannot hold',
    ],
  };

  test.each(Object.entries(forgeries))('%s', async (_, [forge, message]) => {
    const file = await forged(await bytes, forge);
    const error: Anything = await decodeTableModel(file).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(RangeError);
    expect(error.message).toMatch(/^decodeTableModel: `(bytes|derived)` must /);
    expect(error.message).toContain(message);
  });

  test('layouts with every column computed', async () => {
    const file = await forged(await bytes, (description) => {
      description.layout.joined = [];
      description.layout.derived = ['country', 'product', 'pieces', 'price'];
      description.states = [];
    });
    const formulas = Object.fromEntries(['country', 'product', 'pieces', 'price'].map((name) => [name, () => 1]));
    await expect(decodeTableModel(file, { derived: formulas as never })).rejects.toThrow('hold columns');
  });
});

test('a column of ids alone is read back with its unknown ones', async () => {
  const ids = parseTable('product\na\nb\na\n', { product: idColumn() });
  const again = await decodeTableModel(await encodeTableModel(await independentColumns(ids)));
  expect((await again.probability({ product: 'a' })).toFixed(4)).toBe('0.6667');
});
