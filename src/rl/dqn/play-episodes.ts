import { createPause } from '../../internal/pause.js';
import type { Rng } from '../../random/rng.js';
import type { Environment } from '../environments/environment.js';
import type { DqnAgent } from './agent/dqn-agent.js';
import type { DqnValidationReport } from './dqn-options.js';

/** How episodes are played. */
export interface Play {
  readonly seeds: readonly number[];
  /** Steps after which an episode is cut off. */
  readonly longest: number;
  /** Whether they begin anywhere. */
  readonly isAnywhere: boolean;
  readonly signal: AbortSignal | undefined;
}

/** Plays whole episodes without exploration, each from a seed of `seeds`, and sums their rewards. */
export async function playEpisodes(
  agent: DqnAgent,
  environment: Environment,
  { seeds, longest, isAnywhere, signal }: Play,
): Promise<Pick<DqnValidationReport, 'meanReturn' | 'standardError' | 'meanLength'>> {
  const pause = createPause(8, signal);
  const begin = (seed: number) =>
    isAnywhere && environment.resetAnywhere ? environment.resetAnywhere({ seed }) : environment.reset({ seed });
  const returns: number[] = [];
  let steps = 0;
  for (const seed of seeds) {
    let { observation, actionMask: mask } = begin(seed);
    let sum = 0;
    for (let length = 1; ; length += 1) {
      const result = environment.step(agent.act(observation, { mask }));
      ({ observation, actionMask: mask } = result);
      sum += result.reward;
      steps += 1;
      if (steps % 16 === 0) await pause();
      if (result.terminated || result.truncated || length >= longest) break;
    }
    returns.push(sum);
  }
  const meanReturn = returns.reduce((total, each) => total + each, 0) / returns.length;
  const squares = returns.reduce((total, each) => total + (each - meanReturn) ** 2, 0);
  const standardError = returns.length > 1 ? Math.sqrt(squares / (returns.length - 1) / returns.length) : 0;
  return { meanReturn, standardError, meanLength: steps / returns.length };
}

/** As many seeds as there are episodes. */
export function episodeSeeds(rng: Rng, episodes: number): number[] {
  return Array.from({ length: episodes }, () => rng.uint32());
}
