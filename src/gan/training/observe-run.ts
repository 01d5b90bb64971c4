import { refuse } from '../../internal/require.js';
import { untilAborted } from '../../internal/signal.js';
import { signalForLooks } from '../../saving/checkpoint-options.js';
import type { Recovery } from '../../training/recovery.js';
import type { Finding, GanMoment, GanObserver, GanReport, Observation } from '../watching/gan-observer.js';
import { drawingModel } from './gan-validation.js';
import type { GanWork } from './gan-work.js';
import type { GanOptions } from './options/gan-options.js';

/** Passes reports on, each with what the observers found; ends the run when one of them says so. */
export async function* observeRun(
  where: string,
  reports: AsyncGenerator<GanReport, void>,
  { work, recovery }: { readonly work: GanWork; readonly recovery: Recovery },
  options: GanOptions,
): AsyncGenerator<GanReport, void> {
  for await (const report of reports) {
    const { findings, stopped } = await askObservers(where, report, work, options);
    if (stopped !== undefined) {
      await work.finish?.();
      // The loop still has its last checkpoint to write, with this report in it.
      work.stop();
    }
    const nonFinite = [...(report.nonFinite ?? []), ...(recovery.report().nonFinite ?? [])];
    const more = nonFinite.length > 0 && { nonFinite };
    yield { ...report, ...more, ...(findings.length > 0 && { findings }), ...(stopped !== undefined && { stopped }) };
  }
}

async function askObservers(where: string, report: GanReport, work: GanWork, options: GanOptions) {
  const { observers = [], discriminator } = options;
  const signal = signalForLooks(options);
  const findings: Finding[] = [];
  let stopped: string | undefined;
  const batch = work.lastBatch();
  // A run that goes on at its end has nothing to show but what was reported.
  if (!batch) return { findings, stopped };
  const { samples: real, conditions } = batch;
  for (const observer of observers) {
    const moment: GanMoment = { report, generator: drawingModel(options), discriminator, real, conditions };
    const seen = requireObservation(where, observer, await untilAborted(observer.observe(moment), signal));
    findings.push(...(seen?.findings ?? []));
    if (seen?.stop !== undefined) stopped ??= `${observer.name}: ${seen.stop}`;
  }
  return { findings, stopped };
}

function requireObservation(where: string, { name }: GanObserver, said: unknown): Observation | undefined {
  if (said === undefined || said === null) return undefined;
  const argument = `observers: ${String(name)}`;
  if (typeof said !== 'object') refuse(where, argument, 'give an Observation or nothing', said);
  const { findings = [], stop = '' } = said as { readonly findings?: unknown; readonly stop?: unknown };
  if (!Array.isArray(findings) || !findings.every(isFinding)) {
    refuse(where, argument, 'give `findings` as a list of { verdict, evidence, remedy }', findings);
  }
  if (typeof stop !== 'string') refuse(where, argument, 'give `stop` as text', stop);
  return said;
}

function isFinding(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'verdict' in value;
}
