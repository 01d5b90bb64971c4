import type { TransitionColumns } from '../../replay/transition-store.js';
import type { DqnConfig } from '../agent/dqn-config.js';

/** Columns of stored transitions and the types of their numbers. */
export function columnTypes() {
  return [
    ['observations', Float32Array],
    ['nextObservations', Float32Array],
    ['actions', Int32Array],
    ['rewards', Float32Array],
    ['discounts', Float32Array],
    ['actionMasks', Uint8Array],
    ['nextActionMasks', Uint8Array],
  ] as const satisfies readonly (readonly [keyof TransitionColumns, unknown])[];
}

/** Numbers in a row of each. */
export function columnWidths({
  observationSize,
  actions,
}: DqnConfig): Readonly<Record<keyof TransitionColumns, number>> {
  return {
    observations: observationSize,
    nextObservations: observationSize,
    ...{ actions: 1, rewards: 1, discounts: 1 },
    ...{ actionMasks: actions, nextActionMasks: actions },
  };
}
