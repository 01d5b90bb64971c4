import { createRng, diffAugment } from 'minimart';
import type { ConformanceCheck } from './conformance-check.js';
import { gradientCheck } from './gradient-check.js';
import { diffAugmented } from './references/diff-augment.js';

const cases = [
  {
    name: 'defaults, grey',
    channels: 1,
    shares: { shift: 0.125, cutout: 0.5, brightness: 0.5, saturation: 1, contrast: 0.5 },
  },
  {
    name: 'far, coloured',
    channels: 3,
    shares: { shift: 0.6, cutout: 0.3, brightness: 2, saturation: 0.4, contrast: 1 },
  },
];

/** Augmented images with their gradients, by the same draws on every backend. */
export const augmentationChecks: readonly ConformanceCheck[] = cases.map(({ name, channels, shares }) =>
  gradientCheck({
    name: `augmentation: ${name}`,
    reference: (images) => diffAugmented(images, shares, createRng(4)),
    make: (values) => {
      const images = values.variable([3, 8, 7, channels]);
      return {
        variables: [images],
        output: () => diffAugment(shares).apply(images, createRng(4)),
        dispose: () => images.dispose(),
      };
    },
  }),
);
