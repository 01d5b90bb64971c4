import { rateRemedy, type Sign, shown } from './sign.js';

/** Scores that swing from report to report, or a loss that grows without bounds. */
export const unstableGame: Sign = (recent, limits) => {
  const swing = Math.min(...recent.map(({ curves }) => curves.scoreSwing));
  const sizes = recent.map(({ curves }) => curves.lossSize);
  const explodes = sizes.every((size, index) => size >= limits.lossSize && (index === 0 || size > sizes[index - 1]!));
  if (swing < limits.scoreSwing && !explodes) return undefined;
  const evidence = explodes
    ? `a loss grew from ${shown(sizes[0]!)} to ${shown(sizes.at(-1)!)} since step ${recent[0]!.step}`
    : `a mean score of the discriminator changes by ${shown(swing)} and more from one report to the next since step ` +
      `${recent[0]!.step}, where 0.1 is healthy`;
  return { verdict: 'learning-rate-too-high', evidence, remedy: rateRemedy };
};
