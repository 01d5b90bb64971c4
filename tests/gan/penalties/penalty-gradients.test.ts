import { type Tensor, variableGrads } from '@tensorflow/tfjs-core';
import { type LayersModel, layers } from '@tensorflow/tfjs-layers';
import {
  activationLayer,
  createRng,
  draganPenalty,
  gradientPenalty,
  type Penalty,
  type PenaltyOptions,
  r1Penalty,
  r2Penalty,
  useBackend,
} from 'minimart';
import { beforeAll, describe, expect, test } from 'vitest';
import { trainableVariables } from '../../../src/nn/models/model-variables.js';
import type { Doubles } from '../../conformance/references/doubles.js';
import { backends } from '../../support/backends.js';
import { contextOf, convCritic, normal } from './critics.js';
import { doubleSlopeNorms, slopeAlong } from './double-critic.js';

interface Row {
  readonly name: string;
  readonly make: (options?: PenaltyOptions) => Penalty;
  /** What a sample adds to the mean, from the length of the slope there. */
  readonly term: (slope: number) => number;
}

const penalties: readonly Row[] = [
  { name: 'r1', make: r1Penalty, term: (slope) => slope ** 2 / 2 },
  { name: 'r2', make: r2Penalty, term: (slope) => slope ** 2 / 2 },
  { name: 'gradientPenalty', make: gradientPenalty, term: (slope) => (slope - 1) ** 2 },
  { name: 'dragan', make: draganPenalty, term: (slope) => (slope - 1) ** 2 },
];

/** Without kinks, so that finite differences converge to the exact gradient. */
const smooth = () => activationLayer({ kind: 'softplus' }) as layers.Layer;

/** The gradient by each of the weights, and where the discriminator was judged. */
async function gradientsOf(penalty: Penalty, critic: LayersModel, count: number, seed = 5) {
  const [real, fake] = [normal([count, 6, 6, 2], 1), normal([count, 6, 6, 2], 2)];
  const judged: Promise<Doubles>[] = [];
  const logits = (samples: Tensor) => critic.apply(samples, { training: true }) as Tensor;
  const judge = (samples: Tensor) => {
    judged.push(toDoubles(samples));
    return logits(samples);
  };
  const variables = trainableVariables(critic);
  const compute = () => penalty.compute({ ...contextOf(logits, real, fake, createRng(seed)), judge });
  const { grads } = variableGrads(compute, variables);
  const gradients = await Promise.all(variables.map(({ name }) => toDoubles(grads[name]!)));
  return { gradients, judged: await Promise.all(judged) };
}

async function toDoubles(tensor: Tensor): Promise<Doubles> {
  return { shape: tensor.shape, values: Float64Array.from(await tensor.data()) };
}

/** All of the gradient by the weights in a row, a mean over several streams. */
async function gradientOf(penalty: Penalty, critic: LayersModel, count: number, draws = 1): Promise<number[]> {
  let total: number[] = [];
  for (let seed = 0; seed < draws; seed += 1) {
    const { gradients } = await gradientsOf(penalty, critic, count, seed);
    const row = gradients.flatMap(({ values }) => [...values]);
    total = row.map((each, index) => each / draws + (total[index] ?? 0));
  }
  return total;
}

function distance(actual: readonly number[], expected: readonly number[]): number {
  return Math.hypot(...actual.map((each, index) => each - expected[index]!)) / Math.hypot(...expected);
}

function product(one: readonly ArrayLike<number>[], other: readonly ArrayLike<number>[]): number {
  const [left, right] = [one, other].map((parts) => parts.flatMap((part) => Array.from(part)));
  return left!.reduce((total, each, index) => total + each * right![index]!, 0);
}

describe.each(backends)('penalties of a convolutional critic on %s', (backend) => {
  beforeAll(() => useBackend(backend));

  test.each(penalties)(
    '$name has the gradient by the weights that differences in double precision give',
    async (row) => {
      const critic = convCritic();
      const { gradients, judged } = await gradientsOf(row.make(), critic, 3);
      expect(judged).toHaveLength(1);
      const weights = await Promise.all(trainableVariables(critic).map((each) => toDoubles(each.clone())));
      const term = (moved: readonly Doubles[]) =>
        doubleSlopeNorms(judged[0]!, moved).reduce((total, slope) => total + row.term(slope) / 3, 0);
      const [rng, slopes] = [createRng(1), [] as [exact: number, differences: number][]];
      for (let each = 0; each < 3; each += 1) {
        const direction = weights.map(({ values }) => values.map(() => rng.normal()));
        const exact = product(
          gradients.map(({ values }) => values),
          direction,
        );
        slopes.push([exact, slopeAlong(term, weights, direction)]);
      }
      expect(
        distance(
          slopes.map(([exact]) => exact),
          slopes.map(([, differences]) => differences),
        ),
      ).toBeLessThan(1e-3);
      critic.dispose();
    },
  );

  test.each(['gradientPenalty', 'dragan'])('%s by finite differences has the exact gradient', async (name) => {
    const { make } = penalties.find((each) => each.name === name)!;
    const critic = convCritic(smooth);
    const exact = await gradientOf(make(), critic, 8);
    expect(distance(await gradientOf(make({ method: 'finiteDifferences' }), critic, 8), exact)).toBeLessThan(1e-3);
    critic.dispose();
  });

  test.each(['r1', 'r2'])('%s by finite differences has the exact gradient on average', async (name) => {
    const { make } = penalties.find((each) => each.name === name)!;
    const critic = convCritic(smooth);
    const exact = await gradientOf(make(), critic, 64);
    // Squares of normal numbers scatter by sqrt(2): 1,024 of them leave 4% of a single number, and more of a whole gradient.
    const estimated = await gradientOf(make({ method: 'finiteDifferences' }), critic, 64, 16);
    expect(distance(estimated, exact)).toBeLessThan(0.25);
    critic.dispose();
  });

  test.each(penalties)('$name by finite differences needs no second derivatives', async ({ make }) => {
    const [ours, stock] = [convCritic(), convCritic(() => layers.leakyReLU({ alpha: 0.2 }))];
    const penalty = make({ method: 'finiteDifferences' });
    expect(distance(await gradientOf(penalty, stock, 4), await gradientOf(penalty, ours, 4))).toBeLessThan(1e-3);
    await expect(gradientsOf(make(), stock, 4)).rejects.toThrow(/gradient function not found/);
    ours.dispose();
    stock.dispose();
  });
});
