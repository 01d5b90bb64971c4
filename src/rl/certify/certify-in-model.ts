import type { DecisionModel } from '../exact/decision-model.js';
import { evaluatePolicy } from '../exact/evaluate-policy.js';
import { relativeValueIteration } from '../exact/relative-value-iteration.js';
import type { Policy } from '../policy.js';
import type { Certificate } from './certificate.js';
import { type Contender, compare } from './compare.js';

/** Everything exactly: the policy, its rivals and the optimum. */
export async function certifyInModel(
  policy: Policy,
  model: DecisionModel,
  against: readonly Policy[],
): Promise<Omit<Certificate, 'table'>> {
  const contenders: Contender[] = [];
  for (const each of [policy, ...against]) {
    contenders.push({ name: each.name, rewards: [], exact: (await evaluatePolicy(model, each)).averageReward });
  }
  const { averageReward } = relativeValueIteration(model);
  return { ...compare(contenders, 'reward per step', averageReward), episodes: 0, steps: 0, seed: 0 };
}
