import { requireRange } from '../../internal/require.js';
import { restoreScaler } from './restore-scaler.js';
import type { Scaler } from './scaler.js';

/**
 * Scales bytes of grey or colour, 0 to 255, to the range of a generator's last activation, and what it draws back to bytes.
 *
 *     scaled = low + (high - low) * pixel / 255
 *
 * @param range - `[-1, 1]` for tanh, `[0, 1]` for sigmoid. Default `[-1, 1]`.
 * @returns A scaler of images `[N, H, W]` or `[N, H, W, C]`. `apply` refuses what is no whole number from 0 to 255, as in images
 *   that are scaled already; `invert` rounds, and clips what lies outside. {@link scalePixels} does the first half at once.
 * @throws RangeError when `range` is not two rising finite numbers.
 * @example
 * const scaler = pixelScaler();
 * const scaled = await scaler.apply({ values: Uint8Array.of(0, 51, 255), shape: [1, 1, 3, 1] });
 * scaled.values; // Float32Array [-1, -0.6, 1]
 * (await scaler.invert(scaled)).values; // Uint8ClampedArray [0, 51, 255]
 */
export function pixelScaler(range: readonly [low: number, high: number] = [-1, 1]): Scaler {
  requireRange('pixelScaler', 'range', range);
  const [low, high] = range;
  const reach = high / 2 - low / 2;
  return restoreScaler({ offsets: [127.5], spreads: [127.5], centre: low + reach, reach, bytes: true });
}
