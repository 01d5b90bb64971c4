import * as tf from '@tensorflow/tfjs-core';
import { type BackendOptions, useBackend, wasmKernels } from 'minimart';
import type { ConformanceCheck } from './conformance-check.js';
import { HostValues } from './host-values.js';

type Images = tf.Tensor4D;
type Work = (values: HostValues) => tf.Tensor | tf.Tensor[];

/** Kernels that are split over threads, at sizes that are, with edges that fill no tile. */
const works: Readonly<Record<string, Work>> = {
  'product, many rows': (values) => tf.matMul(values.tensor([331, 97]), values.tensor([97, 83])),
  'product, many columns': (values) => tf.matMul(values.tensor([30, 353]), values.tensor([353, 402])),
  'product of transposed operands': (values) => [
    tf.matMul(values.tensor([350, 203]), values.tensor([350, 101]), true, false),
    tf.matMul(values.tensor([203, 350]), values.tensor([101, 350]), false, true),
    tf.matMul(values.tensor([350, 203]), values.tensor([101, 350]), true, true),
  ],
  'products in batches': (values) => [
    tf.matMul(values.tensor([150, 21, 40]), values.tensor([150, 40, 30])),
    tf.matMul(values.tensor([2, 101, 140]), values.tensor([140, 130])),
  ],
  'fused product': (values) =>
    tf.fused.matMul({
      a: values.tensor([301, 130]) as tf.Tensor2D,
      b: values.tensor([130, 259]) as tf.Tensor2D,
      bias: values.tensor([259]),
      activation: 'leakyrelu',
      leakyreluAlpha: 0.2,
    }),
  'convolution and its gradients': (values) =>
    gradients(
      [
        [9, 15, 13, 12],
        [4, 3, 12, 25],
      ],
      values,
      (x, filter) => tf.conv2d(x as Images, filter as Images, 2, 'same'),
    ),
  'convolution of one image': (values) =>
    tf.conv2d(values.tensor([1, 40, 41, 7]) as Images, values.tensor([3, 3, 7, 33]) as Images, 1, 1),
  'transposed convolution and its gradients': (values) =>
    gradients(
      [
        [7, 9, 8, 21],
        [4, 4, 11, 21],
      ],
      values,
      (x, filter) => tf.conv2dTranspose(x as Images, filter as Images, [7, 18, 16, 11], 2, 'same'),
    ),
  'depthwise convolution and its gradients': (values) =>
    gradients(
      [
        [8, 40, 40, 9],
        [3, 3, 9, 2],
      ],
      values,
      (x, filter) => tf.depthwiseConv2d(x as Images, filter as Images, 1, 'same'),
    ),
  sums: (values) => {
    const x = values.tensor([37, 113, 71]);
    // Of 33 columns, one stays for the last thread.
    const narrow = values.tensor([3001, 33]);
    return [
      tf.sum(narrow, 0),
      tf.sum(x, 0),
      tf.sum(x, 1),
      tf.sum(x, 2),
      tf.mean(x, [0, 1]),
      tf.mean(x, [1, 2]),
      tf.sum(x),
    ];
  },
  'leaky relu': (values) => tf.leakyRelu(values.tensor([297_003]), 0.1),
  'gradient of a rectifier': (values) => {
    const [upstream, x] = [values.tensor([297_003]), values.tensor([297_003])];
    const name = 'MinimartRectifierGradient';
    return tf.getKernel(name, tf.getBackend())
      ? [tf.engine().runKernel(name, { upstream, x }, { alpha: 0.1 })].flat()
      : [];
  },
  'batch normalization': (values) => {
    const [mean, variance, offset, scale] = [1, 2, 3, 4].map(() => values.tensor([43], 0.1, 1) as tf.Tensor1D);
    return tf.batchNorm(values.tensor([6, 31, 41, 43]), mean!, variance!, offset, scale, 1e-3);
  },
  'repeated numbers': (values) => [
    tf.tile(values.tensor([1, 133]), [3001, 1]),
    tf.tile(values.tensor([1501, 1, 133]), [1, 2, 1]),
  ],
  Adam: (values) => {
    const [value, m, gradient] = [1, 2, 3].map(() => values.tensor([250_003]));
    const v = values.tensor([250_003], 0, 1);
    const attributes = {
      learningRate: 0.01,
      beta1: 0.5,
      beta2: 0.999,
      epsilon: 1e-7,
      correction1: 0.5,
      correction2: 1e-3,
    };
    const name = 'MinimartAdam';
    if (!tf.getKernel(name, tf.getBackend())) return [];
    return [tf.engine().runKernel(name, { value: value!, m: m!, v, gradient: gradient! }, attributes)]
      .flat()
      .concat(m!, v);
  },
  'best scores': (values) => {
    const inputs = { queries: values.tensor([203, 24]), items: values.tensor([1501, 24]), bias: values.tensor([1501]) };
    if (!tf.getKernel('MinimartTopScores', tf.getBackend())) return [];
    return [tf.engine().runKernel('MinimartTopScores', inputs, { count: 7 })].flat();
  },
};

function gradients(
  shapes: number[][],
  values: HostValues,
  run: (x: tf.Tensor, y: tf.Tensor) => tf.Tensor,
): tf.Tensor[] {
  const [x, y] = shapes.map((shape) => values.variable(shape)) as [tf.Variable, tf.Variable];
  const output = run(x, y);
  const weights = values.tensor(output.shape);
  const { grads } = tf.variableGrads(() => tf.sum(tf.mul(run(x, y), weights)), [x, y]);
  const results = [output, ...[x, y].map(({ name }) => grads[name]!.clone())];
  tf.dispose([x, y]);
  return results;
}

function joined(
  parts: readonly { readonly length: number; slice(): { readonly buffer: ArrayBufferLike } }[],
): Uint8Array {
  const bytes = parts.map((part) => new Uint8Array(part.slice().buffer));
  const all = new Uint8Array(bytes.reduce((sum, { length }) => sum + length, 0));
  let place = 0;
  for (const each of bytes) {
    all.set(each, place);
    place += each.length;
  }
  return all;
}

/** What each piece of work gives on so many threads; all of it, since threads are started anew for it. */
async function bitsOn(options: BackendOptions): Promise<Record<string, Uint8Array>> {
  await useBackend('wasm', options);
  const bits: Record<string, Uint8Array> = {};
  for (const [name, work] of Object.entries(works)) {
    const results = [tf.tidy(() => [work(new HostValues(16))].flat())].flat();
    const values = await Promise.all(results.map((result) => result.data()));
    tf.dispose(results);
    bits[name] = joined(values);
  }
  return bits;
}

const counts = [1, 2, 3, 7];
/** One evaluation for all rows. */
let evaluated: Promise<{ readonly threads: number; readonly bits: Record<string, Uint8Array> }[]> | undefined;

async function evaluate(): Promise<{ readonly threads: number; readonly bits: Record<string, Uint8Array> }[]> {
  const outcomes: { readonly threads: number; readonly bits: Record<string, Uint8Array> }[] = [];
  // Most first: a backend that starts with one thread has memory that others cannot share.
  for (const threads of [...counts].reverse()) {
    const bits = await bitsOn({ threads });
    outcomes.push({ threads: wasmKernels()?.threads ?? 1, bits });
  }
  return outcomes;
}

function isShared(): boolean {
  const { wasm } = tf.backend() as { wasm?: { asm?: { memory?: WebAssembly.Memory } } };
  const buffer = wasm?.asm?.memory?.buffer;
  return typeof SharedArrayBuffer !== 'undefined' && buffer instanceof SharedArrayBuffer;
}

/** On wasm the number of threads changes no bit. Where there is one thread only, there is nothing to see. */
export const threadChecks: readonly ConformanceCheck[] = Object.keys(works).map((name) => ({
  name: `the same bits on 1, 2, 3 and 7 threads: ${name}`,
  async run(backend) {
    await useBackend(backend);
    // Nor where memory is not shared: on one core, in pages that are not isolated, and in tfjs's own threaded build.
    if (backend !== 'wasm' || !isShared()) return;
    evaluated ??= evaluate();
    const outcomes = await evaluated;
    const alone = outcomes.at(-1)!.bits[name]!;
    for (const { threads, bits } of outcomes) {
      const at = bits[name]!.findIndex((byte, index) => byte !== alone[index]);
      if (at >= 0 || bits[name]!.length !== alone.length) throw new Error(`byte ${at} differs on ${threads} threads`);
    }
  },
}));
