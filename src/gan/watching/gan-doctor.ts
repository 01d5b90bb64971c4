import { type OptionNames, requireOptions } from '../../internal/options.js';
import {
  refuse,
  requireFlag,
  requirePositiveInteger,
  requireSeed,
  requireWholeNumber,
} from '../../internal/require.js';
import { diagnose } from './doctor/diagnose.js';
import type { Examination } from './doctor/examination.js';
import { createExaminer, type Examiner, type ExaminerState } from './doctor/examiner.js';
import { type DoctorLimits, defaultLimits } from './doctor/limits.js';
import { numbersNotFinite } from './doctor/signs/numbers-not-finite.js';
import type { GanObserver } from './gan-observer.js';

/** Options of {@link ganDoctor}. */
export interface GanDoctorOptions {
  /** Whether the first finding ends the run. Default false. */
  readonly stop?: boolean;
  /** Steps from one examination to the next, >= 1, taken at the first report that is so far on. Default 100. */
  readonly every?: number;
  /** Samples to draw for an examination, >= 16; twice as many real ones are kept to compare with. Default 128. */
  readonly samples?: number;
  /**
   * Steps before which a fresh generator is not blamed for what it draws. Default 500. Data and learning rates are looked
   * at from the first steps on.
   */
  readonly warmUp?: number;
  /** Examinations in a row that must show a sign, >= 2. Default 3. */
  readonly persistence?: number;
  /** Fixes the noise of the examinations; any safe integer. Default 0. The run's own numbers are not touched. */
  readonly seed?: number;
  /** Where signs begin, each with its default. */
  readonly limits?: Partial<DoctorLimits>;
}

/**
 * Watches a run for what commonly goes wrong, and says what it is, by which numbers, and what to do about it: in
 * `findings` of the reports, at each examination at which it holds.
 *
 * | verdict | what was seen |
 * |---|---|
 * | `'numbers-not-finite'` | `onNonFinite` left an update out or went back: told at the report of it, not only at an examination |
 * | `'wrong-data-range'` | data that are constant, use half of the generator's range, or are out of its reach |
 * | `'weights-stand-still'` | a step changes less than a millionth of a network's weights: it does not learn |
 * | `'learning-rate-too-high'` | a step changes a network's weights by 7% or more; scores swing; a loss explodes |
 * | `'memorising'` | many samples lie on training samples |
 * | `'discriminator-saturated'` | it is sure of every fake, and the generator gains nothing any more |
 * | `'generator-collapsed'` | samples are nearly all alike, and do not become more varied |
 * | `'condition-ignored'` | real samples follow their conditions, generated ones do not |
 *
 * Of several it tells the first in this order, because one causes the next. No finding is no proof of quality: it knows
 * nothing of what samples look like, of modes that are missing while others are varied, nor whether a data set larger than
 * what it keeps is memorised. Between examinations it does next to nothing; one costs about as much as a step or two.
 * With `reportEvery` above 20 it sees the first steps too late to blame the learning rate for them.
 *
 * @param options - See {@link GanDoctorOptions}.
 * @returns The observer, which holds no tensors. It begins anew when a report has an earlier step than the last.
 * @throws RangeError when an option is out of its range.
 * @see Arjovsky and Bottou, "Towards Principled Methods for Training Generative Adversarial Networks" (2017),
 *   https://arxiv.org/abs/1701.04862
 * @example
 * const doctor = ganDoctor({ every: 10, stop: true });
 * const pixels = { ...images, values: images.values.map((value) => 255 * value) };
 * const linear = buildGenerator({ latentSize: 8, hidden: [16], outputShape: [4, 4, 1] });
 * const run = await trainGan({ generator: linear, discriminator, data: pixels, steps: 50, observers: [doctor] });
 * run.history.at(-1)!.findings![0]!.verdict; // 'wrong-data-range'
 * run.stopped!.startsWith('ganDoctor: wrong-data-range'); // true
 */
export function ganDoctor(options: GanDoctorOptions = {}): GanObserver {
  checkOptions(options);
  const { stop = false, every = 100, samples = 128, warmUp = 500, persistence = 3, seed = 0 } = options;
  const limits = fullLimits(options.limits);
  let examiner: Examiner | undefined;
  let recent: Examination[] = [];
  let saved: SavedDoctor | undefined;
  return {
    name: 'ganDoctor',
    observe: async (moment) => {
      if (!examiner || moment.report.step <= examiner.step) {
        examiner = createExaminer(moment, { every, samples, seed });
        recent = [];
        if (saved) {
          examiner.restore(saved.examiner);
          recent = [...saved.recent];
          saved = undefined;
        }
      }
      const examination = await examiner.look(moment);
      if (examination) recent = [...recent, examination].slice(-persistence);
      const broken = numbersNotFinite(moment.report);
      const finding = broken ?? (examination && diagnose(recent, limits, { warmUp, persistence }));
      if (!finding) return undefined;
      return { findings: [finding], ...(stop && { stop: `${finding.verdict}: ${finding.evidence}` }) };
    },
    state: () => (examiner ? { examiner: examiner.state(), recent } : saved),
    // It needs to see the run before it can take over what it knew of it.
    restore: (state) => {
      const { examiner: given, recent: before } = (state ?? {}) as Partial<SavedDoctor>;
      if (state !== undefined && !(given && Array.isArray(before))) {
        refuse('restore', 'state', 'come from state() of a ganDoctor', state);
      }
      examiner = undefined;
      saved = state as SavedDoctor | undefined;
    },
  };
}

interface SavedDoctor {
  readonly examiner: ExaminerState;
  readonly recent: readonly Examination[];
}

// A limit that is explicitly undefined has its default.
function fullLimits(given: Partial<DoctorLimits> = {}): DoctorLimits {
  const named = Object.entries(given).filter(([, value]) => value !== undefined);
  return { ...defaultLimits, ...Object.fromEntries(named) };
}

function checkOptions(options: GanDoctorOptions): void {
  const names: OptionNames<GanDoctorOptions> = {
    stop: true,
    every: true,
    samples: true,
    warmUp: true,
    persistence: true,
    seed: true,
    limits: true,
  };
  requireOptions('ganDoctor', options, names);
  if (typeof options.limits !== 'object' && options.limits !== undefined) {
    refuse('ganDoctor', 'limits', 'be an object of limits', options.limits);
  }
  const { stop = false, every = 100, samples = 128, warmUp = 500, persistence = 3, seed = 0, limits = {} } = options;
  const where = 'ganDoctor';
  requireFlag(where, 'stop', stop);
  requirePositiveInteger(where, 'every', every);
  requireWholeNumber(where, 'samples', samples, 16);
  requireWholeNumber(where, 'warmUp', warmUp, 0);
  requireWholeNumber(where, 'persistence', persistence, 2);
  requireSeed(where, seed);
  for (const [name, value] of Object.entries(limits)) {
    if (!Object.hasOwn(defaultLimits, name))
      refuse(where, `limits.${name}`, 'be left out: there is no such limit', value);
    if (value === undefined) continue;
    if (!(typeof value === 'number' && value >= 0))
      refuse(where, `limits.${name}`, 'be a number >= 0, or Infinity for never', value);
  }
}
