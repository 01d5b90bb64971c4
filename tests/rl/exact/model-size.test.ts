import {
  type DecisionModel,
  geometricDemand,
  type InventoryOptions,
  inventoryModel,
  poissonDemand,
  relativeValueIteration,
} from 'minimart';
import { expect, test } from 'vitest';

/** What a model answers with, counted apart: a set of the pairs of state and order with the state that follows. */
function transitionsOf(model: DecisionModel): number {
  const waiting = [Array.from(model.start)];
  const met = new Set(waiting.map(String));
  let count = 0;
  for (const state of waiting) {
    model.actionMask(state).forEach((open, action) => {
      if (!open) return;
      const followers = new Map<string, number[]>();
      model.outcomes(state, action).forEach((probability, outcome) => {
        const next = new Int32Array(state.length);
        model.advance(state, action, outcome, next);
        if (probability > 0) followers.set(String(next), Array.from(next));
      });
      count += followers.size;
      for (const [name, next] of followers) {
        if (!met.has(name)) waiting.push(next);
        met.add(name);
      }
    });
  }
  return count;
}

const costs = { holding: 1, penalty: 9 };
const problems: [string, InventoryOptions][] = [
  ['orders that arrive at once', { ...costs, demand: poissonDemand(10) }],
  ['a lead time of one', { ...costs, demand: poissonDemand(6), leadTime: 1 }],
  ['a lead time of four', { ...costs, demand: poissonDemand(1.5), leadTime: 4 }],
  ['a fixed cost', { ...costs, demand: poissonDemand(3), leadTime: 2, fixedOrderCost: 4 }],
  ['long tails', { ...costs, demand: geometricDemand(2), leadTime: 2 }],
  ['a stock to begin with', { ...costs, demand: poissonDemand(4), leadTime: 2, initialStock: 5 }],
];

test.each(problems)('transitions are counted before the model is written out: %s', (_, problem) => {
  const model = inventoryModel(problem);
  expect(model.leastTransitions).toBe(transitionsOf(model));
});

/** The model without its count, and how often it was asked what follows. */
function unknownSize(model: DecisionModel) {
  const asked = { count: 0 };
  const { leastTransitions: _, ...rest } = model;
  const advance: DecisionModel['advance'] = (...given) => {
    asked.count += 1;
    return model.advance(...given);
  };
  return { asked, model: { ...rest, advance } };
}

test('a model just above the limit is refused at once', async () => {
  // 43 million transitions, by the count that the smaller ones above have; the limit is 33,554,432.
  const large = inventoryModel({ ...costs, demand: poissonDemand(60), leadTime: 2 });
  const { asked, model } = unknownSize(large);
  const run = relativeValueIteration({ model: { ...model, leastTransitions: large.leastTransitions! } });
  await expect(run).rejects.toThrow('`model` must have at most 33554432 transitions, received 4');
  expect(asked.count).toBe(0);
});

test('where a model does not know its size, a sample of what waits tells early', async () => {
  const waits = { ...costs, unmet: 'backordered' as const, maxOrder: 60, capacity: 150 };
  const { asked, model } = unknownSize(inventoryModel({ ...waits, demand: poissonDemand(30), leadTime: 2 }));
  await expect(relativeValueIteration({ model })).rejects.toMatchObject({ reason: 'size' });
  // A tenth of what the limit takes.
  expect(asked.count).toBeLessThan(3_355_443);
});

test('a model just below its limit is not taken for a larger one', async () => {
  const { model } = unknownSize(inventoryModel({ ...costs, demand: poissonDemand(5), leadTime: 3 }));
  expect((await relativeValueIteration({ model })).states).toBe(1504);
});
