import { type Sign, shown } from './sign.js';

/** Real samples that follow their conditions, and generated ones that do not. */
export const conditionIgnored: Sign = (recent, limits) => {
  const numbers = recent.map(({ conditions, samples }) => ({ ...conditions, diversity: samples.diversity }));
  const ignored = numbers.every(
    ({ share = 0, shareError = 1, reproduced = 1, reproducedError = 1, diversity }) =>
      share > Math.max(0.02, 3 * shareError) &&
      reproduced + 2 * reproducedError < limits.reproduced &&
      diversity >= 2 * limits.diversity,
  );
  if (!ignored) return undefined;
  const { share = 0, reproduced = 0 } = numbers.at(-1)!;
  const evidence =
    `conditions explain ${shown(100 * share)}% of the variance of real samples, and generated samples reproduce ` +
    `${shown(100 * Math.max(0, reproduced))}% of that`;
  const remedy =
    'See that conditions reach both networks and belong to their samples row by row; let the discriminator take them by ' +
    "condition: { join: 'projection' }, or scale real-valued conditions to about [-1, 1].";
  return { verdict: 'condition-ignored', evidence, remedy };
};
