import { createRng, type RngState } from '../../../random/rng.js';
import { fullShape } from '../../training/options/condition-shape.js';
import { outputRange } from '../../training/options/output-range.js';
import type { GanMoment, GanReport } from '../gan-observer.js';
import { curveNumbers } from './curves.js';
import type { Examination, SampleProbe } from './examination.js';
import { examineSamples } from './examine-samples.js';
import { createRealSamples, type RealSamplesState } from './real-samples.js';
import { createUpdateMeter, type UpdateMeterState } from './update-meter.js';

/** How often and how closely to look. */
export interface Pace {
  readonly every: number;
  readonly samples: number;
  readonly seed: number;
}

/** Follows one run, and examines it from time to time. */
export interface Examiner {
  /** The last step that it saw. */
  readonly step: number;
  /** Takes in a report; returns an examination when one is due. */
  look(moment: GanMoment): Promise<Examination | undefined>;
  /** All that it knows. */
  state(): ExaminerState;
  /** Takes over what another one of the same run knew. */
  restore(state: ExaminerState): void;
}

/** What an examiner knows, as plain data and arrays of numbers. */
export interface ExaminerState {
  readonly step: number;
  readonly examined: number;
  readonly reports: readonly GanReport[];
  readonly reals: RealSamplesState;
  readonly meter: UpdateMeterState;
  /** Streams of what is kept, and of fresh noise. */
  readonly streams: readonly [RngState, RngState];
}

// So many numbers of real samples are kept at most, 16 MB, unless that would be fewer than 32 samples.
const storedNumbers = 2 ** 22;

/** Makes the examiner of one run from its first moment. */
export function createExaminer({ generator, real }: GanMoment, { every, samples, seed }: Pace): Examiner {
  const rng = createRng(seed).stream('doctor');
  const size = real.size / real.shape[0]!;
  const capacity = Math.min(2 * samples, Math.max(32, Math.floor(storedNumbers / size)));
  const count = Math.min(samples, capacity);
  const shape = [count, ...fullShape('ganDoctor', 'generator', 'input', generator.inputs[0]!.shape)];
  const noise = rng.stream('noise').fillNormal(new Float32Array(shape.reduce((product, each) => product * each, 1)));
  const [stored, fresh] = [rng.stream('store'), rng.stream('fresh')];
  const probe = { reals: createRealSamples(capacity, stored), noise: { values: noise, shape }, rng: fresh };
  const meter = createUpdateMeter();
  let reports: GanReport[] = [];
  let [step, examined] = [0, 0];
  const isDue = ({ step: now, totalSteps }: GanReport) => {
    const since = now - examined;
    const isFirst = examined === 0 && meter.isSure;
    return isFirst || since >= every || (now >= totalSteps && 2 * since >= every);
  };
  return {
    get step() {
      return step;
    },
    look: async (moment) => {
      step = moment.report.step;
      reports.push(moment.report);
      await meter.look(step, moment);
      const due = isDue(moment.report);
      if (due || probe.reals.seen < 5 * capacity) await store(moment, probe.reals);
      if (!due) return undefined;
      await meter.begin(step, moment);
      const seen = reports;
      [reports, examined] = [[], step];
      return examine(moment, { ...probe, generator: moment.generator }, seen, meter.numbers());
    },
    state: () => ({
      ...{ step, examined, reports: [...reports], reals: probe.reals.state(), meter: meter.state() },
      streams: [stored.state(), fresh.state()],
    }),
    restore: (saved) => {
      const [first, second] = saved.streams ?? [];
      probe.reals.restore(saved.reals);
      meter.restore(saved.meter);
      stored.restore(first!);
      fresh.restore(second!);
      ({ step, examined } = saved);
      reports = [...saved.reports];
    },
  };
}

async function store({ real, conditions }: GanMoment, reals: SampleProbe['reals']): Promise<void> {
  const values = await real.data<'float32'>();
  reals.add(values, real.shape[0]!, await conditions?.data<'float32'>());
}

async function examine(
  { generator, report }: GanMoment,
  probe: SampleProbe,
  reports: readonly GanReport[],
  updates: Examination['updates'],
): Promise<Examination> {
  const { data, ...rest } = await examineSamples(probe);
  const range = outputRange(generator);
  return { step: report.step, curves: curveNumbers(reports), updates, data: { ...data, range }, ...rest };
}
