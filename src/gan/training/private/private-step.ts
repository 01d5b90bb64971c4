import {
  add,
  where as choose,
  clone,
  concat,
  div,
  equal,
  keep,
  matMul,
  maximum,
  mul,
  type NamedTensorMap,
  reshape,
  slice,
  sqrt,
  square,
  sub,
  sum,
  type Tensor,
  type Tensor1D,
  tensor,
  tidy,
  zeros,
  zerosLike,
} from '@tensorflow/tfjs-core';
import { keepState } from '../../../nn/gradients/keep-state.js';
import type { Rng } from '../../../random/rng.js';
import type { Penalty } from '../../penalties/penalty.js';
import { forward, type Player, takeUpdate } from '../game/gan-player.js';
import { judgeRound, type Round, type Rules, type SeenRound } from '../game/gan-step.js';
import type { RowGradient } from './row-gradients.js';

/** How updates are kept private. */
export interface PrivateRules {
  readonly clipNorm: number;
  readonly noiseMultiplier: number;
  /** Samples in a batch on average, by which the sum is divided: the number that came would tell. */
  readonly expected: number;
  /** The stream of the noise. */
  readonly noise: Rng;
  readonly gradients: RowGradient;
}

/**
 * One private update of the discriminator (Abadi et al., "Deep Learning with Differential Privacy", 2016, algorithm 1).
 *
 *     (sum over rows of g min(1, clipNorm / |g|) + noiseMultiplier clipNorm e) / expected,   e standard normal
 *
 * with g the gradient of a row's whole loss, penalties included, beside one fake, over all variables. What is not finite in g counts as 0.
 *
 * @returns `[3 + P]`, as `discriminatorStep`; 0 where no row was drawn.
 */
export function privateDiscriminatorStep(
  rules: Rules,
  round: Round,
  penalties: readonly Penalty[],
  privacy: PrivateRules,
): Tensor1D {
  return tidy(() => {
    const { discriminator } = rules;
    const rows = round.real.shape[0]!;
    let sums = discriminator.trained.map(({ shape }) => zeros(shape));
    let measured: Tensor1D = zeros([3 + penalties.length]);
    const seen = rows === 0 ? undefined : seenRound(rules, round);
    for (let from = 0; seen && from < rows; from += privacy.gradients.most) {
      const count = Math.min(privacy.gradients.most, rows - from);
      const piece = { real: rowsOf(seen.real, from, count), fake: rowsOf(seen.fake, from, count) };
      const next = tidy(() => pieceOf(rules, piece, penalties, privacy));
      sums = sums.map((before, place) => add(before, next.sums[place]!));
      measured = add(measured, mul(next.measured, count / rows));
    }
    takeUpdate(discriminator, {
      value: reshape(slice(measured, 0, 1), []),
      grads: noisyMean(discriminator, sums, privacy),
    });
    return measured;
  });
}

function seenRound(rules: Rules, { real, noise }: Round): SeenRound {
  const { generator, see } = rules;
  return { real: see(real), fake: see(keepState(generator.state, () => forward(generator, noise))) };
}

function rowsOf(samples: Tensor, from: number, count: number): Tensor {
  return slice(samples, from, count);
}

function pieceOf(rules: Rules, seen: SeenRound, penalties: readonly Penalty[], { clipNorm, gradients }: PrivateRules) {
  const measured: Tensor[] = [];
  const loss = () => judgeRound(rules, seen, penalties, (each) => measured.push(keep(clone(each))));
  try {
    const grads = gradients.of(seen.real.shape[0]!, loss);
    return {
      sums: clippedSums(grads, clipNorm),
      measured: concat(measured.map((each) => reshape(each, [1]))) as Tensor1D,
    };
  } finally {
    for (const each of measured) each.dispose();
  }
}

/** For each variable the sum over rows of gradients `[B, …]` that are shortened to a common length, over all variables. */
export function clippedSums(gradients: readonly Tensor[], clipNorm: number): Tensor[] {
  return tidy(() => {
    // A number less itself is 0, but for NaN and infinity.
    const finite = gradients.map((each) => choose(equal(sub(each, each), 0), each, zerosLike(each)));
    const flat = finite.map((each) => reshape(each, [each.shape[0]!, -1]));
    const squares = flat.map((each) => sum(square(each), 1)).reduce((total, each) => add(total, each));
    const factors = reshape(div(clipNorm, maximum(sqrt(squares), clipNorm)), [1, -1]);
    return flat.map((each, place) => reshape(matMul(factors, each), gradients[place]!.shape.slice(1)));
  });
}

function noisyMean({ trained }: Player, sums: readonly Tensor[], privacy: PrivateRules): NamedTensorMap {
  const { noise, noiseMultiplier, clipNorm, expected } = privacy;
  return Object.fromEntries(
    trained.map(({ name, shape, size }, place) => {
      const drawn = tensor(noise.fillNormal(new Float32Array(size)), shape);
      return [name, div(add(sums[place]!, mul(drawn, noiseMultiplier * clipNorm)), expected)];
    }),
  );
}
