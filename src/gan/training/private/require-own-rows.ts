import { add, mean, mul, type Scalar, slice, square, sub, type Tensor, tidy } from '@tensorflow/tfjs-core';
import { refuse } from '../../../internal/require.js';
import { latentNoise } from '../../../random/latent-noise.js';
import { createRng } from '../../../random/rng.js';
import { nonSaturatingLoss } from '../../losses/non-saturating-loss.js';
import type { GanOptions } from '../options/gan-options.js';

/** Samples that are tried. */
const tried = 3;

/**
 * Refuses a discriminator, a loss or a penalty in which samples of a batch know of each other: of all three the value for a batch has to
 * be the mean of those for its samples alone, or one sample would move the gradients of others, which no clipping bounds. Tried
 * on samples of noise.
 */
export async function requireOwnRows(where: string, options: GanOptions): Promise<void> {
  const { discriminator, loss = nonSaturatingLoss(), penalties = [] } = options;
  const shape = discriminator.inputs[0]!.shape.slice(1) as number[];
  const judge = (samples: Tensor) => discriminator.apply(samples, { training: false }) as Tensor;
  const counted = penalties.filter(({ weight }) => weight > 0);
  const measures: [string, string, (real: Tensor, fake: Tensor, rng: ReturnType<typeof createRng>) => Scalar][] = [
    ['discriminator', 'judge each sample by itself', (real) => mean<Scalar>(square(judge(real)))],
    ['loss', 'be a mean over samples, each by itself', (real, fake) => loss.discriminator(judge(real), judge(fake))],
    ...counted.map((penalty): (typeof measures)[number] => [
      `penalties: ${penalty.name}`,
      'be a mean over samples, each by itself',
      (real, fake, rng) =>
        penalty.compute({ real, fake, realLogits: judge(real), fakeLogits: judge(fake), judge, rng }),
    ]),
  ];
  for (const [name, rule, measure] of measures) {
    const [difference, size] = await tidyNumbers(() => compare(shape, measure));
    if (!(Math.abs(difference) <= 1e-3 * Math.max(1e-3, Math.abs(size)))) {
      refuse(
        where,
        name,
        `${rule}, beside \`privacy\`: a batch gives another value than its samples alone`,
        difference,
      );
    }
  }
}

function compare(
  shape: readonly number[],
  measure: (real: Tensor, fake: Tensor, rng: ReturnType<typeof createRng>) => Scalar,
): [Scalar, Scalar] {
  const samples = createRng(1).stream('samples');
  const [real, fake] = [latentNoise(samples, [tried, ...shape]), latentNoise(samples, [tried, ...shape])];
  const together = mul<Scalar>(measure(real, fake, createRng(2)), tried);
  // One stream for all, so that each draws what it drew together.
  const rng = createRng(2);
  let alone: Scalar | undefined;
  for (let row = 0; row < tried; row += 1) {
    const value = measure(slice(real, row, 1), slice(fake, row, 1), rng);
    alone = alone ? add<Scalar>(alone, value) : value;
  }
  return [sub(together, alone!), together];
}

async function tidyNumbers(run: () => [Scalar, Scalar]): Promise<[number, number]> {
  const both = tidy(run);
  try {
    const [first, second] = await Promise.all(both.map((each) => each.data()));
    return [first![0]!, second![0]!];
  } finally {
    for (const each of both) each.dispose();
  }
}
