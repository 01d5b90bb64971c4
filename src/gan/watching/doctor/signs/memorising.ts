import { type Sign, shown } from './sign.js';

/** Samples that vary and yet lie on training samples, much nearer than these lie to one another. */
export const memorising: Sign = (recent, limits) => {
  const repeats = recent.some(({ data, samples }) => samples.near < limits.near || data.repeats);
  const varied = recent.every(({ samples }) => samples.diversity >= 2 * limits.diversity);
  if (repeats || !varied) return undefined;
  const { data, samples } = recent.at(-1)!;
  const whole = data.isWhole ? `; there are no more than ${data.count} training samples` : '';
  const evidence =
    `${shown(100 * samples.near)}% of generated samples lie nearer to a training sample than a third of the distance at ` +
    `which training samples have their nearest neighbour${whole}`;
  const remedy =
    'Show what it draws to nobody whom the training data must not be shown to. Take more data, diffAugment() for images, ' +
    'a smaller generator, or fewer steps (`validation` on held-out samples).';
  return { verdict: 'memorising', evidence, remedy };
};
