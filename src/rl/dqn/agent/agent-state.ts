import {
  refuse,
  requireEach,
  requireFinite,
  requireFlag,
  requireNumbers,
  requirePositive,
  requireWholeNumber,
} from '../../../internal/require.js';
import { restoreRng } from '../../../random/rng.js';
import { copyOfColumns } from '../../replay/transition-store.js';
import { copyOfRange, requireRange } from '../learning/scaling.js';
import type { AgentParts } from './agent-parts.js';
import type { DqnState } from './dqn-agent.js';

/** Copies all that an agent is. */
export function agentState({ brain, replay, explore, draw, progress }: AgentParts): DqnState {
  const { updates, scaling, range } = brain.counters;
  return {
    network: brain.lasting().slice(),
    updates,
    scaling,
    ...(range && { range: copyOfRange(range) }),
    scaledAt: progress.scaledAt,
    isMasked: progress.isMasked,
    isAdopted: progress.isAdopted,
    columns: copyOfColumns(replay.columns()),
    replay: replay.state(),
    streams: [explore.state(), draw.state()],
  };
}

/** Puts an agent where a state was taken. */
export function restoreAgent({ brain, replay, explore, draw, progress }: AgentParts, state: DqnState): void {
  const lasting = brain.lasting();
  requireState(state, lasting.length, brain.plan.inputs);
  const [first, second] = [restoreRng(state.streams?.[0]), restoreRng(state.streams?.[1])];
  replay.restore(state.columns, state.replay);
  explore.restore(first.state());
  draw.restore(second.state());
  lasting.set(state.network);
  const { updates, scaling, range } = state;
  brain.counters.updates = updates;
  brain.counters.scaling = scaling;
  brain.counters.range = range && copyOfRange(range);
  progress.scaledAt = state.scaledAt;
  progress.isMasked = state.isMasked;
  progress.isAdopted = state.isAdopted ?? false;
}

// Everything is looked at before anything is changed.
function requireState(state: DqnState, length: number, inputs: number): void {
  const where = 'restore';
  if (typeof state !== 'object' || state === null) refuse(where, 'state', 'come from state()', state);
  requireNumbers(where, 'state.network', state.network, length);
  requireWholeNumber(where, 'state.updates', state.updates);
  requireWholeNumber(where, 'state.scaledAt', state.scaledAt);
  requireFlag(where, 'state.isMasked', state.isMasked);
  requireFlag(where, 'state.isAdopted', state.isAdopted ?? false);
  const { center, spread, reward, baseline } = state.scaling ?? {};
  requireNumbers(where, 'state.scaling.center', center, inputs);
  requireNumbers(where, 'state.scaling.spread', spread, inputs);
  requireEach(where, 'state.scaling.spread', spread, (each) => Number(each) > 0, 'be a positive number');
  requirePositive(where, 'state.scaling.reward', reward);
  requireFinite(where, 'state.scaling.baseline', baseline);
  if (state.range !== undefined) requireRange(where, 'state.range', state.range, inputs);
}
