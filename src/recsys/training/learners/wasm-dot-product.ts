import { decodeModule } from '../../../kernels/wasm/module/decode-module.js';
import { moduleBytes } from '../../../kernels/wasm/module/dot-product-bytes.js';
import { type DotProductTrainer, type DotProductWeights, nonFiniteOf } from './dot-product-pass.js';

type Routine = (
  ...[size, users, items, userBiases, itemBiases, bias, sampleUsers, sampleItems, labels, count]: number[]
) => void;

/** Weights of more bytes stay in JavaScript's memory: a copy of them would hurt more than speed gains. */
const mostBytes = 2 ** 30;
const pageBytes = 2 ** 16;

/** A trainer whose weights live in a WebAssembly memory of its own; undefined where the platform grants none. */
export async function createWasmDotProduct(
  weights: DotProductWeights,
  blockSize: number,
): Promise<DotProductTrainer | undefined> {
  const layout = layOut(weights, blockSize);
  if (layout.bytes > mostBytes) return undefined;
  try {
    const memory = new WebAssembly.Memory({ initial: Math.ceil(layout.bytes / pageBytes), maximum: 65536 });
    const { instance } = await WebAssembly.instantiate(await decodeModule(moduleBytes), { env: { memory } });
    return bind(weights, layout, memory.buffer, instance.exports.dotProductPass as Routine);
  } catch {
    // No WebAssembly, none with vectors, none allowed by the page's policy, or no memory left.
    return undefined;
  }
}

/** Places in the memory, in bytes. */
interface Layout {
  /** Floats from one vector to the next: a multiple of 8, what is beyond the vector being zero. */
  readonly stride: number;
  readonly users: number;
  readonly items: number;
  readonly userBiases: number;
  readonly itemBiases: number;
  readonly bias: number;
  readonly sampleUsers: number;
  readonly sampleItems: number;
  readonly labels: number;
  readonly likelihood: number;
  readonly bytes: number;
}

function layOut({ size, userBiases, itemBiases }: DotProductWeights, blockSize: number): Layout {
  const stride = 8 * Math.ceil(size / 8);
  let bytes = 0;
  const take = (count: number) => {
    const place = bytes;
    bytes += 16 * Math.ceil(count / 4);
    return place;
  };
  return {
    stride,
    users: take(userBiases.length * stride),
    items: take(itemBiases.length * stride),
    userBiases: take(userBiases.length),
    itemBiases: take(itemBiases.length),
    bias: take(1),
    sampleUsers: take(blockSize),
    sampleItems: take(blockSize),
    labels: take(blockSize),
    likelihood: take(4),
    bytes,
  };
}

function bind(weights: DotProductWeights, layout: Layout, buffer: ArrayBuffer, routine: Routine): DotProductTrainer {
  const pairs = pairUp(weights, layout, buffer);
  for (const { host, copy, from, to } of pairs) copyRows(host, from, copy, to);
  const likelihood = new Float64Array(buffer, layout.likelihood, 2);
  const { users, items, userBiases, itemBiases, bias, sampleUsers, sampleItems, labels } = layout;
  const places = [layout.stride, users, items, userBiases, itemBiases, bias, sampleUsers, sampleItems, labels];
  return {
    pass: (samples, { learningRate, regularization }) => {
      const count = samples.users.length;
      new Int32Array(buffer, sampleUsers).set(samples.users);
      new Int32Array(buffer, sampleItems).set(samples.items);
      new Float32Array(buffer, labels).set(samples.labels);
      routine(...places, count, learningRate, 1 - learningRate * regularization, layout.likelihood);
      return 100 * Math.LN10 * likelihood[1]! - Math.log(likelihood[0]!);
    },
    findNonFinite: () => nonFiniteOf(pairs.map(({ copy }) => copy)),
    writeBack: () => {
      for (const { host, copy, from, to } of pairs) copyRows(copy, to, host, from);
    },
  };
}

interface Pair {
  readonly host: Float32Array;
  readonly copy: Float32Array;
  /** Floats of a row of the host. */
  readonly from: number;
  /** Floats of a row of the copy. */
  readonly to: number;
}

function pairUp(weights: DotProductWeights, layout: Layout, buffer: ArrayBuffer): Pair[] {
  const { size, users, items, userBiases, itemBiases, bias } = weights;
  const pair = (host: Float32Array, place: number, from = 1, to = 1): Pair => {
    return { host, copy: new Float32Array(buffer, place, (host.length / from) * to), from, to };
  };
  return [
    pair(users, layout.users, size, layout.stride),
    pair(items, layout.items, size, layout.stride),
    pair(userBiases, layout.userBiases),
    pair(itemBiases, layout.itemBiases),
    pair(bias, layout.bias),
  ];
}

function copyRows(source: Float32Array, sourceSize: number, target: Float32Array, targetSize: number): void {
  if (sourceSize === targetSize) {
    target.set(source);
    return;
  }
  const width = Math.min(sourceSize, targetSize);
  for (let row = 0; row * sourceSize < source.length; row += 1) {
    const values = source.subarray(row * sourceSize, row * sourceSize + width);
    target.set(values, row * targetSize);
  }
}
