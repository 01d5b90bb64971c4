import type { OptionNames } from '../../internal/options.js';
import { requireOptions } from '../../internal/options.js';
import { refuse, requireGivenFunction, requireOneOf, requirePositiveInteger } from '../../internal/require.js';
import { allVariables } from '../../nn/models/model-variables.js';
import { firstNonFinite, type NumberList, putBack, readAll } from '../../nn/models/weight-guard.js';
import { signalForLooks } from '../../saving/checkpoint-options.js';
import { createValidator, requirePace, type Validator } from '../../training/validation.js';
import type { GanOptions } from './options/gan-options.js';

type GanValidation = NonNullable<GanOptions['validation']>;

/** What draws samples: the moving average if there is one, else the generator in training. */
export function drawingModel({ average, generator }: Pick<GanOptions, 'average' | 'generator'>) {
  return average?.model ?? generator;
}

/** Refuses a `validation` that cannot measure. */
export function checkGanValidation(where: string, { validation }: GanOptions): void {
  if (validation === undefined) return;
  const names: OptionNames<GanValidation> = { score: true, every: true, patience: true, better: true };
  requireOptions(where, validation, names, 'validation');
  const { score, every, patience, better = 'lower' } = validation ?? {};
  requireGivenFunction(where, 'validation.score', score);
  requirePositiveInteger(where, 'validation.every', every);
  requirePace(where, { every, patience });
  requireOneOf(where, 'validation.better', ['lower', 'higher'], better);
}

/** What measures the generator of a run, where that is asked for. */
export function ganValidator(where: string, options: GanOptions): Validator | undefined {
  const { validation, average } = options;
  const signal = signalForLooks(options);
  if (!validation) return undefined;
  const { score, every, patience, better = 'lower' } = validation;
  const model = drawingModel(options);
  const weights = allVariables(model);
  return createValidator<{ readonly values: readonly NumberList[]; readonly updates: number }, { value: number }>({
    ...{ every, patience, signal },
    isBetter: (value, best) => (better === 'lower' ? value < best : value > best),
    measure: async () => {
      const value = await score(model, signal);
      if (typeof value !== 'number') refuse(where, 'validation.score', 'give a number', value);
      return { value };
    },
    // A score may overlook weights that are broken; they are those of no best generator.
    copy: async () => {
      if ((await firstNonFinite(weights)) !== undefined) return undefined;
      return { values: await readAll(weights), updates: average?.updates ?? 0 };
    },
    restore: ({ values, updates }) => {
      putBack(weights, values);
      if (average) average.updates = updates;
    },
  });
}
