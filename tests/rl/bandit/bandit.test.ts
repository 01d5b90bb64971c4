import { type Bandit, createRng, epsilonGreedyBandit, evaluateOffPolicy, linUcbBandit, thompsonBandit } from 'minimart';
import { describe, expect, test } from 'vitest';

const makers: readonly (readonly [string, () => Bandit])[] = [
  ['epsilonGreedyBandit', () => epsilonGreedyBandit({ actions: 3, epsilon: 0.3, seed: 4 })],
  ['thompson', () => thompsonBandit({ actions: 3, seed: 4 })],
  ['linUcbBandit', () => linUcbBandit({ actions: 3, contextSize: 2, epsilon: 0.3, seed: 4 })],
];
const context = [1, 0.5];
const rates = [0.2, 0.6, 0.4];

function play(bandit: Bandit, rounds: number, seed = 1): number[] {
  const rng = createRng(seed);
  const counts = [0, 0, 0];
  for (let round = 0; round < rounds; round += 1) {
    const { action } = bandit.choose({ context });
    counts[action]! += 1;
    bandit.update({ action, reward: rng.uniform() < rates[action]! ? 1 : 0, context });
  }
  return counts;
}

describe.each(makers)('%s', (_, make) => {
  test('comes to choose the best action most often', () => {
    const counts = play(make(), 2000);
    expect(counts[1]).toBeGreaterThan(1200);
  });

  test('reports the probability with which it chooses, exactly', () => {
    const bandit = make();
    play(bandit, 30);
    const chances = bandit.probabilities({ context });
    expect(chances.reduce((sum, each) => sum + each, 0)).toBeCloseTo(1, 10);
    const { action, propensity } = bandit.choose({ context });
    expect(propensity).toBe(chances[action]);
  });

  test('never chooses what is masked', () => {
    const bandit = make();
    play(bandit, 50);
    for (let round = 0; round < 50; round += 1) expect(bandit.choose({ context, mask: [1, 0, 1] }).action).not.toBe(1);
    expect(bandit.choose({ context, mask: [0, 0, 1] })).toEqual({ action: 2, propensity: 1 });
    expect(() => bandit.choose({ context, mask: [0, 0, 0] })).toThrow('`mask` must leave an action to choose');
  });

  test('goes on from a saved state, through JSON, as if it had not stopped', () => {
    const [bandit, other] = [make(), make()];
    play(bandit, 40);
    other.restore(JSON.parse(JSON.stringify(bandit.state())));
    expect(play(other, 40, 9)).toEqual(play(bandit, 40, 9));
    expect(() => other.restore({ ...bandit.state(), name: 'else' })).toThrow('restore: `state` must come from');
  });

  test('leaves a log that tells the value of another policy', () => {
    const values = Array.from({ length: 40 }, (__, seed) => {
      const bandit = make();
      const rng = createRng(100 + seed);
      const log = Array.from({ length: 300 }, () => {
        const { action, propensity } = bandit.choose({ context });
        const reward = rng.uniform() < rates[action]! ? 1 : 0;
        bandit.update({ action, reward, context });
        return { observation: context, action, reward, propensity };
      });
      // The last actions to die out under Thompson sampling still have a chance now and then.
      return evaluateOffPolicy(log, { policy: () => [0, 1, 0] }).inversePropensity.value;
    });
    const mean = values.reduce((sum, each) => sum + each / values.length, 0);
    expect(Math.abs(mean - rates[1]!)).toBeLessThan(0.08);
  });
});

test('Thompson sampling chooses by the probability of being best', () => {
  const bandit = thompsonBandit({ actions: 2, draws: 20_000 });
  bandit.update({ action: 0, reward: 1 });
  // P(Beta(2, 1) > Beta(1, 1)) = E of Beta(2, 1) = 2/3. Four standard deviations of 20,000 draws are 0.0134.
  expect(Math.abs(bandit.probabilities()[0]! - 2 / 3)).toBeLessThan(0.0134);
});

test('LinUCB scores by the ridge solution and its spread', () => {
  // One feature: after x = 2 with the reward 3, A = 1 + 4 and b = 6; for x = 1 that is 6/5 + alpha sqrt(1/5).
  // An untried action has the score alpha: it is chosen once alpha exceeds 6/5 / (1 - sqrt(1/5)) = 2.1708.
  for (const [alpha, expected] of [
    [2.17, 0],
    [2.18, 1],
  ] as const) {
    const bandit = linUcbBandit({ actions: 2, contextSize: 1, alpha });
    bandit.update({ action: 0, reward: 3, context: [2] });
    expect(bandit.choose({ context: [1] }).action).toBe(expected);
  }
});

test('bad input is refused by name', () => {
  expect(() => epsilonGreedyBandit({ actions: 0 })).toThrow('epsilonGreedyBandit: `actions`');
  expect(() => epsilonGreedyBandit({ actions: 2, epsilon: 2 })).toThrow('`epsilon`');
  expect(() => thompsonBandit({ actions: 2, prior: [0, 1] })).toThrow('`prior`');
  expect(() => thompsonBandit({ actions: 2 }).update({ action: 0, reward: 2 })).toThrow(
    '`reward` must be a number in [0, 1]',
  );
  expect(() => linUcbBandit({ actions: 2, contextSize: 2 }).choose({ context: [1] })).toThrow(
    '`context` must hold 2 numbers',
  );
  expect(() => epsilonGreedyBandit({ actions: 2 }).update({ action: 2, reward: 1 })).toThrow('`action`');
});
