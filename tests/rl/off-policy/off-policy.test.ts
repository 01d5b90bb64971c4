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
  const runs = Array.from({ length: 400 }, (_, seed) => evaluateOffPolicy(logOf(seed), policy, { predictRewards }));

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
    (decision) => logging[kindOf(decision)]!,
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
  expect(evaluateOffPolicy(log, () => [0.2, 0.8]).effectiveSampleSize).toBeCloseTo(4 / 2.72, 10);
});

describe('refuses loudly', () => {
  const one = { observation: [0], action: 0, reward: 1, propensity: 0.5 };
  const evaluate = (change: object, probabilities: readonly number[] = [1, 0]) =>
    evaluateOffPolicy([one, { ...one, ...change } as LoggedDecision], () => probabilities);

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
    expect(() => evaluateOffPolicy([one], () => [1, 0])).toThrow('`log` must hold two decisions');
  });
  test('a policy that shares nothing with the log', () => {
    expect(() => evaluate({}, [0, 1])).toThrow('`policy` must take actions that are in the log');
  });
});
