import '../../support/backends.js';
import { readFileSync } from 'node:fs';
import { type Tensor1D, type Tensor2D, tensor1d, tensor2d, tensor3d } from '@tensorflow/tfjs-core';
import {
  categoricalQLearningLoss,
  categoricalQLearningTarget,
  doubleQLearningTarget,
  expectedSarsaTarget,
  persistentQLearningTarget,
  projectCategorical,
  qLearningTarget,
  sarsaTarget,
  tdError,
  useBackend,
} from 'minimart';
import { beforeAll, describe, expect, test } from 'vitest';
import { expectClose } from '../../support/expect-close.js';

// Known answers of rlax's own tests (Apache-2.0), all recomputed in float64 from the formulas beside them.
const golden = JSON.parse(readFileSync(new URL('./golden/q-learning-vectors.json', import.meta.url), 'utf8'));
const caseOf = (list: 'cases' | 'distributional_cases', name: string) =>
  golden[list].find((each: { name: string }) => each.name === name);

type Target = (input: Record<string, never>, rewards: Tensor1D, discounts: Tensor1D) => Tensor1D;

const targets: Record<string, Target> = {
  q_learning: ({ q_t }, rewards, discounts) => qLearningTarget(rewards, discounts, tensor2d(q_t)),
  double_q_learning: ({ q_t_value, q_t_selector }, rewards, discounts) =>
    doubleQLearningTarget(rewards, discounts, tensor2d(q_t_value), tensor2d(q_t_selector)),
  persistent_q_learning: ({ q_t, a_tm1, action_gap_scale }, rewards, discounts) =>
    persistentQLearningTarget(rewards, discounts, tensor2d(q_t), tensor1d(a_tm1, 'int32'), {
      actionGapScale: action_gap_scale,
    }),
  sarsa: ({ q_t, a_t }, rewards, discounts) => sarsaTarget(rewards, discounts, tensor2d(q_t), tensor1d(a_t, 'int32')),
  expected_sarsa: ({ q_t, probs_a_t }, rewards, discounts) =>
    expectedSarsaTarget(rewards, discounts, tensor2d(q_t), tensor2d(probs_a_t)),
};

beforeAll(() => useBackend('cpu'));

describe('the temporal-difference errors of the golden vectors', () => {
  test('all have a function here', () => {
    expect(golden.cases.map(({ name }: { name: string }) => name).sort()).toEqual(Object.keys(targets).sort());
  });

  test.each(Object.entries(targets))('%s', async (name, target) => {
    const { input, expected_td_error } = caseOf('cases', name);
    const made = target(input, tensor1d(input.r_t), tensor1d(input.discount_t));
    const errors = tdError(tensor2d(input.q_tm1), tensor1d(input.a_tm1, 'int32'), made);
    await expectClose(errors, expected_td_error, [expected_td_error.length]);
  });
});

describe('the distributional golden vectors', () => {
  test('categorical_l2_project', async () => {
    const { input, expected } = caseOf('distributional_cases', 'categorical_l2_project');
    const projected = projectCategorical(tensor2d(input.z_p), tensor2d(input.weights), tensor2d(input.z_q));
    await expectClose(projected, expected.flat(), [2, 4]);
  });

  // A state's value is a Q-function with one action.
  const oneAction = (logits: number[][]) => logits.map((row) => [row]);
  test.each([
    ['categorical_td_learning', oneAction, 'v_logits'],
    ['categorical_q_learning', (logits: number[][][]) => logits, 'q_logits'],
  ] as const)('%s', async (name, shaped, prefix) => {
    const { input, recomputed_float64 } = caseOf('distributional_cases', name);
    const [before, next] = ['_tm1', '_t'].map((suffix) => shaped(input[prefix + suffix])) as number[][][][];
    const atoms = tensor1d(input.atoms);
    const made = categoricalQLearningTarget(tensor1d(input.r_t), tensor1d(input.discount_t), tensor3d(next!), atoms);
    const [logits, actions] = [tensor3d(before!), input.a_tm1 ?? input.r_t.map(() => 0)];
    for (const [row, expected] of recomputed_float64.entries()) {
      // The weight of one sample is 5 and of the others 0: the mean over five is that sample's loss.
      const weights = tensor1d(recomputed_float64.map((_: number, each: number) => (each === row ? 5 : 0)));
      const loss = categoricalQLearningLoss(logits, tensor1d(actions, 'int32'), made as Tensor2D, { weights });
      await expectClose(loss, [expected], []);
    }
  });
});
