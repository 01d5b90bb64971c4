import type { Sheet } from '../services.js';
import { pictureSide } from '../settings.js';

/** Lays pictures, one behind the other from 0 to 1 in one channel or three, out in rows. */
export function layOut(values: ArrayLike<number>, channels: number, columns: number): Sheet {
  const size = pictureSide * pictureSide * channels;
  const count = Math.floor(values.length / size);
  const rows = Math.ceil(count / columns);
  const width = columns * pictureSide;
  const pixels = new Uint8ClampedArray(width * rows * pictureSide * 4).fill(255);
  for (let picture = 0; picture < count; picture += 1) {
    const left = (picture % columns) * pictureSide;
    const top = Math.floor(picture / columns) * pictureSide;
    for (let at = 0; at < pictureSide * pictureSide; at += 1) {
      const row = top + Math.floor(at / pictureSide);
      const to = 4 * (row * width + left + (at % pictureSide));
      const from = picture * size + at * channels;
      for (let c = 0; c < 3; c += 1) pixels[to + c] = 255 * values[from + (channels === 3 ? c : 0)]!;
    }
  }
  return { pixels, columns, rows };
}
