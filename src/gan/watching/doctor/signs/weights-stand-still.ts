import { type Sign, shown } from './sign.js';

/** A network whose weights did not move in the first steps; later a schedule may have brought them to rest. */
export const weightsStandStill: Sign = (recent, { weightStill }) => {
  const { first } = recent.at(-1)!.updates;
  for (const network of ['discriminator', 'generator'] as const) {
    if (!(first[network] < weightStill)) continue;
    const evidence = `a step changed ${shown(100 * first[network])}% of the weights of the ${network} in the first steps, where 1 to 4% is healthy`;
    const remedy =
      'See that its learning rate is above 0, that its loss looks at the logits it is given, and that nothing cuts the ' +
      'gradient off on the way: a layer of your own without one, an activation that is saturated, clipping near 0.';
    return { verdict: 'weights-stand-still', evidence, remedy };
  }
  return undefined;
};
