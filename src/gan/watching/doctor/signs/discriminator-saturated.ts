import { type Sign, shown } from './sign.js';

/** A discriminator that is sure of every fake, beside a generator that gains nothing on the data any more. */
export const discriminatorSaturated: Sign = (recent, limits) => {
  const sure = recent.every(
    ({ curves }) => curves.fakeScore < limits.fakeScore && curves.realScore - curves.fakeScore > 0.6,
  );
  const [before, now] = [recent[0]!.samples.distance, recent.at(-1)!.samples.distance];
  if (!sure || now < 0.1 || now < (1 - limits.improvement) * before) return undefined;
  const { realScore, fakeScore } = recent.at(-1)!.curves;
  const evidence =
    `the discriminator gives real samples ${shown(realScore)} and fakes ${shown(fakeScore)}, and since step ` +
    `${recent[0]!.step} the distance from generated to real samples went from ${shown(before)} to ${shown(now)} only`;
  const remedy =
    'Weaken the discriminator: a lower learning rate or fewer steps for it, r1Penalty() or spectralNorm(), dropout, label ' +
    'smoothing; and take nonSaturatingLoss() or relativisticPairingLoss() rather than minimaxLoss().';
  return { verdict: 'discriminator-saturated', evidence, remedy };
};
