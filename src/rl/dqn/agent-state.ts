import { refuse, requireWholeNumber } from '../../internal/require.js';
import { restoreRng } from '../../random/rng.js';
import { copyOfColumns } from '../replay/transition-store.js';
import type { AgentParts } from './agent-parts.js';
import type { DqnState } from './dqn-agent.js';
import { copyOfRange, requireRange } from './scaling.js';

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
}

// Everything is looked at before anything is changed.
function requireState(state: DqnState, length: number, inputs: number): void {
  const where = 'restore';
  if (typeof state !== 'object' || state === null) refuse(where, 'state', 'come from state()', state);
  requireFinite('state.network', state.network, length);
  requireWholeNumber(where, 'state.updates', state.updates);
  requireWholeNumber(where, 'state.scaledAt', state.scaledAt);
  if (typeof state.isMasked !== 'boolean') refuse(where, 'state.isMasked', 'be true or false', state.isMasked);
  const { center, spread, reward, baseline } = state.scaling ?? {};
  requireFinite('state.scaling.center', center, inputs);
  requireFinite('state.scaling.spread', spread, inputs);
  if (!(Number.isFinite(reward) && reward > 0)) refuse(where, 'state.scaling.reward', 'be a positive number', reward);
  if (!Number.isFinite(baseline)) refuse(where, 'state.scaling.baseline', 'be a finite number', baseline);
  if (state.range !== undefined) requireRange(where, 'state.range', state.range, inputs);
}

function requireFinite(name: string, values: Float32Array, length: number): void {
  if (values?.length !== length) refuse('restore', name, `hold ${length} numbers`, values?.length ?? values);
  const bad = values.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) refuse('restore', `${name}[${bad}]`, 'be a finite number', values[bad]);
}
