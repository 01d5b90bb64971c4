import { inventoryEnvironment, poissonDemand, vectorizeEnvironments } from 'minimart';
import { describe, expect, test } from 'vitest';

const shop = (horizon = 20) =>
  inventoryEnvironment({ demand: poissonDemand(3), leadTime: 2, holding: 1, penalty: 4, capacity: 6, horizon });

describe('vectorizeEnvironments', () => {
  test('does for each what each would do alone', () => {
    const shops = vectorizeEnvironments([shop(), shop()]);
    const alone = [shop(), shop()];
    const start = shops.reset({ seed: 5 });
    const starts = alone.map((each, row) => each.reset({ seed: 5 + row }));
    expect([...start.observations]).toEqual(starts.flatMap(({ observation }) => [...observation]));
    for (let period = 0; period < 19; period += 1) {
      const actions = [period % 2, 1];
      const together = shops.step(actions);
      const single = alone.map((each, row) => each.step(actions[row]!));
      expect([...together.observations]).toEqual(single.flatMap(({ observation }) => [...observation]));
      expect([...together.actionMasks]).toEqual(single.flatMap(({ actionMask }) => [...actionMask!]));
      expect([...together.rewards]).toEqual(single.map(({ reward }) => reward));
      expect([...together.nextObservations]).toEqual([...together.observations]);
    }
  });

  test('an episode that ends shows its end, and then the next one begins', () => {
    const shops = vectorizeEnvironments([shop(2), shop(3)]);
    shops.reset({ seed: 1 });
    shops.step([4, 4]);
    const { truncated, terminated, observations, nextObservations } = shops.step([2, 2]);
    expect([...truncated, ...terminated]).toEqual([1, 0, 0, 0]);
    expect([...observations.subarray(0, 2)]).toEqual([0, 0]);
    expect(nextObservations[1]).toBe(2);
    expect([...observations.subarray(2)]).toEqual([...nextObservations.subarray(2)]);
  });

  test('refuses none, the same twice, other sizes and too few actions', () => {
    const one = shop();
    expect(() => vectorizeEnvironments([])).toThrow(
      'vectorizeEnvironments: `environments` must hold at least one, received [] (array).',
    );
    expect(() => vectorizeEnvironments([one, one])).toThrow('`environments` must be objects of their own');
    const other = inventoryEnvironment({ demand: poissonDemand(3), holding: 1, penalty: 4 });
    expect(() => vectorizeEnvironments([one, other])).toThrow(
      '`environments` must all have the sizes [2,5], received [1, 5] (array).',
    );
    expect(() => vectorizeEnvironments([one]).step([0, 0])).toThrow(
      'step: `actions` must have 1 entries, received 2 (number).',
    );
  });
});
