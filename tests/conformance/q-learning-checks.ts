import { type Tensor2D, type Tensor3D, tensor1d, tensor2d } from '@tensorflow/tfjs-core';
import { categoricalQLearningLoss, qLearningLoss, qLearningTarget, quantileQLearningLoss } from 'minimart';
import type { ConformanceCheck } from './conformance-check.js';
import { type OpCase, opCheck } from './op-case.js';
import { bestNext, categorical, qLearning, quantile } from './references/q-learning.js';

const actions = [0, 2, 1, 2, 0];
const targets = [0.5, -3, 2, 0.1, 0.7];
const weights = [1, 0.5, 0.25, 1, 2];
const discounts = [0.9, 0, 1, 0.5, 0.99];
const distributions = actions.map((action) => [0.1, 0.2, 0.3, 0.4].map((_, at) => (at === action ? 0.7 : 0.1)));

const taken = () => tensor1d(actions, 'int32');

const cases: readonly OpCase[] = [
  {
    name: 'qLearningLoss',
    inputs: '5x3',
    range: [-2, 2],
    orders: 1,
    run: (q) => qLearningLoss(q as Tensor2D, taken(), tensor1d(targets), { weights: tensor1d(weights) }),
    reference: (q) => qLearning(q, actions, targets, weights, 1),
  },
  {
    name: 'qLearningLoss, squared',
    inputs: '5x3',
    range: [-2, 2],
    orders: 1,
    run: (q) => qLearningLoss(q as Tensor2D, taken(), tensor1d(targets), { loss: 'squared' }),
    reference: (q) => qLearning(q, actions, targets, [1, 1, 1, 1, 1], Number.POSITIVE_INFINITY),
  },
  {
    name: 'categoricalQLearningLoss',
    inputs: '5x3x4',
    range: [-3, 3],
    orders: 1,
    run: (logits) => categoricalQLearningLoss(logits as Tensor3D, taken(), tensor2d(distributions)),
    reference: (logits) => categorical(logits, actions, distributions),
  },
  {
    name: 'quantileQLearningLoss',
    inputs: '5x3x4',
    range: [-2, 2],
    orders: 1,
    run: (quantiles) => quantileQLearningLoss(quantiles as Tensor3D, taken(), tensor2d(distributions)),
    reference: (quantiles) => quantile(quantiles, actions, distributions),
  },
  {
    name: 'qLearningTarget',
    inputs: '5x3',
    orders: 0,
    run: (q) => qLearningTarget(tensor1d(targets), tensor1d(discounts), q as Tensor2D),
    reference: (q) => bestNext(q, targets, discounts),
  },
];

/** The losses of Q-learning and their gradient by the network's values, and a target. */
export const qLearningChecks: readonly ConformanceCheck[] = cases.map(opCheck);
