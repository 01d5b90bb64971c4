import { createRng } from 'minimart';
import { describe, expect, test } from 'vitest';
import { addStates, createStateIndex } from '../../../src/rl/exact/state-index.js';

const refuseMore = (): never => {
  throw new RangeError('full');
};

describe('an index of states', () => {
  test.each([1, 3, 1024])('is a map from states to the order in which they came, with room for %d at first', (room) => {
    const index = createStateIndex(2, 20_000, refuseMore, room);
    const known = new Map<string, number>();
    const rng = createRng(room);
    const wrong: string[] = [];
    for (let time = 0; time < 12_000; time += 1) {
      const state = [rng.integer(150) - 75, rng.integer(150)];
      const key = state.join();
      // Looked for at all times, while states are on their way to wider slots too.
      if (index.find(state) !== (known.get(key) ?? -1)) wrong.push(`found ${key}`);
      if (!known.has(key)) known.set(key, known.size);
      if (index.add(state) !== known.get(key)) wrong.push(`added ${key}`);
    }
    expect(known.size).toBeGreaterThan(8000);
    expect(index.count()).toBe(known.size);
    expect([...index.all()].join()).toBe([...known.keys()].join());
    const read = [...known.values()].map((number) => [...index.read(number, new Int32Array(2))].join());
    expect(read).toEqual([...known.keys()]);
    expect(wrong).toEqual([]);
  });

  test('refuses one more than there may be, and still knows the others', () => {
    const index = createStateIndex(1, 3, refuseMore, 1);
    for (const state of [5, 6, 7]) index.add([state]);
    expect(() => index.add([8])).toThrow('full');
    expect([5, 6, 7, 8].map((state) => index.find([state]))).toEqual([0, 1, 2, -1]);
  });

  test('says which row of many was there before', () => {
    const index = createStateIndex(1, 9, refuseMore);
    const steps = addStates(index, Int32Array.of(4, 5, 6, 5), 1);
    let step = steps.next();
    while (!step.done) step = steps.next();
    expect(step.value).toBe(3);
  });

  test('takes half a million states without a wait at any of them', () => {
    const longest = () => {
      const index = createStateIndex(2, 2 ** 20, refuseMore);
      let most = 0;
      for (let state = 0; state < 2 ** 19 + 2 ** 12; state += 256) {
        const [time, { user, system }] = [performance.now(), process.cpuUsage()];
        for (let next = state; next < state + 256; next += 1) index.add([next, next % 7]);
        const used = process.cpuUsage();
        // On a busy machine the clock says little, and processor time counts threads that compile and collect beside.
        const spent = (used.user + used.system - user - system) / 1000;
        most = Math.max(most, Math.min(performance.now() - time, spent));
      }
      return most;
    };
    // The best of up to five: whatever lies on the heap may be looked through in between.
    let best = longest();
    for (let attempt = 1; attempt < 5 && best >= 40; attempt += 1) best = Math.min(best, longest());
    expect(best).toBeLessThan(40);
  });
});
