import { refuse, requireFloat32, requireIndex, requireNumbers, requireProbability } from '../../internal/require.js';
import { requireMask } from '../environments/environment-door.js';
import type { ReplayConfig } from './replay-config.js';
import type { StoredTransition } from './transition-store.js';

/** Refuses what cannot have happened: one NaN among thousands of transitions would spoil a network much later. */
export function requireStored(where: string, transition: StoredTransition, config: ReplayConfig): void {
  const { observation, action, reward, discount, nextObservation, actionMask, nextActionMask } = transition;
  requireNumbers(where, 'observation', observation, config.observationSize);
  requireNumbers(where, 'nextObservation', nextObservation, config.observationSize);
  requireAction(where, action, config.actions, actionMask);
  requireFloat32(where, 'reward', reward);
  requireProbability(where, 'discount', discount);
  if (nextActionMask !== undefined) requireMask(where, 'nextActionMask', nextActionMask, config.actions);
}

/** Refuses an action out of range, or illegal. */
export function requireAction(where: string, action: number, actions: number, mask?: ArrayLike<number>): void {
  requireIndex(where, 'action', action, actions);
  if (mask === undefined) return;
  requireMask(where, 'actionMask', mask, actions);
  if (!mask[action]) refuse(where, 'action', 'be legal by `actionMask`', action);
}
