import { fileURLToPath } from 'node:url';
import { loadImages } from '../../../examples/fashion/load-images.js';
import type { MadeData } from './made-data.js';

/** Test images of Fashion-MNIST at half their size, `[N, 14, 14, 1]`, 0 to 1: the first `count`. */
export async function smallGarments(count = 10_000): Promise<MadeData> {
  const folder = fileURLToPath(new URL('../../../examples/data/fashion-mnist', import.meta.url));
  const { images, labels } = await loadImages(folder);
  const values = new Float32Array(count * 14 * 14);
  for (let index = 0; index < values.length; index += 1) {
    const [image, pixel] = [Math.floor(index / 196), index % 196];
    const corner = image * 784 + 56 * Math.floor(pixel / 14) + 2 * (pixel % 14);
    values[index] = [0, 1, 28, 29].reduce((sum, by) => sum + images.values[corner + by]!, 0) / 4;
  }
  return { values, shape: [count, 14, 14, 1], labels: Uint8Array.from(labels.slice(0, count)) };
}
