import { requireFinite, requireNumbers } from '../../internal/require.js';
import { createRng, type RngState, restoreRng } from '../../random/rng.js';
import type { Recovery } from '../../training/recovery.js';
import type { StepWork } from '../../training/run-steps.js';
import { scheduled } from '../../training/schedules/linear-schedule.js';
import type { EnvironmentReset } from '../environments/environment.js';
import { checkedEnvironment } from '../environments/environment-door.js';
import type { PlacedEnvironment } from '../environments/environment-place.js';
import type { DqnReport, FullDqnOptions } from './dqn-options.js';
import { learnRecovering } from './learn-recovering.js';

type Measured = Omit<DqnReport, 'step' | 'totalSteps' | 'samplesPerSecond' | 'validation' | 'nonFinite'>;

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

// Steps after which an episode from reset makes room for a start anywhere.
const resetLength = 100;

/** What the loop runs, and where it stands. */
export interface DqnWork extends StepWork<Measured> {
  /** Ends the episode under way, which is not counted. */
  cutEpisode(): void;
  /** As plain data and arrays of numbers, the agent aside. */
  state(): unknown;
  restore(state: unknown): void;
}

interface SavedWork {
  readonly shown?: EnvironmentReset;
  readonly counts: Readonly<Record<'step' | 'earned' | 'length' | 'stepsAnywhere', number>>;
  readonly isAnywhere: boolean;
  readonly sums: Sums;
  readonly starts: RngState;
  readonly place: unknown;
}

/** What the loop runs: a step in the environment, and updates when they are due. */
export function createDqnWork(
  where: string,
  options: FullDqnOptions,
  { place, recovery }: { readonly place: PlacedEnvironment; readonly recovery: Recovery },
): DqnWork {
  const { agent, steps, exploration, learningStarts, updateEvery, updates, exploringStarts } = options;
  const environment = checkedEnvironment(where, place.environment);
  if (environment.legalActions) agent.limitTo(environment.legalActions);
  const starts = createRng(options.seed).stream('episodes');
  let shown: EnvironmentReset | undefined;
  let [step, earned, length] = [0, 0, 0];
  let sums = nothing();
  const share = environment.resetAnywhere ? Number(exploringStarts) : 0;
  let [isAnywhere, stepsAnywhere] = [false, 0];
  const begin = (): EnvironmentReset => {
    length = 0;
    // The first steps are from reset alone: what values and observations are scaled by is measured there.
    isAnywhere = step >= learningStarts && stepsAnywhere < share * (step - learningStarts + 1);
    const seed = starts.uint32();
    return isAnywhere ? environment.resetAnywhere!({ seed }) : environment.reset({ seed });
  };
  // Cut off for the next start, the future goes on. What follows a start anywhere leads to where acting leads anyway.
  const isCut = (): boolean => share > 0 && (isAnywhere || length >= resetLength);
  const act = (): void => {
    shown ??= begin();
    const { observation, actionMask } = shown;
    // A start anywhere says something of every action only if any is taken there.
    const isByChance = step < learningStarts || isAnywhere;
    const explore = isByChance ? 1 : scheduled(exploration, step);
    const action = agent.act(observation, { mask: actionMask, explore });
    const result = environment.step(action);
    const { reward, terminated, observation: nextObservation, actionMask: nextActionMask } = result;
    length += 1;
    if (isAnywhere) stepsAnywhere += 1;
    const truncated = result.truncated || (!terminated && isCut());
    agent.observe({ observation, action, actionMask, reward, terminated, truncated, nextObservation, nextActionMask });
    earned += reward;
    sums.steps += 1;
    sums.reward += reward;
    if (terminated || truncated) endEpisode();
    else shown = result;
  };
  const endEpisode = (): void => {
    if (!isAnywhere) {
      sums.episodes += 1;
      sums.returns += earned;
    }
    earned = 0;
    shown = undefined;
  };
  const learn = async (): Promise<void> => {
    if (step < learningStarts || step % updateEvery !== 0) return;
    await learnRecovering(agent, { updates, step, recovery }, (report) => {
      sums.updates += report.updates;
      sums.loss += report.loss * report.updates;
      sums.meanQ += report.meanQ * report.updates;
    });
  };
  return {
    totalSteps: () => steps,
    step: async () => {
      act();
      step += 1;
      await learn();
      return 1;
    },
    report: async () => {
      const { updates: count, loss, meanQ, reward, episodes, returns } = sums;
      const measured: Measured = {
        updates: agent.updates(),
        ...{ loss: loss / count, meanQ: meanQ / count, exploration: scheduled(exploration, step) },
        ...{ meanReward: reward / sums.steps, meanReturn: returns / episodes },
      };
      sums = nothing();
      return measured;
    },
    cutEpisode: () => {
      agent.interrupt();
      [shown, earned] = [undefined, 0];
    },
    state: (): SavedWork => ({
      ...(shown && { shown: shownPart(shown) }),
      counts: { step, earned, length, stepsAnywhere },
      ...{ isAnywhere, sums: { ...sums }, starts: starts.state(), place: place.state() },
    }),
    restore: (state) => {
      const saved = requireSaved(state, environment.observationSpace.low.length);
      starts.restore(saved.starts);
      if (saved.shown) place.restore(saved.place);
      ({ shown, isAnywhere } = saved);
      ({ step, earned, length, stepsAnywhere } = saved.counts);
      sums = { ...saved.sums };
    },
  };
}

function requireSaved(state: unknown, size: number): SavedWork {
  const saved = (state ?? {}) as SavedWork;
  restoreRng(saved.starts);
  const { step, earned, length, stepsAnywhere } = saved.counts ?? {};
  for (const [name, value] of Object.entries({ step, earned, length, stepsAnywhere })) {
    requireFinite('restore', `state.counts.${name}`, value);
  }
  for (const name of Object.keys(nothing())) {
    requireFinite('restore', `state.sums.${name}`, saved.sums?.[name as keyof Sums]);
  }
  if (saved.shown) requireNumbers('restore', 'state.shown.observation', saved.shown.observation, size);
  return saved;
}

// What an environment shows besides is its own.
function shownPart({ observation, actionMask }: EnvironmentReset): EnvironmentReset {
  return { observation, ...(actionMask && { actionMask }) };
}
