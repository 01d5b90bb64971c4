import type { Finding, GanReport } from '../../gan-observer.js';
import { rateRemedy } from './sign.js';

/** Numbers that were not finite in a run that goes on in spite of them. */
export function numbersNotFinite({ nonFinite = [] }: GanReport): Finding | undefined {
  const first = nonFinite[0];
  if (!first) return undefined;
  const { what, network, step, layer, action, backTo } = first;
  const place = layer === undefined ? '' : `, first in layer '${layer}',`;
  const done = action === 'skip' ? 'its update was left out' : `the run went back to step ${backTo}`;
  const more = nonFinite.length > 1 ? `; ${nonFinite.length - 1} more since the last report` : '';
  return {
    verdict: 'numbers-not-finite',
    evidence: `the ${what} of the ${network} at step ${step}${place} was not finite: ${done}${more}`,
    remedy: `Look at the data and at what you wrote yourself for numbers that are not finite. ${rateRemedy}`,
  };
}
