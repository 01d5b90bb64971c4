import { refuse } from '../../internal/require.js';
import type { FullDqnConfig } from './dqn-config.js';
import type { Transition } from './n-step-window.js';

/** Refuses an observation of the wrong size, or with numbers that are not finite. */
export function requireObservation(where: string, name: string, values: ArrayLike<number>, size: number): void {
  if (values?.length !== size) refuse(where, name, `hold ${size} numbers`, values?.length ?? values);
  for (let index = 0; index < size; index += 1) {
    if (!Number.isFinite(values[index])) refuse(where, `${name}[${index}]`, 'be a finite number', values[index]);
  }
}

/** Refuses a mask of the wrong size. */
export function requireMask(where: string, name: string, mask: ArrayLike<number>, actions: number): void {
  if (mask.length !== actions) refuse(where, name, `hold ${actions} numbers, one for each action`, mask.length);
}

/** Refuses what cannot have happened. */
export function requireTransition(where: string, transition: Transition, config: FullDqnConfig): void {
  const { observation, action, reward, nextObservation, actionMask, nextActionMask } = transition;
  const { observationSize, actions } = config;
  requireObservation(where, 'observation', observation, observationSize);
  requireObservation(where, 'nextObservation', nextObservation, observationSize);
  if (!(Number.isInteger(action) && action >= 0 && action < actions)) {
    refuse(where, 'action', `be an integer in [0, ${actions})`, action);
  }
  if (!Number.isFinite(reward)) refuse(where, 'reward', 'be a finite number', reward);
  if (actionMask) requireMask(where, 'actionMask', actionMask, actions);
  if (nextActionMask) requireMask(where, 'nextActionMask', nextActionMask, actions);
  if (actionMask && !actionMask[action]) refuse(where, 'action', 'be legal by `actionMask`', action);
}
