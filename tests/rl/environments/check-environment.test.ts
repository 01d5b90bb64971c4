import {
  checkEnvironment,
  type Environment,
  type EnvironmentStep,
  inventoryEnvironment,
  poissonDemand,
} from 'minimart';
import { describe, expect, test } from 'vitest';

// Counts up to 5 and ends; every change below breaks one rule.
function counter(
  change: Partial<Environment> = {},
  changeStep: (step: EnvironmentStep, count: number) => object = (step) => step,
): Environment {
  let count = 5;
  const look = () => new Float32Array([count]);
  const mask = () => Uint8Array.of(1, count === 2 ? 0 : 1);
  return {
    name: 'counter',
    observationSpace: { kind: 'box', low: Float32Array.of(0), high: Float32Array.of(5) },
    actionSpace: { kind: 'discrete', size: 2 },
    reset: () => {
      count = 0;
      return { observation: look(), actionMask: mask() };
    },
    step: (action) => {
      if (count >= 5 || mask()[action] !== 1) throw new RangeError('refused');
      count += 1;
      const step = {
        observation: look(),
        actionMask: mask(),
        reward: action,
        terminated: count === 5,
        truncated: false,
      };
      return { ...step, ...changeStep(step, count) };
    },
    ...change,
  };
}

describe('checkEnvironment', () => {
  test('finds nothing wrong with right ones', () => {
    expect(checkEnvironment(counter())).toEqual([]);
    for (const options of [
      {},
      { leadTime: 3 },
      { shelfLife: 2, leadTime: 2, maxOrder: 5 },
      { capacity: 8, maxOrder: 8 },
    ]) {
      expect(
        checkEnvironment(
          inventoryEnvironment({ demand: poissonDemand(5), holding: 1, penalty: 4, horizon: 50, ...options }),
        ),
      ).toEqual([]);
    }
  });

  let drawn = 0;
  const draw = () => {
    drawn += 1;
    return drawn;
  };
  const shared = new Float32Array(1);
  test.each<[string, (step: EnvironmentStep, count: number) => object]>([
    ['an observation holds NaN', () => ({ observation: Float32Array.of(Number.NaN) })],
    ['an observation has 2 numbers, the space 1', () => ({ observation: Float32Array.of(1, 1) })],
    ['an observation lies outside its space', () => ({ observation: Float32Array.of(9) })],
    ['an observation is no Float32Array', ({ observation }) => ({ observation: Array.from(observation) })],
    [
      'an observation changes after it was handed out: hand out a fresh array',
      (_step, count) => ({ observation: shared.fill(count) }),
    ],
    ['an action mask has 3 entries, the space 2', () => ({ actionMask: Uint8Array.of(1, 1, 1) })],
    ['an action mask holds other numbers than 0 and 1', () => ({ actionMask: Uint8Array.of(1, 2) })],
    [
      'an action mask leaves no legal action',
      (_step, count) => (count === 5 ? { actionMask: Uint8Array.of(0, 0) } : {}),
    ],
    [
      'an action mask is there at times and missing at others',
      (_step, count) => (count === 3 ? { actionMask: undefined } : {}),
    ],
    ['a reward is no finite number: NaN', () => ({ reward: Number.NaN })],
    ['`terminated` or `truncated` is neither true nor false', () => ({ truncated: undefined })],
    ['the same seed and actions give other results the second time', () => ({ reward: draw() })],
  ])('says: %s', (fault, change) => {
    expect(checkEnvironment(counter({}, change))).toContain(fault);
  });

  test('says that a step takes actions that do not exist or are illegal, or goes on after the end', () => {
    let count = 0;
    const careless = counter({
      reset: () => {
        count = 0;
        return { observation: new Float32Array(1), actionMask: Uint8Array.of(1, 0) };
      },
      step: () => {
        count = Math.min(5, count + 1);
        const over = count === 5;
        return {
          observation: Float32Array.of(count),
          actionMask: Uint8Array.of(1, 0),
          reward: 0,
          terminated: over,
          truncated: false,
        };
      },
    });
    expect(checkEnvironment(careless)).toEqual([
      'step takes the action -1, which does not exist',
      'step takes the action 2, which does not exist',
      'step takes the action 0.5, which does not exist',
      'step takes the action NaN, which does not exist',
      'step takes an action that its mask says is illegal',
      'step goes on after the end of an episode',
    ]);
  });

  test('says when spaces are wrong, or a legal step throws', () => {
    expect(checkEnvironment(counter({ actionSpace: { kind: 'discrete', size: 0 } }))).toEqual([
      'the action space has no size',
    ]);
    const upsideDown = { kind: 'box' as const, low: Float32Array.of(1), high: Float32Array.of(0) };
    expect(checkEnvironment(counter({ observationSpace: upsideDown }))[0]).toContain('lowest value above the highest');
    const broken = inventoryEnvironment({ demand: () => Number.NaN, holding: 1, penalty: 4, maxOrder: 2 });
    expect(checkEnvironment(broken)[0]).toMatch(
      /^a legal step or a reset throws: inventoryEnvironment: `demand` must give finite/,
    );
  });
});
