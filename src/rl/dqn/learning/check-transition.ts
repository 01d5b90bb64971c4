import { type OptionNames, requireGivenOptions } from '../../../internal/options.js';
import { requireFlag, requireFloat32, requireNumbers } from '../../../internal/require.js';
import { requireMask } from '../../environments/environment-door.js';
import { requireAction } from '../../replay/require-stored.js';
import type { FullDqnConfig } from '../agent/dqn-config.js';
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
  requireGivenOptions(where, transition, names, argument);
  const { observation, action, reward, nextObservation, terminated, truncated } = transition;
  const { observationSize, actions } = config;
  requireNumbers(where, 'observation', observation, observationSize);
  requireNumbers(where, 'nextObservation', nextObservation, observationSize);
  requireAction(where, action, actions, transition.actionMask);
  requireFloat32(where, 'reward', reward);
  requireFlag(where, 'terminated', terminated);
  if (truncated !== undefined) requireFlag(where, 'truncated', truncated);
  if (transition.nextActionMask !== undefined) {
    requireMask(where, 'nextActionMask', transition.nextActionMask, actions);
  }
}
