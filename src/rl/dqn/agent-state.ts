import { refuse } from '../../internal/require.js';
import type { TransitionColumns } from '../replay/transition-store.js';
import type { AgentParts } from './agent-parts.js';
import type { DqnState } from './dqn-agent.js';

/** Copies all that an agent is. */
export function agentState({ brain, replay, explore, draw, progress }: AgentParts): DqnState {
  const { updates, scaling } = brain.counters;
  return {
    network: brain.lasting().slice(),
    updates,
    scaling,
    scaledAt: progress.scaledAt,
    columns: copyOf(replay.columns()),
    replay: replay.state(),
    streams: [explore.state(), draw.state()],
  };
}

/** Puts an agent where a state was taken. */
export function restoreAgent({ brain, replay, explore, draw, progress }: AgentParts, state: DqnState): void {
  const lasting = brain.lasting();
  if (state.network.length !== lasting.length) {
    refuse('restore', 'state.network', `hold ${lasting.length} numbers`, state.network.length);
  }
  const { observations } = replay.columns();
  if (state.columns.observations.length !== observations.length) {
    refuse('restore', 'state.columns', `hold ${observations.length} numbers`, state.columns.observations.length);
  }
  lasting.set(state.network);
  Object.assign(brain.counters, { updates: state.updates, scaling: state.scaling });
  progress.scaledAt = state.scaledAt;
  replay.restore(copyOf(state.columns), state.replay);
  explore.restore(state.streams[0]);
  draw.restore(state.streams[1]);
}

function copyOf(columns: TransitionColumns): TransitionColumns {
  const { observations, actions, rewards, discounts, nextObservations, actionMasks, nextActionMasks } = columns;
  return {
    observations: observations.slice(),
    actions: actions.slice(),
    rewards: rewards.slice(),
    discounts: discounts.slice(),
    nextObservations: nextObservations.slice(),
    ...(actionMasks && { actionMasks: actionMasks.slice() }),
    ...(nextActionMasks && { nextActionMasks: nextActionMasks.slice() }),
  };
}
