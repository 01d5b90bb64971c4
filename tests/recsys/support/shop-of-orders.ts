import { createInteractions, createVocabulary, type Interactions } from 'minimart';

/** Interactions of customers, each a list of orders, each a list of items; orders follow one another in time. */
export function shopOf(customers: readonly (readonly (readonly number[])[])[], itemCount: number): Interactions {
  const rows = customers.flatMap((orders, user) =>
    orders.flatMap((items, order) => items.map((item) => ({ user, item, time: order, order: 1000 * user + order }))),
  );
  return createInteractions({
    users: createVocabulary(customers.map((_, user) => `u${user}`)),
    items: createVocabulary(Array.from({ length: itemCount }, (_, item) => `i${item}`)),
    userIndices: rows.map(({ user }) => user),
    itemIndices: rows.map(({ item }) => item),
    times: rows.map(({ time }) => time),
    orders: rows.map(({ order }) => order),
  });
}
