import type { GanReport } from 'minimart';
import type { Moment, RunNews, Verdict } from '../services.js';

/** Steps from one look of the doctor to the next. */
export const examineEvery = 50;

/** Collects reports until they are told. */
export interface Journal {
  add(report: GanReport): void;
  /** What came since it was last asked. */
  tell(): RunNews;
}

/** An empty journal, whose steps a second are counted from now on. */
export function createJournal(batchSize: number): Journal {
  let moments: Moment[] = [];
  let verdict: Verdict | undefined;
  let examined = false;
  let stepsPerSecond = 0;
  return {
    add: ({ step, losses, realScore, fakeScore, findings, samplesPerSecond }) => {
      const { discriminator: discriminatorLoss, generator: generatorLoss } = losses;
      moments.push({ step, discriminatorLoss, generatorLoss, realScore, fakeScore });
      stepsPerSecond = samplesPerSecond / batchSize;
      const [found] = findings ?? [];
      if (found) verdict = { step, verdict: found.verdict, evidence: found.evidence, remedy: found.remedy };
      else if (step % examineEvery === 0) verdict = undefined;
      examined ||= found !== undefined || step % examineEvery === 0;
    },
    tell: () => {
      const told = moments;
      moments = [];
      return { kind: 'moments', moments: told, stepsPerSecond, examined, ...(verdict && { verdict }) };
    },
  };
}
