import { refuse, requireNumbers, requireWholeNumber } from '../../internal/require.js';
import type { ReplayConfig } from './replay-config.js';

/** One transition as replay keeps it: rewards of n steps already summed, the discount of what follows. */
export interface StoredTransition {
  /** `[D]`. */
  readonly observation: ArrayLike<number>;
  /** In [0, A). */
  readonly action: number;
  /** What the step, or steps, earned. */
  readonly reward: number;
  /** What the value of the next state counts: 0 at a true end, gamma otherwise, gamma ** n for n steps. */
  readonly discount: number;
  /** `[D]`. */
  readonly nextObservation: ArrayLike<number>;
  /** `[A]`: 1 where an action was legal. All were where missing. */
  readonly actionMask?: ArrayLike<number>;
  /** `[A]`: 1 where an action is legal in the next state. All are where missing. */
  readonly nextActionMask?: ArrayLike<number>;
}

/** Transitions that were drawn together, row by row. The arrays are the replay's, and the next draw overwrites them. */
export interface ReplayBatch {
  /** `[N, D]`. */
  readonly observations: Float32Array;
  /** `[N]`. */
  readonly actions: Int32Array;
  /** `[N]`. */
  readonly rewards: Float32Array;
  /** `[N]`. */
  readonly discounts: Float32Array;
  /** `[N, D]`. */
  readonly nextObservations: Float32Array;
  /** `[N, A]`; missing while all actions were legal in all transitions. */
  readonly actionMasks?: Uint8Array;
  /** `[N, A]`; as `actionMasks`, in the next states. */
  readonly nextActionMasks?: Uint8Array;
  /** `[B]`: where each came from, for {@link Replay.updatePriorities}. */
  readonly places: Int32Array;
  /** `[B]`: importance weights, at most 1; all 1 where draws are uniform. */
  readonly weights: Float32Array;
}

/** Transitions as columns; row `i` of each belongs to transition `i`. */
export type TransitionColumns = Omit<ReplayBatch, 'places' | 'weights'>;

type Columns = { -readonly [Key in keyof TransitionColumns]: TransitionColumns[Key] };

/** Makes columns for `capacity` transitions; masks take no room before the first illegal action. */
export function createStore({ capacity, observationSize: width, actions }: ReplayConfig) {
  let columns: Columns = makeColumns(capacity, width);
  let batch = { places: new Int32Array(0), weights: new Float32Array(0), columns: makeColumns(0, width) };

  const addMasks = (): void => {
    columns.actionMasks ??= new Uint8Array(capacity * actions).fill(1);
    columns.nextActionMasks ??= new Uint8Array(capacity * actions).fill(1);
  };
  return {
    columns: (): TransitionColumns => columns,
    /** Refuses columns that do not fit: of `size` rows or more, of which only so many mean something. */
    requireColumns: (where: string, saved: TransitionColumns, size: number): void => {
      const rows = saved?.actions?.length;
      requireWholeNumber(where, 'columns.actions.length', rows, size, capacity);
      requireNumbers(where, 'columns.observations', saved.observations, rows * width, size * width);
      requireNumbers(where, 'columns.nextObservations', saved.nextObservations, rows * width, size * width);
      for (const name of ['actions', 'rewards', 'discounts'] as const) {
        requireNumbers(where, `columns.${name}`, saved[name], rows, size);
      }
      const bad = saved.actions.subarray(0, size).find((action) => !(action >= 0 && action < actions));
      if (bad !== undefined) refuse(where, 'columns.actions', `hold integers in [0, ${actions})`, bad);
      if ((saved.actionMasks === undefined) !== (saved.nextActionMasks === undefined)) {
        refuse(where, 'columns.nextActionMasks', 'be there where `actionMasks` are', saved.nextActionMasks);
      }
      for (const name of ['actionMasks', 'nextActionMasks'] as const) {
        if (saved[name]) requireNumbers(where, `columns.${name}`, saved[name], rows * actions, size * actions);
      }
    },
    load: (saved: TransitionColumns): void => {
      columns = makeColumns(capacity, width);
      if (saved.actionMasks) addMasks();
      for (const [name, numbers] of Object.entries(columns)) numbers.set(saved[name as keyof TransitionColumns]!);
    },
    write: (place: number, transition: StoredTransition): void => {
      const { observation, nextObservation, actionMask, nextActionMask } = transition;
      columns.observations.set(observation, place * width);
      columns.nextObservations.set(nextObservation, place * width);
      columns.actions[place] = transition.action;
      columns.rewards[place] = transition.reward;
      columns.discounts[place] = transition.discount;
      if (actionMask || nextActionMask) addMasks();
      writeMask(columns.actionMasks, place * actions, actions, actionMask);
      writeMask(columns.nextActionMasks, place * actions, actions, nextActionMask);
    },
    /** Arrays for `count` drawn transitions, the same ones from call to call. */
    batchOf: (count: number) => {
      if (batch.places.length !== count) {
        const places = new Int32Array(count);
        batch = { places, weights: new Float32Array(count), columns: makeColumns(count, width) };
      }
      if (columns.actionMasks) {
        batch.columns.actionMasks ??= new Uint8Array(count * actions);
        batch.columns.nextActionMasks ??= new Uint8Array(count * actions);
      }
      return batch;
    },
    read: (places: Int32Array, into: TransitionColumns): void => {
      for (let row = 0; row < places.length; row += 1) {
        const place = places[row]!;
        into.actions[row] = columns.actions[place]!;
        into.rewards[row] = columns.rewards[place]!;
        into.discounts[row] = columns.discounts[place]!;
        copyRow(columns.observations, place, into.observations, row, width);
        copyRow(columns.nextObservations, place, into.nextObservations, row, width);
        if (!columns.actionMasks) continue;
        copyRow(columns.actionMasks, place, into.actionMasks!, row, actions);
        copyRow(columns.nextActionMasks!, place, into.nextActionMasks!, row, actions);
      }
    },
  };
}

function makeColumns(count: number, width: number): Columns {
  return {
    observations: new Float32Array(count * width),
    actions: new Int32Array(count),
    rewards: new Float32Array(count),
    discounts: new Float32Array(count),
    nextObservations: new Float32Array(count * width),
  };
}

/** A copy that shares nothing. */
export function copyOfColumns(columns: TransitionColumns): TransitionColumns {
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

function writeMask(masks: Uint8Array | undefined, start: number, actions: number, mask?: ArrayLike<number>): void {
  if (!masks) return;
  for (let action = 0; action < actions; action += 1) masks[start + action] = mask && !mask[action] ? 0 : 1;
}

function copyRow<T extends Float32Array | Uint8Array>(
  from: T,
  place: number,
  into: T,
  row: number,
  width: number,
): void {
  for (let at = 0; at < width; at += 1) into[row * width + at] = from[place * width + at]!;
}
