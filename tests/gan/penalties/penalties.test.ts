import '../../support/backends.js';
import {
  memory,
  mul,
  pow,
  type Scalar,
  sum,
  type Tensor,
  tensor,
  variable,
  variableGrads,
} from '@tensorflow/tfjs-core';
import { type LayersModel, layers } from '@tensorflow/tfjs-layers';
import {
  buildDiscriminator,
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
import { expectClose, numberIn } from '../../support/expect-close.js';
import { bowl, contextOf, convCritic, linear, normal } from './critics.js';

interface Row {
  readonly name: string;
  readonly make: (options?: PenaltyOptions) => Penalty;
  /** The term for D(x) = w.x, and what its gradient by w is a multiple of w by, from the length of w. */
  readonly value: (length: number) => number;
  readonly factor: (length: number) => number;
}

const halfSquare = { value: (length: number) => length ** 2 / 2, factor: () => 1 };
// d/dw of (|w| - 1)^2 is 2 (|w| - 1) w / |w|.
const fromOne = {
  value: (length: number) => (length - 1) ** 2,
  factor: (length: number) => (2 * (length - 1)) / length,
};

const penalties: readonly Row[] = [
  { name: 'r1', make: r1Penalty, ...halfSquare },
  { name: 'r2', make: r2Penalty, ...halfSquare },
  { name: 'gradientPenalty', make: gradientPenalty, ...fromOne },
  { name: 'dragan', make: draganPenalty, ...fromOne },
];

const shapes = [[5], [2, 3], [3, 3, 2]];

/** A vector, its length and what it is made of, of one of the shapes. */
function weights(shape: readonly number[]) {
  const values = createRng(3).fillNormal(new Float32Array(shape.reduce((product, each) => product * each, 1)));
  return { values, length: Math.hypot(...values), w: variable(tensor(values, [...shape])) };
}

beforeAll(() => useBackend('cpu'));

describe.each(penalties)('$name', ({ name, make, value, factor }) => {
  test.each(shapes)(
    'of a linear discriminator has the value and gradient of the formula (shape %j)',
    async (...shape) => {
      const { w, values, length } = weights(shape);
      const [real, fake] = [normal([4, ...shape], 1), normal([4, ...shape], 2)];
      const result = variableGrads(() => make().compute(contextOf(linear(w), real, fake)), [w]);
      expect((await numberIn(result.value)) / value(length)).toBeCloseTo(1, 4);
      await expectClose(
        result.grads[w.name]!,
        values.map((each) => factor(length) * each),
        shape,
        1e-4,
      );
      w.dispose();
    },
  );

  test('by finite differences agrees on average', async () => {
    const { w, values, length } = weights([6]);
    // D is linear, so that a long step costs no truth; 4000 directions leave 3% of one.
    const penalty = make({ method: 'finiteDifferences', step: 0.5 });
    const result = variableGrads(
      () => penalty.compute(contextOf(linear(w), normal([4000, 6], 1), normal([4000, 6], 2))),
      [w],
    );
    expect(Math.abs((await numberIn(result.value)) / value(length) - 1)).toBeLessThan(0.1);
    await expectClose(
      result.grads[w.name]!,
      values.map((each) => factor(length) * each),
      [6],
      0.15,
    );
    w.dispose();
  });

  test('has finite gradients where the discriminator is flat', async () => {
    for (const method of ['exact', 'finiteDifferences'] as const) {
      const w = variable(tensor([0, 0]));
      const { value: term, grads } = variableGrads(
        () => make({ method }).compute(contextOf(linear(w), normal([3, 2], 1), normal([3, 2], 2))),
        [w],
      );
      expect(await numberIn(term)).toBeCloseTo(value(0), 5);
      await expectClose(grads[w.name]!, [0, 0], [2]);
      w.dispose();
    }
  });

  test('leaves one tensor, its result, and draws the same from a stream at the same place', async () => {
    for (const method of ['exact', 'finiteDifferences'] as const) {
      const penalty = make({ method });
      const results: number[] = [];
      for (const seed of [1, 1, 2]) {
        const context = contextOf(bowl, normal([3, 2], 1), normal([3, 2], 2), createRng(seed));
        const before = memory().numTensors;
        const term = penalty.compute(context);
        expect(term.shape).toEqual([]);
        expect(memory().numTensors).toBe(before + 1);
        results.push(await numberIn(term));
      }
      expect(results[1]).toBe(results[0]);
      // Exact penalties at the samples themselves have nothing to draw.
      const draws = method === 'finiteDifferences' || !['r1', 'r2'].includes(name);
      expect(results[2] === results[0]).toBe(!draws);
    }
  });

  test('says what it is', () => {
    expect(make()).toMatchObject({ name, weight: 10, every: 1 });
    expect(make({ weight: 0, every: 16, method: 'finiteDifferences' })).toMatchObject({ weight: 0, every: 16 });
  });

  test('asks of a discriminator what its method needs', async () => {
    const check = async (method: 'exact' | 'finiteDifferences', discriminator: LayersModel) =>
      make({ method }).check!('trainGan', discriminator);
    const stock = convCritic(() => layers.leakyReLU({ alpha: 0.2 }));
    const drawing = buildDiscriminator({ inputShape: [2], hidden: [2], dropout: 0.3 });
    await expect(check('exact', stock)).rejects.toThrow('trainGan: `discriminator` must have second derivatives');
    await check('exact', drawing);
    await expect(check('finiteDifferences', drawing)).rejects.toThrow('`discriminator` must judge without dropout');
    await check('finiteDifferences', stock);
    for (const each of [stock, drawing]) each.dispose();
  });

  test('refuses options out of range', () => {
    expect(() => make({ weight: -1 })).toThrow(`${make.name}: \`weight\` must be a number >= 0, received -1 (number).`);
    expect(() => make({ every: 0 })).toThrow(
      `${make.name}: \`every\` must be a positive integer, received 0 (number).`,
    );
    expect(() => make({ step: 0 })).toThrow(`${make.name}: \`step\` must be a positive number, received 0 (number).`);
    const method = JSON.parse('"guess"');
    expect(() => make({ method })).toThrow(
      `${make.name}: \`method\` must be one of 'exact', 'finiteDifferences', received 'guess' (string).`,
    );
  });
});

test('slopes are measured sample by sample', async () => {
  // At D(x) = |x|^2 / 2 the slope is x: lengths 5 and 13, where real and fake are one.
  const x = tensor([
    [[3], [4]],
    [[5], [12]],
  ]);
  const context = contextOf(bowl, x, x);
  expect(await numberIn(r1Penalty().compute(context))).toBeCloseTo((25 + 169) / 4, 3);
  expect(await numberIn(gradientPenalty().compute(context))).toBeCloseTo((4 ** 2 + 12 ** 2) / 2, 3);
  expect(await numberIn(gradientPenalty({ target: 5 }).compute(context))).toBeCloseTo((0 + 8 ** 2) / 2, 3);
  expect(await numberIn(gradientPenalty({ target: 0 }).compute(context))).toBeCloseTo((25 + 169) / 2, 3);
});

test('finite differences go a step of 0.1 forth and back, unless told otherwise', async () => {
  // D(x) = x^3 at 1: ((1 + h)^3 - (1 - h)^3) / 2h = 3 + h^2.
  const cube = (samples: Tensor) => pow(samples, 3);
  const context = contextOf(cube, tensor([[1]]), tensor([[1]]));
  const near = gradientPenalty({ method: 'finiteDifferences' }).compute(context);
  expect(await numberIn(near)).toBeCloseTo(2.01 ** 2, 3);
  const far = gradientPenalty({ method: 'finiteDifferences', step: 0.5 }).compute(context);
  expect(await numberIn(far)).toBeCloseTo(2.25 ** 2, 3);
});

test('r1 looks at real samples and r2 at fakes', async () => {
  const context = contextOf(bowl, tensor([[2, 0]]), tensor([[0, 6]]));
  expect(await numberIn(r1Penalty().compute(context))).toBeCloseTo(2, 5);
  expect(await numberIn(r2Penalty().compute(context))).toBeCloseTo(18, 5);
});

test('of several logits for a sample, the sum counts', async () => {
  const twice = (samples: Tensor) => mul(samples, tensor([3, 4]));
  for (const method of ['exact', 'finiteDifferences'] as const) {
    const term = gradientPenalty({ method }).compute(contextOf(twice, normal([5, 2], 1), normal([5, 2], 2)));
    expect(await numberIn(term)).toBeCloseTo(16, 2);
  }
});

/** The samples at which an exact penalty looks at the slope. */
async function judgedBy(penalty: Penalty, real: Tensor, fake: Tensor): Promise<Float32Array> {
  const seen: Promise<Float32Array>[] = [];
  const judge = (samples: Tensor) => {
    seen.push(samples.data<'float32'>());
    return sum(samples, 1, true) as Tensor;
  };
  const context = { ...contextOf(bowl, real, fake), judge };
  const term: Scalar = penalty.compute(context);
  term.dispose();
  expect(seen).toHaveLength(1);
  return Float32Array.from(await seen[0]!);
}

test('gradientPenalty looks between a real sample and its fake, evenly', async () => {
  const count = 3000;
  const [real, fake] = [normal([count, 2], 1), normal([count, 2], 2)];
  const judged = await judgedBy(gradientPenalty(), real, fake);
  const [from, to] = [await real.data(), await fake.data()];
  const share = (index: number) => (judged[index]! - from[index]!) / (to[index]! - from[index]!);
  const shares: number[] = [];
  for (let sample = 0; sample < count; sample += 1) {
    // Where two coordinates hardly differ, their quotient is rounding.
    if (Math.min(...[0, 1].map((axis) => Math.abs(to[2 * sample + axis]! - from[2 * sample + axis]!))) < 0.05) continue;
    expect(Math.abs(share(2 * sample) - share(2 * sample + 1))).toBeLessThan(1e-3);
    shares.push(share(2 * sample));
  }
  shares.sort((one, other) => one - other);
  // The largest distance from the uniform distribution; above 1.63 / sqrt(n) once in a hundred seeds.
  const apart = Math.max(...shares.map((each, index) => Math.abs(each - (index + 0.5) / shares.length)));
  expect(apart).toBeLessThan(1.63 / Math.sqrt(shares.length));
  expect(() => gradientPenalty().compute(contextOf(bowl, normal([3, 2], 1), normal([2, 2], 2)))).toThrow(
    "gradientPenalty: `samples` must have one shape, real and fake, received '[3,2] beside [2,2]' (string).",
  );
});

test('dragan looks around real samples, as far as they scatter', async () => {
  const real = mul(normal([4000, 2], 1), 3);
  const from = await real.data();
  for (const [options, spread] of [
    [{}, 0.5],
    [{ spread: 0.1 }, 0.1],
  ] as const) {
    const moved = (await judgedBy(draganPenalty(options), real, real)).map((each, index) => each - from[index]!);
    const deviation = Math.sqrt(moved.reduce((total, each) => total + each ** 2, 0) / moved.length);
    const mean = moved.reduce((total, each) => total + each, 0) / moved.length;
    // The values scatter by 3; of 8000 numbers the deviation is known to 0.8%, the mean to 1.1% of the deviation.
    expect(Math.abs(deviation / (3 * spread) - 1)).toBeLessThan(0.04);
    expect(Math.abs(mean)).toBeLessThan(0.05 * 3 * spread);
  }
  expect(() => draganPenalty({ spread: 0 })).toThrow(
    'draganPenalty: `spread` must be a positive number, received 0 (number).',
  );
  expect(() => draganPenalty({ target: -1 })).toThrow('draganPenalty: `target` must be a number >= 0');
});
