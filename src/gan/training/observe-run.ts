import type { Finding, GanMoment } from '../watching/gan-observer.js';
import type { GanOptions, GanReport } from './gan-options.js';
import type { GanWork } from './gan-work.js';

/** Passes reports on, each with what the observers found; ends the run when one of them says so. */
export async function* observeRun(
  reports: AsyncGenerator<GanReport, void>,
  work: GanWork,
  options: GanOptions,
): AsyncGenerator<GanReport, void> {
  for await (const report of reports) {
    const { findings, stopped } = await askObservers(report, work, options);
    if (stopped !== undefined) await work.finish?.();
    yield { ...report, ...(findings.length > 0 && { findings }), ...(stopped !== undefined && { stopped }) };
    if (stopped !== undefined) return;
  }
}

async function askObservers(report: GanReport, work: GanWork, options: GanOptions) {
  const { observers = [], average, generator, discriminator } = options;
  const findings: Finding[] = [];
  let stopped: string | undefined;
  for (const observer of observers) {
    const { samples: real, conditions } = work.lastBatch();
    const moment: GanMoment = { report, generator: average?.model ?? generator, discriminator, real, conditions };
    const seen = await observer.observe(moment);
    findings.push(...(seen?.findings ?? []));
    if (seen?.stop !== undefined) stopped ??= `${observer.name}: ${seen.stop}`;
  }
  return { findings, stopped };
}
