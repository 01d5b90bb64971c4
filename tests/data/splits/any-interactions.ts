import fc from 'fast-check';
import { createInteractions, createVocabulary, type Interactions } from 'minimart';

const names = (letter: string, count: number) => Array.from({ length: count }, (_, index) => `${letter}${index}`);

/** Up to 60 rows of 6 users with 5 items; each weighs its number in the source, so that rows can be told apart. */
export const anyInteractions = fc
  .array(fc.record({ user: fc.nat({ max: 5 }), item: fc.nat({ max: 4 }), time: fc.nat({ max: 9 }) }), { maxLength: 60 })
  .map((rows) =>
    createInteractions({
      users: createVocabulary(names('u', 6)),
      items: createVocabulary(names('i', 5)),
      userIndices: rows.map(({ user }) => user),
      itemIndices: rows.map(({ item }) => item),
      times: rows.map(({ time }) => time),
      weights: rows.map((_, row) => row + 1),
    }),
  );

/** The rows with the callers' ids, each as one text. */
export function rowTexts({ users, items, length, userIndices, itemIndices, weights, times }: Interactions): string[] {
  return Array.from({ length }, (_, row) =>
    [users.idAt(userIndices[row]!), items.idAt(itemIndices[row]!), weights[row], times?.[row]].join(' '),
  );
}

/** The rows of one user with the callers' ids. */
export function rowsOfUser(interactions: Interactions, user: number): string[] {
  return rowTexts(interactions).slice(interactions.offsets[user], interactions.offsets[user + 1]);
}

/** The same with orders: an order number from 0 to 3 in each row, or none (-1); several users use the same numbers. */
export const anyOrders = anyInteractions.chain((whole) =>
  fc
    .array(fc.integer({ min: -1, max: 3 }), { minLength: whole.length, maxLength: whole.length })
    .map((orders) => createInteractions({ ...whole, orders })),
);

/** For each row its user and its order as one text; a row of no order is an order of its own, by its weight. */
export function orderTexts({ length, userIndices, orders, weights }: Interactions): string[] {
  return Array.from({ length }, (_, row) => {
    const order = orders![row]!;
    return `${userIndices[row]} ${order < 0 ? `alone ${weights[row]}` : order}`;
  });
}
