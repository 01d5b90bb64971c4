import type { Examination } from '../examination.js';
import type { DoctorLimits } from '../limits.js';
import { type Sign, shown } from './sign.js';

/** Real samples that follow their conditions, and varied generated ones that do not, nor steadily begin to. */
export const conditionIgnored: Sign = (recent, limits) => {
  const rising = recent.every((each, index) => index === 0 || reproduced(each) > reproduced(recent[index - 1]!));
  if (rising || !recent.every((each) => isIgnored(each, limits))) return undefined;
  const { conditions } = recent.at(-1)!;
  const evidence =
    `conditions explain ${shown(100 * conditions!.share)}% of the variance of real samples, and generated samples ` +
    `reproduce ${shown(100 * Math.max(0, conditions!.reproduced))}% of that`;
  const remedy =
    'See that conditions reach both networks and belong to their samples row by row; let the discriminator take them by ' +
    "condition: { join: 'projection' }, and scale real-valued ones to about [-1, 1].";
  return { verdict: 'condition-ignored', evidence, remedy };
};

// Three standard errors for what real samples do: where conditions mean nothing there is nothing to ignore.
function isIgnored({ conditions, samples }: Examination, limits: DoctorLimits): boolean {
  // Above what fresh and collapsed generators have; one that ignores its conditions often lacks variety too.
  if (!conditions || samples.diversity < 0.25) return false;
  const { share, shareError, reproducedError } = conditions;
  return share > Math.max(0.02, 3 * shareError) && conditions.reproduced + reproducedError < limits.reproduced;
}

function reproduced({ conditions }: Examination): number {
  return conditions?.reproduced ?? 0;
}
