import type { ArrayData } from 'minimart';
import type { Pictures } from '../services.js';
import { pictureSide } from '../settings.js';

/** From bytes to numbers from 0 to 1, over and over until a batch can be filled. */
export function toData({ bytes, count, channels }: Pictures, atLeast: number): ArrayData {
  const times = Math.ceil(atLeast / count);
  const values = new Float32Array(times * bytes.length);
  for (let at = 0; at < values.length; at += 1) values[at] = bytes[at % bytes.length]! / 255;
  return { values, shape: [times * count, pictureSide, pictureSide, channels] };
}

/** The first pictures, over again where there are fewer. */
export function someOf({ bytes, count, channels }: Pictures, wanted: number): ArrayData {
  const size = bytes.length / count;
  const values = Float32Array.from({ length: wanted * size }, (_, at) => bytes[at % bytes.length]! / 255);
  return { values, shape: [wanted, pictureSide, pictureSide, channels] };
}
