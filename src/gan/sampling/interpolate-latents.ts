import {
  add,
  atan2,
  where as choose,
  div,
  less,
  linspace,
  mul,
  norm,
  type Rank,
  reshape,
  sin,
  sub,
  type Tensor,
  type Tensor2D,
  tidy,
} from '@tensorflow/tfjs-core';
import { type OptionNames, requireOptions } from '../../internal/options.js';
import { refuse, requireOneOf, requireWholeNumber } from '../../internal/require.js';
import { requireTensor } from '../../internal/require-tensor.js';

type Options = NonNullable<Parameters<typeof interpolateLatents>[2]>;

/**
 * Points on the way from one latent vector to another, to see what a generator makes of what lies between two samples.
 *
 *     linear:    (1 - t) from + t to                                             for t = 0, 1 / (steps - 1), …, 1
 *     spherical: sin((1 - t) omega) / sin(omega) from + sin(t omega) / sin(omega) to,   omega the angle between them
 *
 * Where the two point the same way, or opposite ways, no great circle is singled out, and the path is linear.
 *
 * @param from - `[Z]`, or `[B, Z]` for several paths at once.
 * @param to - The shape of `from`; row `i` is where path `i` ends.
 * @returns `[steps, Z]`, or `[B * steps, Z]`, one path after the other, float32: what a generator takes. The caller disposes it.
 * @throws RangeError when the shapes are not the same or `steps` is not an integer of at least 2.
 * @see White, "Sampling Generative Networks" (2016)
 * @example
 * const quarter = interpolateLatents(tensor1d([2, 0]), tensor1d([0, 2]), { steps: 3 });
 * quarter; // [[2, 0], [1.41421, 1.41421], [0, 2]]
 * @example
 * const ends = randomNormal([2, 8]);
 * const path = interpolateLatents(slice(ends, 0, 1), slice(ends, 1, 1), { steps: 5 });
 * (generator.predict(path) as Tensor).shape; // [5, 4, 4, 1]
 */
export function interpolateLatents(
  from: Tensor,
  to: Tensor,
  options: {
    /** Points of each path, both ends included, >= 2. */
    readonly steps: number;
    /**
     * `'spherical'`: along the great circle, so that the lengths in between lie between those of the ends, as the noise has
     * them that a generator was trained with. `'linear'`: along the straight line, which in many dimensions passes where
     * training noise never is. Default `'spherical'`.
     */
    readonly path?: 'spherical' | 'linear';
  },
): Tensor2D {
  requireOptions(where, options, optionNames);
  const { steps, path = 'spherical' } = options ?? {};
  checkArguments(from, to, steps);
  requireOneOf(where, 'path', ['spherical', 'linear'], path);
  return tidy(() => {
    const size = from.shape.at(-1)!;
    const [start, end] = [from, to].map((each) => reshape(each, [-1, 1, size]));
    const share = reshape(linspace(0, 1, steps), [1, steps, 1]);
    const [ofStart, ofEnd] = path === 'linear' ? [sub(1, share), share] : sphericalShares(start!, end!, share);
    return reshape<Rank.R2>(add(mul(ofStart, start!), mul(ofEnd, end!)), [-1, size]);
  });
}

function sphericalShares(start: Tensor, end: Tensor, share: Tensor): [Tensor, Tensor] {
  const [p, q] = [unit(start), unit(end)];
  // Precise for all angles, where the arc cosine of a product is not for small ones.
  const angle = mul(2, atan2(norm(sub(p, q), 'euclidean', -1, true), norm(add(p, q), 'euclidean', -1, true)));
  const sine = sin(angle);
  const shareOf = (part: Tensor) => choose(less(sine, 1e-4), add(part, mul(0, sine)), div(sin(mul(part, angle)), sine));
  return [shareOf(sub(1, share)), shareOf(share)];
}

function unit(x: Tensor): Tensor {
  return div(x, add(norm(x, 'euclidean', -1, true), 1e-12));
}

const where = 'interpolateLatents';
const optionNames: OptionNames<Options> = { steps: true, path: true };

function checkArguments(from: Tensor, to: Tensor, steps: unknown): void {
  for (const [name, latents] of [['from', from] as const, ['to', to] as const]) {
    requireTensor(where, name, latents);
  }
  if (from.rank !== 1 && from.rank !== 2) refuse(where, 'from', 'have the shape [Z] or [B, Z]', from.shape);
  if (from.shape.join() !== to.shape.join()) {
    refuse(where, 'to', `have the shape of \`from\`, [${from.shape.join(', ')}]`, to.shape);
  }
  requireWholeNumber(where, 'steps', steps, 2);
}
