import { refuse, requirePositiveInteger, requireWholeNumber } from '../internal/require.js';
import { untilAborted } from '../internal/signal.js';

/** One measurement of a model in training, on what it is not trained on. */
export interface ValidationReport {
  /** After how much training it was taken: epochs of a recommender, steps of a GAN or an agent. */
  readonly at: number;
  /** What was measured. */
  readonly value: number;
  /** When the best value so far was measured, with whose weights the run ends; 0 while there is none. */
  readonly bestAt: number;
  /** The best value so far; NaN while there is none. */
  readonly bestValue: number;
}

/** What was measured and kept so far: plain numbers, and a copy of the best weights. */
export interface ValidationState<Copy, Measured = unknown> {
  last?: ValidationReport & Measured;
  kept?: Copy;
  /** Measurements in a row that were no new best. */
  worse: number;
}

/** How one trainer measures its model, and keeps and restores its weights. */
export interface ValidationPlan<Copy, Measured extends { readonly value: number }> {
  /** Steps from one measurement to the next; the last step is measured too. */
  readonly every: number;
  /** Steps before which nothing is measured. Default 0. */
  readonly from?: number;
  /** Steps of an epoch, where reports count epochs. Default 1. */
  readonly unit?: number;
  readonly patience?: number;
  readonly signal?: AbortSignal;
  isBetter(value: number, best: number): boolean;
  /** Whether this is so good that the run can end. */
  isEnough?(measured: Measured): boolean;
  measure(): Promise<Measured>;
  /** Copies the weights, into an earlier copy where there is one; nothing comes of weights that are not finite. */
  copy(into: Copy | undefined): Promise<Copy | undefined>;
  restore(kept: Copy): void;
}

/** Measures the model of one run, remembers its best weights, and says when to stop. */
export interface Validator<Report = ValidationReport> {
  /** Whether nothing more is to be gained: patience is at its end, or what was measured is enough. */
  readonly isOver: boolean;
  /** Whether to measure after this step. */
  isDue(step: number, isLast: boolean): boolean;
  /** Measures after a step. Once the signal has aborted no measurement counts. */
  measure(step: number): Promise<Report>;
  /** Gives the model the best weights again, where any were measured. */
  restoreBest(): void;
  /** What was measured and kept so far, as plain data and typed arrays. */
  state(): unknown;
  /** Takes over such a state. */
  restore(state: unknown): Promise<void>;
}

/** Makes the validator of one run; it goes on from a `state` that an earlier one left. */
export function createValidator<Copy, Measured extends { readonly value: number }>(
  plan: ValidationPlan<Copy, Measured>,
  state: ValidationState<Copy, Measured> = { worse: 0 },
): Validator<ValidationReport & Measured> {
  const { every, from = 0, unit = 1, patience = Number.POSITIVE_INFINITY, signal } = plan;
  const isBetter = (value: number) =>
    Number.isFinite(value) && (state.kept === undefined || plan.isBetter(value, state.last!.bestValue));
  return {
    get isOver() {
      return state.worse >= patience || (state.last !== undefined && plan.isEnough?.(state.last) === true);
    },
    isDue: (step, isLast) => step >= from && (isLast || step % every === 0),
    measure: async (step) => {
      signal?.throwIfAborted();
      const measured = await untilAborted(plan.measure(), signal);
      const { value } = measured;
      const kept = isBetter(value) ? await plan.copy(state.kept) : undefined;
      const at = Math.ceil(step / unit);
      const { bestAt = 0, bestValue = Number.NaN } = state.last ?? {};
      state.last = { ...measured, at, ...(kept ? { bestAt: at, bestValue: value } : { bestAt, bestValue }) };
      state.worse = kept ? 0 : state.worse + 1;
      if (kept) state.kept = kept;
      return state.last;
    },
    restoreBest: () => {
      if (state.kept !== undefined) plan.restore(state.kept);
    },
    state: () => state,
    restore: async (saved) => {
      const { last, kept, worse } = (saved ?? {}) as Partial<ValidationState<Copy, Measured>>;
      requireWholeNumber('restore', 'state.worse', worse);
      const isMeasured = typeof last?.value === 'number' && typeof last.bestValue === 'number';
      if (last === undefined ? kept !== undefined : !isMeasured) {
        refuse('restore', 'state.last', 'be the measurement that its weights were kept after', last);
      }
      if (kept !== undefined && !isLike(await plan.copy(undefined), kept)) {
        refuse('restore', 'state.kept', 'hold weights of this model', kept);
      }
      Object.assign(state, { last, kept, worse });
    },
  };
}

// Whether arrays of numbers stand in the same places in both, of the same types and lengths.
function isLike(one: unknown, other: unknown): boolean {
  if (ArrayBuffer.isView(one)) {
    return ArrayBuffer.isView(other) && one.byteLength === other.byteLength && one.constructor === other.constructor;
  }
  if (typeof one !== 'object' || one === null) return typeof one === typeof other;
  if (typeof other !== 'object' || other === null) return false;
  return Object.entries(one).every(([name, each]) => isLike(each, (other as Record<string, unknown>)[name]));
}

/** The best measurement of a run, with whose weights it ended. */
export function bestOf<Report extends ValidationReport>(
  history: readonly { readonly validation?: Report }[],
): Report | undefined {
  const reports = history.flatMap(({ validation }) => validation ?? []);
  return reports.find(({ at }) => at === reports.at(-1)!.bestAt);
}

/** Checks when a `validation` measures and how long it waits, for every trainer. */
export function requirePace(where: string, { every = 1, patience = 1 }: { every?: number; patience?: number }): void {
  requirePositiveInteger(where, 'validation.every', every);
  requirePositiveInteger(where, 'validation.patience', patience);
}
