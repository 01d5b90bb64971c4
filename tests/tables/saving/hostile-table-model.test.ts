import '../../support/backends.js';
import {
  conditionalNetwork,
  decodeTableModel,
  encodeTableModel,
  gaussianCopula,
  latentClassMixture,
  useBackend,
} from 'minimart';
import { describe, expect, test } from 'vitest';
import { type Anything, type Forgery, forged } from '../../support/forge-file.js';
import { orderLines } from '../order-lines.js';

const table = orderLines(400);

/** What is changed of a good file, and what the refusal says. */
type Forgeries = Readonly<Record<string, readonly [Forgery, string]>>;

async function expectRefused(bytes: Promise<Uint8Array>, [forge, message]: Forgeries[string]): Promise<void> {
  const file = await forged(await bytes, forge);
  const error: Anything = await decodeTableModel(file).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(RangeError);
  expect(error.message).toMatch(/^decodeTableModel: `(bytes|derived)` must /);
  expect(error.message).toContain(message);
}

describe('a file with its checksum made right is refused when', () => {
  const made = latentClassMixture(table, { classes: 3, iterations: 2, together: [['product', 'price']] });
  const bytes = made.then(encodeTableModel);

  const forgeries: Forgeries = {
    'its kind is unknown': [
      (description) => {
        description.kind = 'toString';
      },
      'a model of a kind that is known (copula, mixture, network)',
    ],
    'its kind is another': [
      (description) => {
        description.kind = 'copula';
      },
      "a tensor 'orders/0'",
    ],
    'there are no classes': [
      (description) => {
        description.model.classes = 0;
      },
      'description.model.classes',
    ],
    'there are more classes than shares': [
      (description) => {
        description.model.classes = 4;
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
    'there are more rows than doubles count': [
      (_, tensors) => void tensors['columns/2/counts'].values.fill(1e17),
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

  test.each(Object.entries(forgeries))('%s', (_, forgery) => expectRefused(bytes, forgery));

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

describe('a copula with its checksum made right is refused when', () => {
  const bytes = gaussianCopula(table, { bins: 5 }).then(encodeTableModel);

  // Columns: country, product, pieces, price. `[4, 4]`.
  const forgeries: Forgeries = {
    'a correlation is not that of its mirror image': [
      (_, { correlations }) => {
        correlations.values[1] += 0.1;
      },
      "correlations in 'correlations'",
    ],
    'a column does not go with itself': [
      (_, { correlations }) => {
        correlations.values[5] = 0.9;
      },
      "correlations in 'correlations'",
    ],
    'a correlation is above 1': [
      (_, { correlations }) => {
        correlations.values[1] = correlations.values[4] = 1.5;
      },
      "correlations in 'correlations'",
    ],
    // Three columns of which each two are opposed: 1 - 2 * 0.9 is below 0.
    'correlations cannot go together': [
      (_, { correlations }) => {
        for (const place of [1, 2, 4, 6, 8, 9]) correlations.values[place] = -0.9;
      },
      "correlations that go together in 'correlations'",
    ],
    'a column is lacking in them': [
      (_, { correlations }) => {
        correlations.shape = [3, 3];
        correlations.values = correlations.values.slice(0, 9);
      },
      "'correlations' of the shape [4, 4]",
    ],
    'a state comes twice in an order': [
      (_, tensors) => {
        tensors['orders/0'].values[1] = tensors['orders/0'].values[0];
      },
      "each state once in 'orders/0'",
    ],
    'an order names no state': [
      (_, tensors) => {
        tensors['orders/2'].values[0] = -1;
      },
      "in 'orders/2'",
    ],
    'an order is not there': [(_, tensors) => void delete tensors['orders/3'], "a tensor 'orders/3'"],
  };

  test.each(Object.entries(forgeries))('%s', (_, forgery) => expectRefused(bytes, forgery));
});

describe('a network with its checksum made right is refused when', () => {
  const made = { hidden: [6], embeddingSize: 3, epochs: 1, bins: 5 };
  const bytes = useBackend('cpu').then(async () => encodeTableModel(await conditionalNetwork(table, made)));

  const forgeries: Forgeries = {
    'it has no hidden layer': [
      (description) => {
        description.model.hidden = [];
      },
      'layers of one unit or more',
    ],
    'a layer has no units': [
      (description) => {
        description.model.hidden = [0];
      },
      'layers of one unit or more',
    ],
    'a layer is wider than its weights': [
      (description) => {
        description.model.hidden = [7];
      },
      "'weights/1' of the shape [12, 7]",
    ],
    'an embedding is of no size': [
      (description) => {
        description.model.embeddingSize = 0;
      },
      'description.model.embeddingSize',
    ],
    'weights are lacking': [(_, tensors) => void delete tensors['weights/4'], "a tensor 'weights/4'"],
    'weights are doubles': [
      (_, tensors) => {
        tensors['weights/2'].values = Float64Array.from(tensors['weights/2'].values);
      },
      "a tensor 'weights/2'",
    ],
    // A float32 holds 1e20, and not its square.
    'weights are so large that a product is not finite': [
      (_, tensors) => {
        for (const place of [1, 3]) tensors[`weights/${place}`].values.fill(1e20);
      },
      'weights under which what it says is finite',
    ],
  };

  test.each(Object.entries(forgeries))('%s', (_, forgery) => expectRefused(bytes, forgery));
});
