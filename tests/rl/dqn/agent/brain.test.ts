import '../../../support/backends.js';
import {
  add,
  dispose,
  logSumExp,
  mean,
  mul,
  oneHot,
  type Scalar,
  sub,
  sum,
  type Tensor,
  type Tensor2D,
  tensor1d,
  tensor2d,
  tidy,
  type Variable,
  variableGrads,
} from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { createRng, doubleQLearningTarget, qLearningLoss, qLearningTarget, useBackend } from 'minimart';
import { beforeAll, describe, expect, test } from 'vitest';
import { openArena } from '../../../../src/nn/host/arena.js';
import { buildDenseModel } from '../../../../src/nn/host/dense-model.js';
import { createBrain } from '../../../../src/rl/dqn/agent/brain.js';
import { type DqnConfig, fullDqnConfig } from '../../../../src/rl/dqn/agent/dqn-config.js';
import type { ReplayBatch } from '../../../../src/rl/replay/transition-store.js';

beforeAll(() => useBackend('cpu'));

const [rows, width, actions] = [6, 3, 4];

function madeBatch(seed: number): ReplayBatch {
  const rng = createRng(seed);
  const numbers = (count: number) => rng.fillNormal(new Float32Array(count));
  const masks = () =>
    Uint8Array.from({ length: rows * actions }, (_, at) => (at % actions === 1 || rng.uniform() < 0.6 ? 1 : 0));
  return {
    observations: numbers(rows * width),
    nextObservations: numbers(rows * width),
    actions: Int32Array.from({ length: rows }, () => 1),
    // Some errors are in the straight part of Huber's loss.
    rewards: numbers(rows).map((value) => 3 * value),
    discounts: Float32Array.of(0.9, 0, 0.5, 0.9, 0.81, 0.9),
    weights: Float32Array.of(1, 0.5, 0.25, 1, 0.7, 0.1),
    places: new Int32Array(rows),
    actionMasks: masks(),
    nextActionMasks: masks(),
  };
}

const variants: readonly (readonly [string, Partial<DqnConfig>])[] = [
  ['plain', { double: false }],
  ['double', {}],
  ['dueling', { dueling: true }],
  ['dueling with one hidden layer', { dueling: true, hidden: [7] }],
  ['linear', { hidden: [] }],
  ['squared', { loss: 'squared' }],
  ['conservative', { conservative: 0.7 }],
];

/** One step of plain gradient descent by tfjs, from the public losses, on the same model and batch. */
function expectedStep(model: LayersModel, batch: ReplayBatch, config: Partial<DqnConfig>): Tensor[] {
  const matrix = (values: ArrayLike<number>, columns: number) => tensor2d(Float32Array.from(values), [rows, columns]);
  const q = (observations: Float32Array) => model.apply(matrix(observations, width)) as Tensor2D;
  const [rewards, discounts, weights] = [batch.rewards, batch.discounts, batch.weights].map((each) =>
    tensor1d(each),
  ) as [never, never, never];
  const taken = tensor1d(batch.actions, 'int32');
  const nextMask = { actionMask: matrix(batch.nextActionMasks!, actions) };
  const targets =
    config.double === false
      ? qLearningTarget(rewards, discounts, q(batch.nextObservations), nextMask)
      : doubleQLearningTarget(rewards, discounts, q(batch.nextObservations), q(batch.nextObservations), nextMask);
  const variables = model.trainableWeights.map((weight) => weight.read() as Variable);
  const { grads } = variableGrads(() => {
    const values = q(batch.observations);
    const loss = qLearningLoss(values, taken, targets, { weights, loss: config.loss ?? 'huber' });
    if (!config.conservative) return loss;
    // Minus 1e6 takes illegal actions out of the sum of exponentials.
    const legal = add(values, mul(sub(matrix(batch.actionMasks!, actions), 1), 1e6));
    const penalty = mean(sub(logSumExp(legal, 1), sum(mul(values, oneHot(taken, actions)), 1)));
    return add(loss, mul(config.conservative, penalty)) as Scalar;
  }, variables);
  return variables.map(({ name }) => grads[name]!);
}

describe.each(['plain loops', 'WebAssembly'])('an update by %s', (routines) => {
  test.each(variants)('has the gradient that tfjs gives to the public losses: %s', async (_, config) => {
    const full = fullDqnConfig('test', {
      observationSize: width,
      actions,
      hidden: [8, 5],
      batchSize: rows,
      discount: 0.9,
      gradientClipping: 1e9,
      // So small a step that the weights move by the learning rate times the sign: only the moments are looked at.
      optimizer: { learningRate: 1e-9, beta1: 0, beta2: 0 },
      ...config,
    });
    const brain = createBrain(full, createRng(5));
    if (routines === 'WebAssembly') brain.moveTo((await openArena(brain.room.length, { widest: brain.room.widest }))!);
    const batch = madeBatch(8);
    const model = buildDenseModel(brain.plan, brain.lasting().slice(0, brain.plan.parameters), 'dqn');
    const expected = tidy(() => expectedStep(model, batch, config));
    brain.update(batch);
    const { parameters } = brain.plan;
    // With beta1 = 0 the first moment is the gradient.
    const moments = brain.lasting().slice(2 * parameters, 3 * parameters);
    // In the order of the parameters, which the model's layers tell by their names.
    const order = model.trainableWeights.map(({ name }, at) => [Number(/dense_(\d+)/.exec(name)![1]), at] as const);
    const sorted = order.toSorted((a, b) => a[0] - b[0] || a[1] - b[1]).map(([, at]) => expected[at]!);
    const values = (await Promise.all(sorted.map((each) => each.data()))).flatMap((each) => [...each]);
    expect(values.length).toBe(parameters);
    const scale = Math.max(...values.map(Math.abs));
    values.forEach((value, at) => {
      expect(Math.abs(moments[at]! - value) / scale, `parameter ${at}`).toBeLessThan(1e-5);
    });
    dispose(expected);
    model.dispose();
  });
});
