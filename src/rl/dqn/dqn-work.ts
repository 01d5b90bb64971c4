import { createRng } from '../../random/rng.js';
import type { StepWork } from '../../training/run-steps.js';
import type { EnvironmentReset } from '../environment.js';
import type { DqnReport, Evaluation, FullDqnOptions } from './dqn-options.js';
import { episodeSeeds, playEpisodes } from './play-episodes.js';
import { scheduled } from './schedule.js';

type Measured = Omit<DqnReport, 'step' | 'totalSteps' | 'samplesPerSecond'>;

interface Sums {
  updates: number;
  loss: number;
  meanQ: number;
  steps: number;
  reward: number;
  episodes: number;
  returns: number;
}

const nothing = (): Sums => ({ updates: 0, loss: 0, meanQ: 0, steps: 0, reward: 0, episodes: 0, returns: 0 });

/** What the loop runs: a step in the environment, updates when they are due, evaluations, the best policy kept. */
export function createDqnWork(options: FullDqnOptions): StepWork<Measured> & { keepBest(): void } {
  const { agent, environment, steps, exploration, evaluation, learningStarts, updateEvery, updates } = options;
  const rng = createRng(options.seed);
  const [starts, seeds] = [rng.stream('episodes'), episodeSeeds(rng.stream('evaluation'), evaluation?.episodes ?? 0)];
  let shown: EnvironmentReset | undefined;
  let [step, earned, isDone] = [0, 0, false];
  let sums = nothing();
  let latest: Evaluation | undefined;
  let best: Evaluation | undefined;
  let bestWeights: Float32Array | undefined;

  const act = (): void => {
    shown ??= environment.reset({ seed: starts.uint32() });
    const { observation, actionMask } = shown;
    const explore = step < learningStarts ? 1 : scheduled(exploration, step);
    const action = agent.act(observation, { mask: actionMask, explore });
    const result = environment.step(action);
    const { reward, terminated, truncated, observation: nextObservation, actionMask: nextActionMask } = result;
    agent.observe({ observation, action, actionMask, reward, terminated, truncated, nextObservation, nextActionMask });
    earned += reward;
    sums.steps += 1;
    sums.reward += reward;
    if (terminated || truncated) endEpisode();
    else shown = result;
  };
  const endEpisode = (): void => {
    sums.episodes += 1;
    sums.returns += earned;
    earned = 0;
    shown = undefined;
  };
  const learn = async (): Promise<void> => {
    if (step < learningStarts || step % updateEvery !== 0) return;
    const report = await agent.learn({ updates });
    sums.updates += report.updates;
    sums.loss += report.loss * report.updates;
    sums.meanQ += report.meanQ * report.updates;
  };
  const evaluate = (): void => {
    if (!evaluation || step < learningStarts || (step % evaluation.every !== 0 && step < steps)) return;
    latest = { step, ...playEpisodes(agent, evaluation.environment, seeds, evaluation.longest) };
    if (evaluation.environment === environment) {
      agent.interrupt();
      [shown, earned] = [undefined, 0];
    }
    if (!best || latest.meanReturn >= best.meanReturn) [best, bestWeights] = [latest, agent.weights()];
    isDone = latest.meanReturn >= evaluation.goal;
  };
  return {
    totalSteps: () => (isDone ? step : steps),
    step: async () => {
      act();
      step += 1;
      await learn();
      evaluate();
      return 1;
    },
    report: async () => {
      const { updates: count, loss, meanQ, reward, episodes, returns } = sums;
      const measured: Measured = {
        updates: agent.updates(),
        ...{ loss: loss / count, meanQ: meanQ / count, exploration: scheduled(exploration, step) },
        ...{ meanReward: reward / sums.steps, meanReturn: returns / episodes },
        ...(latest && { evaluation: latest }),
        ...(best && { best }),
      };
      sums = nothing();
      return measured;
    },
    keepBest: () => {
      agent.interrupt();
      if (bestWeights) agent.setWeights(bestWeights);
    },
  };
}
