export {
  type CategoricalTargetOptions,
  categoricalQLearningLoss,
  categoricalQLearningTarget,
  type DistributionLossOptions,
} from './categorical-q-learning.js';
export { doubleQLearningTarget } from './double-q-learning-target.js';
export { createDqn } from './dqn/create-dqn.js';
export type { BoxSpace, DiscreteSpace, Environment, EnvironmentReset, EnvironmentStep } from './environment.js';
export { expectedSarsaTarget } from './expected-sarsa-target.js';
export { greedyAction } from './greedy-action.js';
export { type LambdaOptions, lambdaReturns } from './lambda-returns.js';
export { type NStepOptions, nStepReturns } from './n-step-returns.js';
export { type PersistentOptions, persistentQLearningTarget } from './persistent-q-learning-target.js';
export { projectCategorical } from './project-categorical.js';
export { type QLearningLossOptions, qLearningLoss } from './q-learning-loss.js';
export { type NextActionOptions, qLearningTarget } from './q-learning-target.js';
export {
  type QuantileLossOptions,
  type QuantileTargetOptions,
  quantileQLearningLoss,
  quantileQLearningTarget,
} from './quantile-q-learning.js';
export { randomAction } from './random-action.js';
export { sarsaTarget } from './sarsa-target.js';
export { tdError } from './td-error.js';
