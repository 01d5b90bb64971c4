import { type OptionNames, requireOptions } from '../../internal/options.js';
import { refuse, requireFlag, requireNumbers } from '../../internal/require.js';
import { requireMask } from '../environments/environment-door.js';
import { requireAction, requireReward } from '../replay/require-stored.js';
import type { FullDqnConfig } from './dqn-config.js';
import type { Transition } from './n-step-window.js';

const names: OptionNames<Transition> = {
  observation: true,
  action: true,
  reward: true,
  nextObservation: true,
  terminated: true,
  truncated: true,
  actionMask: true,
  nextActionMask: true,
};

/** Refuses what cannot have happened. */
export function requireTransition(
  where: string,
  transition: Transition,
  config: FullDqnConfig,
  argument = 'transition',
): void {
  if (transition === undefined) refuse(where, argument, 'be an object', transition);
  requireOptions(where, transition, names, argument);
  const { observation, action, reward, nextObservation, terminated, truncated } = transition;
  const { observationSize, actions } = config;
  requireNumbers(where, 'observation', observation, observationSize);
  requireNumbers(where, 'nextObservation', nextObservation, observationSize);
  requireAction(where, action, actions, transition.actionMask);
  requireReward(where, reward);
  requireFlag(where, 'terminated', terminated);
  if (truncated !== undefined) requireFlag(where, 'truncated', truncated);
  if (transition.nextActionMask !== undefined) {
    requireMask(where, 'nextActionMask', transition.nextActionMask, actions);
  }
}
