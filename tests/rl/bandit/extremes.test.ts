import { epsilonGreedyBandit, evaluateOffPolicy, linUcbBandit, thompsonBandit } from 'minimart';
import { describe, expect, test } from 'vitest';

describe('thompson', () => {
  // Before anything was seen both actions are alike, whatever the prior; the share of 20,000 draws has the deviation 0.0035.
  test.each([1e-300, 1e-6, 1e-3, 0.01, 1, 1e3, 1e17, 1e299])('has no favourite with a prior of %d', (each) => {
    const bandit = thompsonBandit({ actions: 2, prior: [each, each], draws: 20_000, seed: 3 });
    expect(Math.abs(bandit.probabilities()[0]! - 0.5)).toBeLessThan(0.02);
  });

  test('knows the better of two that differ beyond what rates near 1 can show', () => {
    // The rates are 1 - 2e-17 and 1 - 1e-17 on average: the second fails half as often. Both are 1 in a double. Failures
    // of shape f and scale 1 / 1e17: P(the second has fewer) is P(Gamma(1) / 1e17 < Gamma(2) / 1e17) = 3/4.
    const bandit = thompsonBandit({ actions: 2, prior: [1e17, 1], draws: 20_000, seed: 3 });
    bandit.update({ action: 0, reward: 0 });
    expect(Math.abs(bandit.probabilities()[1]! - 0.75)).toBeLessThan(0.02);
  });

  test.each([
    [{ prior: [0, 1] }, '`prior` must be a number in [1e-300, 1e+300)'],
    [{ prior: [1, Number.NaN] }, '`prior`'],
    [{ prior: [1] }, '`prior` must be two numbers'],
    [{ draws: 1e9 }, '`draws` must be at most 1000000'],
    [{ seed: 0.5 }, '`seed`'],
  ])('refuses %j', (change, message) => {
    expect(() => thompsonBandit({ actions: 2, ...(change as object) })).toThrow(`thompsonBandit: ${message}`);
  });
});

describe('epsilonGreedyBandit', () => {
  test('shares what is left among equally good actions', () => {
    const bandit = epsilonGreedyBandit({ actions: 4, epsilon: 0.2 });
    expect([...bandit.probabilities()]).toEqual([0.25, 0.25, 0.25, 0.25]);
    bandit.update({ action: 0, reward: -1 });
    // 0.2 / 4, and 0.8 / 3 more for each of the others.
    bandit.probabilities().forEach((each, action) => {
      expect(each).toBeCloseTo(action === 0 ? 0.05 : 0.05 + 0.8 / 3, 12);
    });
  });

  test('keeps the mean of the largest rewards there are', () => {
    const bandit = epsilonGreedyBandit({ actions: 2, epsilon: 0 });
    for (const reward of [1.7e308, -1.7e308, 1.7e308, -1.7e308]) bandit.update({ action: 1, reward });
    expect(bandit.state().numbers.means!.every(Number.isFinite)).toBe(true);
    // Their mean is 0, but for rounding in the last of 308 digits.
    expect(Math.abs(bandit.state().numbers.means![1]!)).toBeLessThan(1e293);
  });
});

describe('linUcbBandit', () => {
  const make = () => linUcbBandit({ actions: 2, contextSize: 2 });

  test('refuses a context whose squares are infinite, and has forgotten nothing', () => {
    const bandit = make();
    bandit.update({ action: 1, reward: 1, context: [1, 1] });
    const before = bandit.state();
    expect(() => bandit.update({ action: 1, reward: 1, context: [1e200, -1e200] })).toThrow('update: `context` must');
    expect(() => bandit.update({ action: 1, reward: 1e308, context: [100, 1] })).toThrow('update: `reward` must');
    expect(bandit.state()).toEqual(before);
    expect(() => bandit.choose({ context: [1e200, -1e200] })).toThrow('choose: `context` must');
  });

  test('chooses equals alike', () => {
    expect([...make().probabilities({ context: [1, 1] })]).toEqual([0.5, 0.5]);
  });
});

describe.each([
  ['epsilonGreedyBandit', () => epsilonGreedyBandit({ actions: 2 })],
  ['thompson', () => thompsonBandit({ actions: 2 })],
  ['linUcbBandit', () => linUcbBandit({ actions: 2, contextSize: 1 })],
])('%s', (_, make) => {
  test.each<[string, (bandit: ReturnType<typeof make>) => unknown, string]>([
    ['a reward of NaN', (bandit) => bandit.update({ action: 0, reward: Number.NaN, context: [1] }), '`reward`'],
    ['a misspelt option', (bandit) => bandit.choose({ masks: [1, 1] } as never), '`masks` must be left out'],
    ['a misspelt outcome', (bandit) => bandit.update({ action: 0, rewards: 1 } as never), '`rewards` must be left out'],
    ['a mask of NaN', (bandit) => bandit.choose({ context: [1], mask: [1, Number.NaN] }), '`mask[1]` must be 0 or 1'],
    ['a mask without an action', (bandit) => bandit.choose({ context: [1], mask: [0, 0] }), '`mask` must leave'],
  ])('refuses %s', (_name, call, message) => {
    expect(() => call(make())).toThrow(message);
  });

  test('refuses a state with NaN, and is then as it was', () => {
    const bandit = make();
    const state = bandit.state();
    const numbers = Object.fromEntries(Object.entries(state.numbers).map(([key, list]) => [key, list.map(() => NaN)]));
    expect(() => bandit.restore({ ...state, numbers })).toThrow('must be a number that a bandit could hold');
    expect(() => bandit.restore({ ...state, rng: {} as never })).toThrow('restore: `state`');
    expect(bandit.state()).toEqual(state);
  });
});

describe('evaluateOffPolicy', () => {
  const decision = { observation: [0], action: 0, reward: 1, propensity: 0.5 };
  const log = [decision, { ...decision, action: 1, reward: 3 }];
  const both = () => [0.5, 0.5];

  test.each<[string, () => unknown, string]>([
    [
      'NaN predictions',
      () => evaluateOffPolicy(log, { policy: both, predictRewards: () => [1, NaN] }),
      '`predictRewards` must',
    ],
    [
      'one prediction for two',
      () => evaluateOffPolicy(log, { policy: both, predictRewards: () => [1] }),
      '`predictRewards`',
    ],
    [
      'no predictions',
      () => evaluateOffPolicy(log, { policy: both, predictRewards: () => undefined as never }),
      '`predictRew',
    ],
    [
      'a policy that answers nothing',
      () => evaluateOffPolicy(log, { policy: (() => undefined) as never }),
      '`policy` must give',
    ],
    [
      'probabilities of NaN',
      () => evaluateOffPolicy(log, { policy: () => [NaN, 1] }),
      '`policy` must give probabilities >= 0',
    ],
    ['no policy', () => evaluateOffPolicy(log, { policy: undefined as never }), '`policy` must be a function'],
    [
      'a propensity that makes weights infinite',
      () => evaluateOffPolicy([log[0]!, { ...log[1]!, propensity: 5e-324 }], { policy: both }),
      '`log[1].propensity`',
    ],
    [
      'squares that overflow',
      () => evaluateOffPolicy([{ ...decision, reward: 1e200 }, decision], { policy: both }),
      '`log` must',
    ],
    [
      'a hole',
      () => evaluateOffPolicy([decision, undefined as never], { policy: both }),
      '`log[1]` must be a decision',
    ],
  ])('refuses %s', (_, call, message) => {
    expect(call).toThrow(`evaluateOffPolicy: ${message}`);
  });

  test('does not look at predictions of actions that are neither taken nor likely', () => {
    const predictRewards = () => [2, Number.NaN];
    const { doublyRobust } = evaluateOffPolicy([decision, decision], { policy: () => [1, 0], predictRewards });
    // 2 + (1 / 0.5) (1 - 2)
    expect(doublyRobust!.value).toBe(0);
  });

  test('counts effective decisions of huge and tiny weights right', () => {
    // Weights 1e150 and 1e150: worth two.
    const rare = { ...decision, propensity: 1e-150, reward: 1e-10 };
    expect(evaluateOffPolicy([rare, rare], { policy: () => [1] }).effectiveSampleSize).toBeCloseTo(2, 12);
  });

  test('an interval of no width is one, also at the highest confidence', () => {
    const { interval } = evaluateOffPolicy([decision, decision], {
      policy: () => [1],
      confidence: 1 - 2 ** -53,
    }).selfNormalised;
    expect(interval).toEqual([1, 1]);
  });
});
