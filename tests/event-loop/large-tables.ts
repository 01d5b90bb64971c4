import { createQTable, type LearnedQTable, tablePolicy } from 'minimart';

/** A table of 100,000 states and ten actions. */
export function largeTable(): LearnedQTable {
  const [states, actions] = [100_000, 10];
  const q = createQTable({ states, actions });
  for (let place = 0; place < q.values.length; place += 1) {
    q.visits[place] = place % 3;
    q.values[place] = place % 3 === 0 ? Number.NEGATIVE_INFINITY : Math.sin(place);
  }
  const values = Int32Array.from({ length: 2 * states }, (_, place) => (place % 2 === 0 ? place / 2 : place % 7));
  return {
    policy: tablePolicy('large', q, ([first]) => first!),
    q,
    otherwise: 'first',
    states: () => ({ shape: [states, 2], values }),
  };
}
