import { type Sign, shown } from './sign.js';

/** Generated samples that are nearly all alike, and do not become more varied. */
export const generatorCollapsed: Sign = (recent, limits) => {
  const diversities = recent.map(({ samples }) => samples.diversity);
  const alike = diversities.every((diversity) => diversity < limits.diversity);
  const growing = diversities.every((diversity, index) => index === 0 || diversity > 1.1 * diversities[index - 1]!);
  if (!alike || (growing && recent.length > 1)) return undefined;
  const evidence =
    `two generated samples lie ${shown(100 * diversities.at(-1)!)}% as far apart as two real ones, and have since step ` +
    `${recent[0]!.step} (below ${shown(100 * limits.diversity)}%)`;
  const remedy =
    "Slow the generator down: its learning rate no higher than the discriminator's, more discriminatorSteps. Take " +
    'relativisticPairingLoss() with r1Penalty() and r2Penalty(), minibatchSpread() or packing, and a larger batch.';
  return { verdict: 'generator-collapsed', evidence, remedy };
};
