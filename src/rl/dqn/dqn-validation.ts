import { createRng } from '../../random/rng.js';
import { signalForLooks } from '../../saving/checkpoint-options.js';
import { createValidator, type Validator } from '../../training/validation.js';
import type { Environment } from '../environments/environment.js';
import { checkedEnvironment } from '../environments/environment-door.js';
import type { DqnAgent } from './agent/dqn-agent.js';
import type { DqnValidation, DqnValidationReport, FullDqnOptions } from './dqn-options.js';
import { episodeSeeds, playEpisodes } from './play-episodes.js';

type Measured = Omit<DqnValidationReport, 'at' | 'bestAt' | 'bestValue'>;

/** The best policy so far. */
interface KeptPolicy {
  readonly weights: Float32Array;
  readonly range?: NonNullable<ReturnType<DqnAgent['range']>>;
}

/** Steps of an episode that begins anywhere. */
const longestAnywhere = 50;

/**
 * What measures the policy of a run, where that is asked for.
 *
 * @param cutEpisode - Called when the environment of the training was played in.
 */
export function dqnValidator(
  where: string,
  options: FullDqnOptions,
  cutEpisode: () => void,
): Validator<DqnValidationReport> | undefined {
  const { agent, validation, learningStarts } = options;
  const signal = signalForLooks(options);
  if (!validation) return undefined;
  const { every, patience, goal } = validation;
  const measure = createMeasure(where, options, validation);
  return createValidator<KeptPolicy, Measured>({
    ...{ every, from: learningStarts, patience, signal },
    isBetter: (value, best) => value >= best,
    isEnough: ({ meanReturn }) => meanReturn >= goal,
    measure: async () => {
      const measured = await measure();
      if (validation.environment === options.environment) cutEpisode();
      return measured;
    },
    copy: async () => {
      const range = agent.range();
      return { weights: agent.weights(), ...(range && { range }) };
    },
    restore: ({ weights, range }) => agent.setWeights(weights, range),
  });
}

function createMeasure(
  where: string,
  options: FullDqnOptions,
  { environment, episodes, longest }: Required<DqnValidation>,
) {
  const { agent, seed, exploringStarts } = options;
  const signal = signalForLooks(options);
  const arena: Environment = checkedEnvironment(where, environment, 'validation.environment');
  // The name of the stream fixes the episodes of a seed.
  const seeds = episodeSeeds(createRng(seed).stream('evaluation'), episodes);
  return async (): Promise<Measured> => {
    const played = await playEpisodes(agent, arena, { seeds, longest, isAnywhere: false, signal });
    // What is right only where acting well leads is not right enough.
    if (exploringStarts === false || !arena.resetAnywhere) return { value: played.meanReturn, ...played };
    const anywhere = await playEpisodes(agent, arena, { seeds, longest: longestAnywhere, isAnywhere: true, signal });
    const { meanReturn: meanReturnAnywhere } = anywhere;
    return { value: played.meanReturn + meanReturnAnywhere, ...played, meanReturnAnywhere };
  };
}
