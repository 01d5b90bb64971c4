import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type ArrayData, scalePixels } from 'minimart';
import { readIdx } from 'minimart/node';

/** Images with their labels. */
export interface LabelledImages {
  /** `[N, 28, 28, 1]`, 0 to 1. */
  readonly images: ArrayData;
  /** N numbers from 0 to 9, see `garments`. */
  readonly labels: ArrayData['values'];
}

/** Names of the ten labels. */
export const garments = [
  'T-shirt',
  'trouser',
  'pullover',
  'dress',
  'coat',
  'sandal',
  'shirt',
  'sneaker',
  'bag',
  'ankle boot',
] as const;

/** Reads the training set and the test set of Fashion-MNIST from a folder: both, or the one that is there. */
export async function loadImages(folder: string): Promise<LabelledImages> {
  const parts: { images: ArrayData; labels: ArrayData }[] = [];
  for (const set of ['train', 't10k']) {
    const images = findFile(folder, `${set}-images-idx3-ubyte`);
    const labels = findFile(folder, `${set}-labels-idx1-ubyte`);
    if (images && labels) parts.push({ images: await readIdx(images), labels: await readIdx(labels) });
  }
  if (parts.length === 0) {
    throw new Error(
      `--data must be a folder with t10k-images-idx3-ubyte and t10k-labels-idx1-ubyte (or train-…), compressed or not, ` +
        `received '${folder}'.`,
    );
  }
  const pixels = join8Bits(parts.map(({ images }) => images.values));
  const labels = join8Bits(parts.map((part) => part.labels.values));
  return { images: scalePixels({ values: pixels, shape: [labels.length, 28, 28] }, [0, 1]), labels };
}

function findFile(folder: string, name: string): string | undefined {
  return [join(folder, name), join(folder, `${name}.gz`)].find((path) => existsSync(path));
}

function join8Bits(parts: readonly ArrayData['values'][]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let end = 0;
  for (const part of parts) {
    all.set(part, end);
    end += part.length;
  }
  return all;
}
