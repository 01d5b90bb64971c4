import { createRng, evaluateOffPolicy, type LoggedDecision, type Rng } from 'minimart';
import { describe, expect, test } from 'vitest';

// A simulated shop: two kinds of customers, three offers; what an offer earns on average, by kind.
const means = [
  [1, 0.2, 0.5],
  [0.1, 0.9, 0.5],
];
/** The logging policy, and the one that is judged. */
const logging = [
  [0.5, 0.3, 0.2],
  [0.3, 0.2, 0.5],
];
const judged = [
  [0.7, 0.1, 0.2],
  [0.1, 0.8, 0.1],
];
const kindOf = ({ observation }: LoggedDecision) => observation[0]!;
const policy = (decision: LoggedDecision) => judged[kindOf(decision)]!;
const truth = [0, 1].reduce(
  (sum, kind) => sum + 0.5 * judged[kind]!.reduce((total, chance, action) => total + chance * means[kind]![action]!, 0),
  0,
);

function decide(rng: Rng): LoggedDecision {
  const kind = rng.integer(2);
  const uniform = rng.uniform();
  const chances = logging[kind]!;
  const action = uniform < chances[0]! ? 0 : uniform < chances[0]! + chances[1]! ? 1 : 2;
  return {
    observation: [kind],
    action,
    reward: means[kind]![action]! + 0.5 * rng.normal(),
    propensity: chances[action]!,
  };
}

const logOf = (seed: number, size = 400) => {
  const rng = createRng(seed);
  return Array.from({ length: size }, () => decide(rng));
};

// Half right: doubly robust estimates must not rely on it.
const predictRewards = (decision: LoggedDecision) => means[kindOf(decision)]!.map((mean) => 0.5 * mean + 0.3);

describe('over 400 simulated logs', () => {
  const runs = Array.from({ length: 400 }, (_, seed) => evaluateOffPolicy(logOf(seed), { policy, predictRewards }));

  test.each(['inversePropensity', 'selfNormalised', 'doublyRobust'] as const)(
    'the interval of %s holds the truth in 95% ± 3% of them, and the mean is unbiased',
    (kind) => {
      const held =
        runs.filter((run) => run[kind]!.interval[0] <= truth && truth <= run[kind]!.interval[1]).length / runs.length;
      expect(held).toBeGreaterThanOrEqual(0.92);
      expect(held).toBeLessThanOrEqual(0.98);
      const mean = runs.reduce((sum, run) => sum + run[kind]!.value, 0) / runs.length;
      const error = runs.reduce((sum, run) => sum + run[kind]!.standardError, 0) / runs.length / Math.sqrt(runs.length);
      // Four standard errors; the self-normalised estimate's own bias is of the order of 1 in the size of the log.
      expect(Math.abs(mean - truth)).toBeLessThan(4 * error + 1 / 400);
    },
  );

  test('a reward model makes estimates less wild', () => {
    const spread = (kind: 'inversePropensity' | 'doublyRobust') =>
      runs.reduce((sum, run) => sum + run[kind]!.standardError, 0);
    expect(spread('doublyRobust')).toBeLessThan(spread('inversePropensity'));
  });
});

test('a log of the policy itself is worth all its decisions, and the mean reward', () => {
  const log = logOf(1, 50);
  const mean = log.reduce((sum, { reward }) => sum + reward / 50, 0);
  const { inversePropensity, selfNormalised, effectiveSampleSize, largestWeight, doublyRobust } = evaluateOffPolicy(
    log,
    { policy: (decision) => logging[kindOf(decision)]! },
  );
  expect(inversePropensity.value).toBeCloseTo(mean, 10);
  expect(selfNormalised.value).toBeCloseTo(mean, 10);
  expect(effectiveSampleSize).toBeCloseTo(50, 8);
  expect(largestWeight).toBeCloseTo(1, 10);
  expect(doublyRobust).toBeUndefined();
});

test('the effective sample size is (sum w)² / sum w²', () => {
  const log = [0, 1].map((action) => ({ observation: [0], action, reward: 1, propensity: 0.5 }));
  // Weights 0.4 and 1.6: 4 / (0.16 + 2.56).
  expect(evaluateOffPolicy(log, { policy: () => [0.2, 0.8] }).effectiveSampleSize).toBeCloseTo(4 / 2.72, 10);
});

describe('three decisions worked out by hand', () => {
  const log = [
    { observation: [0], action: 0, reward: 1, propensity: 0.5 },
    { observation: [0], action: 1, reward: 5, propensity: 0.25 },
    { observation: [0], action: 1, reward: 3, propensity: 0.5 },
  ];
  // Weights 1/2, 3, 3/2; weighted rewards 1/2, 15, 9/2. Predictions mean 1/4 * 2 + 3/4 * 4 = 7/2, and with the weighted errors
  // 7/2 - 1/2, 7/2 + 3, 7/2 - 3/2.
  const evaluate = (options: object) =>
    evaluateOffPolicy(log, { policy: () => [0.25, 0.75], predictRewards: () => [2, 4], ...options });
  const errorOf = (values: readonly number[]) => {
    const mean = values.reduce((sum, each) => sum + each) / 3;
    return Math.sqrt(values.reduce((sum, each) => sum + (each - mean) ** 2, 0) / 2 / 3);
  };

  test.each([
    // Quantiles of the normal distribution at 0.975 and at 0.95.
    [{}, 1.959963984540054],
    [{ confidence: 0.9 }, 1.6448536269514722],
  ])('with %j', (options, quantile) => {
    const found = evaluate(options);
    const expected = (value: number, error: number) => ({
      value: expect.closeTo(value, 12),
      standardError: expect.closeTo(error, 12),
      interval: [expect.closeTo(value - quantile * error, 8), expect.closeTo(value + quantile * error, 8)],
    });
    expect(found).toEqual({
      size: 3,
      inversePropensity: expected(20 / 3, errorOf([0.5, 15, 4.5])),
      // What is left of the weighted rewards at 20 / 5 = 4: -3/2, 3, -3/2. sqrt(13.5 * 3 / 2) / 5.
      selfNormalised: expected(4, 0.9),
      doublyRobust: expected(11.5 / 3, errorOf([3, 6.5, 2])),
      effectiveSampleSize: expect.closeTo(5 ** 2 / (0.25 + 9 + 2.25), 12),
      largestWeight: 3,
    });
  });

  test('rewards of 0 are rewards like others', () => {
    const clicks = [0, 1, 0].map((reward, at) => ({ ...log[at]!, reward }));
    // Weights 1/2, 3, 3/2: 3 / 3 and 3 / 5.
    const { inversePropensity, selfNormalised } = evaluateOffPolicy(clicks, { policy: () => [0.25, 0.75] });
    expect(inversePropensity.value).toBe(1);
    expect(selfNormalised.value).toBeCloseTo(3 / 5, 12);
  });

  test('all alike they have no error, whatever the confidence', () => {
    const same = [log[0]!, log[0]!];
    const { inversePropensity } = evaluateOffPolicy(same, { policy: () => [1, 0], confidence: 1 - 2 ** -53 });
    expect(inversePropensity).toEqual({ value: 2, standardError: 0, interval: [2, 2] });
  });

  test('predictions of what is neither done nor thought of are not looked at', () => {
    const second = log.slice(1);
    const { doublyRobust } = evaluateOffPolicy(second, { policy: () => [0, 1], predictRewards: () => [Number.NaN, 4] });
    // 4 + 4 * 1 and 4 - 2 * 1.
    expect(doublyRobust?.value).toBe(5);
    expect(() =>
      evaluateOffPolicy(second, { policy: () => [0.5, 0.5], predictRewards: () => [Number.NaN, 4] }),
    ).toThrow('`predictRewards` must give finite numbers for log[0], also for action 0');
    // Action 1 was taken, though the policy never would.
    expect(() => evaluateOffPolicy(log, { policy: () => [1, 0], predictRewards: () => [4, Number.NaN] })).toThrow(
      '`predictRewards` must give finite numbers for log[1], also for action 1',
    );
  });
});

describe('refuses loudly', () => {
  const one = { observation: [0], action: 0, reward: 1, propensity: 0.5 };
  const evaluate = (change: object, probabilities: readonly number[] = [1, 0]) =>
    evaluateOffPolicy([one, { ...one, ...change } as LoggedDecision], { policy: () => probabilities });

  test.each([undefined, null, Number.NaN, 0, -0.1, 1.5])('a propensity of %s', (propensity) => {
    expect(() => evaluate({ propensity })).toThrow(/evaluateOffPolicy: `log\[1\]\.propensity` must be the probability/);
  });
  test('probabilities that do not sum to 1', () => {
    expect(() => evaluate({}, [0.5, 0.4])).toThrow('`policy` must give probabilities that sum to 1');
  });
  test('a probability for an illegal action', () => {
    expect(() => evaluate({ actionMask: [1, 0] }, [0.5, 0.5])).toThrow('illegal actions the probability 0');
  });
  test('rewards that are not finite, actions without a probability, a log of one', () => {
    expect(() => evaluate({ reward: Number.NaN })).toThrow('`log[1].reward`');
    expect(() => evaluate({ action: 2 })).toThrow('action 2 of log[1]');
    expect(() => evaluateOffPolicy([one], { policy: () => [1, 0] })).toThrow(
      '`log` must hold two decisions or more, received 1 ',
    );
  });
  test.each<[string, object, readonly number[], string]>([
    ['an action below 0', { action: -1 }, [1, 0], '`log[1].action` must be a whole number >= 0'],
    ['half an action', { action: 0.5 }, [1, 0], '`log[1].action` must be a whole number >= 0'],
    ['no probabilities', {}, [], '`policy` must give probabilities for log[0]'],
    ['probabilities below 0', {}, [1.5, -0.5], '`policy` must give probabilities >= 0'],
    ['a sum a little above 1', {}, [1, 1e-5], '`policy` must give probabilities that sum to 1'],
    ['a sum a little below 1', {}, [1 - 1e-5, 0], '`policy` must give probabilities that sum to 1'],
    ['a mask of another length', { actionMask: [1] }, [1, 0], '`log[1].actionMask` must hold 2'],
    ['weights without end', { propensity: Number.MIN_VALUE }, [1, 0], '`log[1].propensity` must not make the weighted'],
    [
      'a weighted reward without end',
      { propensity: 1e-10, reward: 1e300 },
      [1, 0],
      '`log[1].propensity` must not make',
    ],
    ['squares without end', { reward: 1e200 }, [1, 0], '`log` must have rewards and weights whose squares'],
  ])('%s', (_, change, probabilities, message) => {
    expect(() => evaluate(change, probabilities)).toThrow(message);
  });
  test.each([null, undefined, 3])('%s for a decision', (decision) => {
    expect(() => evaluateOffPolicy([one, decision as never], { policy: () => [1, 0] })).toThrow(
      '`log[1]` must be a decision',
    );
  });
  test.each([
    [[1], '1 (number)'],
    [undefined, 'undefined'],
    [[1, 2, 3], '3 (number)'],
  ])('predictions %j for two actions', (predicted, received) => {
    expect(() =>
      evaluateOffPolicy([one, one], { policy: () => [1, 0], predictRewards: () => predicted as number[] }),
    ).toThrow(`\`predictRewards\` must give 2 numbers for log[0], received ${received}`);
  });
  test.each([0, 1, 95])('a confidence of %d', (confidence) => {
    expect(() => evaluateOffPolicy([one, one], { policy: () => [1, 0], confidence })).toThrow(
      '`confidence` must be a number in',
    );
  });
  test('not what rounding leaves of a sum of 1, nor a chance of 1, nor a legal action, nor one action alone', () => {
    expect(evaluate({ propensity: 1, actionMask: [1, 0] }, [1 - 1e-7, 0]).size).toBe(2);
    expect(evaluate({}, [1]).size).toBe(2);
  });
  test('a policy that shares nothing with the log', () => {
    expect(() => evaluate({}, [0, 1])).toThrow('`policy` must take actions that are in the log');
  });
});
