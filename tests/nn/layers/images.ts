import * as tf from '@tensorflow/tfjs-core';
import type { layers } from '@tensorflow/tfjs-layers';

/** `[rows][columns]` of one image with one channel. */
export type Image = readonly (readonly number[])[];

/** What a layer makes of one image with one channel. */
export async function applied(layer: layers.Layer, image: Image): Promise<number[][]> {
  const result = tf.tidy(() => {
    const output = layer.apply(tf.tensor4d(image.flat(), [1, image.length, image[0]!.length, 1])) as tf.Tensor4D;
    return tf.reshape(output, [output.shape[1], output.shape[2]]) as tf.Tensor2D;
  });
  const values = await result.array();
  result.dispose();
  return values;
}

/** The gradient by one image of the sum of what a layer makes of it, each output times its `weights`. */
export async function gradientOf(layer: layers.Layer, image: Image, weights: Image): Promise<number[][]> {
  const shape = (of: Image): [number, number, number, number] => [1, of.length, of[0]!.length, 1];
  const slope = tf.tidy(() => {
    const upstream = tf.tensor4d(weights.flat(), shape(weights));
    const gradient = tf.grad((x: tf.Tensor) => layer.apply(x) as tf.Tensor)(
      tf.tensor4d(image.flat(), shape(image)),
      upstream,
    );
    return tf.reshape(gradient, [image.length, image[0]!.length]) as tf.Tensor2D;
  });
  const values = await slope.array();
  slope.dispose();
  return values;
}
