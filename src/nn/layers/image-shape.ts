import type { Shape } from '@tensorflow/tfjs-layers';
import { refuse } from '../../internal/require.js';

/** `[B, H, W, C]` of a layer's input; sizes that are open are null. */
export type ImageShape = readonly [number | null, number | null, number | null, number | null];

/** The shape of a layer's one input, which must be a batch of images. */
export function imageShape(where: string, inputShape: Shape | Shape[]): ImageShape {
  const shape = (Array.isArray(inputShape[0]) ? inputShape[0] : inputShape) as Shape;
  if (shape.length !== 4) refuse(where, 'inputs', 'have the shape [B, H, W, C]', shape);
  const [batch = null, height = null, width = null, channels = null] = shape;
  return [batch, height, width, channels];
}

/** One size for rows and columns, or one for each. */
export type Pair = number | readonly [rows: number, columns: number];

/** Rows and columns of a {@link Pair} of integers that are at least `least`. */
export function pairOf(where: string, name: string, value: Pair, least = 1): [number, number] {
  const pair = typeof value === 'number' ? [value, value] : value;
  const whole = Array.isArray(pair) && pair.length === 2 && pair.every((each) => Number.isSafeInteger(each));
  if (!whole || pair.some((each) => each < least)) {
    refuse(where, name, `be an integer of at least ${least}, or two of them`, value);
  }
  return [pair[0]!, pair[1]!];
}
