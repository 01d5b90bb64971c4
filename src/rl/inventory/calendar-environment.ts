import { requireNumbers, requireWholeNumber } from '../../internal/require.js';
import { createRng, type Rng, type RngState, restoreRng } from '../../random/rng.js';
import type { EnvironmentReset } from '../environments/environment.js';
import { type ResetOptions, resetSeed } from '../environments/environment-door.js';
import type { DemandDraw } from './demand-draw.js';
import { type InventoryEnvironment, inventoryEnvironment } from './inventory-environment.js';
import type { InventoryOptions } from './inventory-options.js';

/** Where in time a shop is, and what is shown of it. */
export interface Calendar {
  readonly name: string;
  /** Without demand; checked, and with a `maxOrder`. */
  readonly problem: Omit<InventoryOptions, 'demand'>;
  /** Demand of a period of the calendar. */
  readonly demand: DemandDraw;
  /** What is shown before a period of the calendar, a whole number from 0 to `highest`. */
  readonly entryOf: (period: number) => number;
  readonly highest: number;
  /** The period that an episode begins with; `isAnywhere` in `resetAnywhere`. */
  readonly firstOf: (rng: Rng, isAnywhere: boolean) => number;
}

/** An inventory environment that begins somewhere in a calendar, and whose observation has one entry more, the last. */
export function calendarEnvironment({
  name,
  problem,
  demand,
  entryOf,
  highest,
  firstOf,
}: Calendar): Omit<InventoryEnvironment, 'options' | 'given'> {
  let [first, period] = [0, 0];
  let rng = createRng(0).stream('phase');
  const inner = inventoryEnvironment({ ...problem, demand: (draws, at) => demand(draws, first + at) });
  const { low, high } = inner.observationSpace;
  const shown = <A extends EnvironmentReset>(answer: A): A => ({
    ...answer,
    observation: withEntry(answer.observation, entryOf(first + period)),
  });
  const begin = (given: ResetOptions | undefined, isAnywhere: boolean): void => {
    const seed = resetSeed('reset', given);
    if (seed !== undefined) rng = createRng(seed).stream('phase');
    first = firstOf(rng, isAnywhere);
    period = 0;
  };
  return {
    name,
    observationSpace: { kind: 'box', low: withEntry(low, 0), high: withEntry(high, highest) },
    actionSpace: inner.actionSpace,
    reset: (given) => {
      begin(given, false);
      return shown(inner.reset(given));
    },
    resetAnywhere: (given) => {
      begin(given, true);
      return shown(inner.resetAnywhere!(given));
    },
    legalActions: (observation) => {
      requireNumbers('legalActions', 'observation', observation, low.length + 1);
      return inner.legalActions!(Array.from(observation).slice(0, -1));
    },
    step: (action) => {
      const answer = inner.step(action);
      period += 1;
      return shown(answer);
    },
    state: () => ({ inner: inner.state!(), first, period, phases: rng.state() }),
    restore: (saved) => {
      const { inner: within, phases, ...places } = (saved ?? {}) as Saved;
      for (const place of ['first', 'period'] as const) requireWholeNumber('restore', `state.${place}`, places[place]);
      const restored = restoreRng(phases);
      inner.restore!(within);
      rng = restored;
      ({ first, period } = places);
    },
  };
}

interface Saved {
  readonly inner: unknown;
  readonly first: number;
  readonly period: number;
  readonly phases: RngState;
}

function withEntry(entries: ArrayLike<number>, last: number): Float32Array {
  const longer = new Float32Array(entries.length + 1);
  longer.set(entries);
  longer[entries.length] = last;
  return longer;
}
