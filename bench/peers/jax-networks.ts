import { lax, nn, numpy as np, random } from '@jax-js/jax';
import type { ConvGan, DenseGan, GanWork } from '../rows/gan-work.js';

/** One network: initial weights, and a function that takes over (in jax-js's sense) both of its arguments. */
export interface Network {
  readonly weights: np.Array[];
  readonly apply: (weights: np.Array[], x: np.Array) => np.Array;
}

type Activation = (x: np.Array) => np.Array;

const leaky: Activation = (x) => nn.leakyRelu(x, 0.2);
const same: Activation = (x) => x;

/** The two networks of a row as jax-js functions; images are `[N, C, H, W]`, as it wants them. */
export function jaxNetworks(work: GanWork): { generator: Network; discriminator: Network } {
  if (work.kind === 'conv') return { generator: convGenerator(work), discriminator: convDiscriminator(work) };
  const last = work.outputActivation === 'sigmoid' ? nn.sigmoid : same;
  return { generator: denseStack(work.generator, nn.relu, last), discriminator: denseStack(work.discriminator, leaky) };
}

function denseStack(sizes: DenseGan['generator'], hidden: Activation, last = same): Network {
  const pairs = sizes.slice(1).map((units, index) => [sizes[index]!, units] as const);
  const weights = pairs.flatMap(([before, after]) => [glorot([before, after], before, after), np.zeros([after])]);
  const apply: Network['apply'] = (given, x) =>
    pairs.reduce((out, _, index) => {
      const mapped = np.matmul(out, given[2 * index]!).add(given[2 * index + 1]!);
      return index === pairs.length - 1 ? last(mapped) : hidden(mapped);
    }, x);
  return { weights, apply };
}

function convGenerator({ latentSize, generator: filters, sample, kernelSize: k }: ConvGan): Network {
  const [height, width, channels] = sample;
  const coarse = [filters[0]!, height / 2 ** filters.length, width / 2 ** filters.length];
  const units = coarse.reduce((product, size) => product * size, 1);
  const maps = [...filters.slice(1), channels].map((after, index) => [filters[index]!, after] as const);
  const weights = [glorot([latentSize, units], latentSize, units), np.ones([units]), np.zeros([units])];
  for (const [before, after] of maps) {
    weights.push(glorot([after, before, k, k], before * k * k, after * k * k), np.ones([after]), np.zeros([after]));
  }
  const apply: Network['apply'] = (given, x) => {
    const dense = nn.relu(batchNormalized(np.matmul(x, given[0]!), given[1]!, given[2]!, [0]));
    return maps.reduce(
      (out, [, after], index) => {
        const [kernel, scale, offset] = given.slice(3 + 3 * index) as [np.Array, np.Array, np.Array];
        const mapped = lax.convTranspose(out, kernel, [2, 2], 'SAME');
        const [a, b] = [scale.reshape([after, 1, 1]), offset.reshape([after, 1, 1])];
        // The last map has a bias and a sigmoid; its scale stays unused, a weight of one number.
        if (index === maps.length - 1) return nn.sigmoid(mapped.add(a.mul(0)).add(b));
        return nn.relu(batchNormalized(mapped, a, b, [0, 2, 3]));
      },
      dense.reshape([-1, ...coarse]),
    );
  };
  return { weights, apply };
}

function convDiscriminator({ discriminator: filters, sample, kernelSize: k }: ConvGan): Network {
  const [height, width, channels] = sample;
  const pairs = filters.map((after, index) => [index === 0 ? channels : filters[index - 1]!, after] as const);
  const weights = pairs.flatMap(([before, after]) => [
    glorot([after, before, k, k], before * k * k, after * k * k),
    np.zeros([after, 1, 1]),
  ]);
  const features = (filters.at(-1)! * height * width) / 4 ** filters.length;
  weights.push(glorot([features, 1], features, 1), np.zeros([1]));
  const apply: Network['apply'] = (given, x) => {
    const maps = pairs.reduce(
      (out, _, index) => leaky(lax.conv(out, given[2 * index]!, [2, 2], 'SAME').add(given[2 * index + 1]!)),
      x,
    );
    return np.matmul(maps.reshape([-1, features]), given.at(-2)!).add(given.at(-1)!);
  };
  return { weights, apply };
}

function batchNormalized(x: np.Array, scale: np.Array, offset: np.Array, axes: number[]): np.Array {
  const centred = x.ref.sub(np.mean(x, axes, { keepdims: true }));
  const variance = np.mean(np.square(centred.ref), axes, { keepdims: true });
  return centred
    .div(np.sqrt(variance.add(1e-3)))
    .mul(scale)
    .add(offset);
}

let drawn = 0;

function glorot(shape: number[], fanIn: number, fanOut: number): np.Array {
  const limit = Math.sqrt(6 / (fanIn + fanOut));
  drawn += 1;
  return random.uniform(random.key(drawn), shape, { minval: -limit, maxval: limit });
}
