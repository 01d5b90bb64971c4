import { join } from 'node:path';
import { type ArrayData, scalePixels } from 'minimart';
import { readIdx } from 'minimart/node';

/** Images `[N, 28, 28, 1]` from 0 to 1, with their garments, 0 to 9. */
export interface FashionSet {
  readonly images: ArrayData;
  readonly labels: ArrayData['values'];
}

/** Where Debian's package dataset-fashion-mnist puts the files; MINIMART_FASHION names another folder. */
const folder = process.env.MINIMART_FASHION ?? '/usr/share/datasets/fashion-mnist';

/** Reads one of the two sets of Fashion-MNIST: 60,000 images to train on, or 10,000 to test with. */
export async function loadFashion(set: 'train' | 't10k'): Promise<FashionSet> {
  const images = await readIdx(join(folder, `${set}-images-idx3-ubyte.gz`));
  const labels = await readIdx(join(folder, `${set}-labels-idx1-ubyte.gz`));
  return { images: scalePixels(images, [0, 1]), labels: labels.values };
}
