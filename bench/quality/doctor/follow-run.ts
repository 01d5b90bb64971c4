import { type Finding, type GanObserver, ganDoctor, trainGan } from '../../../src/index.js';
import type { KnownRun } from './runs.js';

/** What came of one run. */
export interface Outcome {
  readonly name: string;
  readonly seed: number;
  /** What it should have been; 'none' for a healthy run. */
  readonly expected: string;
  /** The first verdict, and the step of it; 'none' without any. */
  readonly first: string;
  readonly step: number | null;
  readonly evidence: string;
  /** Every verdict of the run. */
  readonly verdicts: readonly string[];
  readonly steps: number;
  readonly seconds: number;
  /** Share of the run's time that the doctor took. */
  readonly cost: number;
}

/** Trains with a doctor beside, and ends the run at its first finding. */
export async function followRun({ name, verdict = 'none', options }: KnownRun, seed: number): Promise<Outcome> {
  const clock = { inside: 0 };
  const began = performance.now();
  const { history, steps } = await trainGan({ ...options(seed), observers: [timed(ganDoctor({ stop: true }), clock)] });
  const seconds = (performance.now() - began) / 1000;
  const found: { step: number; finding: Finding }[] = history.flatMap(({ step, findings = [] }) =>
    findings.map((finding) => ({ step, finding })),
  );
  const verdicts = [...new Set(found.map(({ finding }) => finding.verdict))];
  return {
    name,
    seed,
    expected: verdict,
    first: verdicts[0] ?? 'none',
    step: found[0]?.step ?? null,
    evidence: found[0]?.finding.evidence ?? '',
    verdicts,
    steps,
    seconds,
    cost: clock.inside / 1000 / seconds,
  };
}

function timed(observer: GanObserver, clock: { inside: number }): GanObserver {
  return {
    name: observer.name,
    observe: async (moment) => {
      const began = performance.now();
      const said = await observer.observe(moment);
      clock.inside += performance.now() - began;
      return said;
    },
  };
}
