import { rateRemedy, type Sign, shown } from './sign.js';

/** Steps that change too much of a network's weights. */
export const learningRateTooHigh: Sign = (recent, { weightUpdate }) => {
  const { first, last } = recent.at(-1)!.updates;
  for (const network of ['discriminator', 'generator'] as const) {
    const early = first[network] >= weightUpdate;
    const share = early ? first[network] : last[network];
    if (!(share >= weightUpdate)) continue;
    const when = early ? 'in the first steps' : 'lately';
    const evidence = `a step changed the weights of the ${network} by ${shown(100 * share)}% ${when}, where 1 to 4% is healthy`;
    return { verdict: 'learning-rate-too-high', evidence, remedy: rateRemedy };
  }
  return undefined;
};
