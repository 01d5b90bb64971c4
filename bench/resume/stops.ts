import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ChildRequest } from './child.js';
import { runChild } from './run-child.js';

/** What became of the runs that were stopped. */
export interface StopTally {
  readonly stops: number;
  /** What must not happen. */
  readonly faults: readonly string[];
}

/** Ends a process after each of these steps, one run for each, and lets a fresh one go on to the end. */
export async function stopRuns(program: string, request: ChildRequest, stops: readonly number[]): Promise<StopTally> {
  const { digest, failed } = await runChild(program, request);
  if (digest === undefined) return { stops: 0, faults: [`without a stop: ${failed}`] };
  const faults: string[] = [];
  for (const stop of stops) faults.push(...(await stopRun(program, request, stop, digest)));
  return { stops: stops.length, faults: faults.map((fault) => `${request.trainer}, ${request.backend}: ${fault}`) };
}

async function stopRun(program: string, request: ChildRequest, stop: number, expected: string): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'minimart-stops-'));
  try {
    const first = await runChild(program, { ...request, folder, stopAt: stop });
    const { read, digest, failed } = await runChild(program, { ...request, folder });
    const faults = first.written === stop ? [] : [`stopped at step ${first.written} in place of ${stop}`];
    if (read.length !== 1 || read[0] !== stop) faults.push(`after step ${stop} went on from ${read}`);
    if (digest !== expected) faults.push(`stopped after step ${stop}: ${failed ?? 'ended with other numbers'}`);
    return faults;
  } finally {
    await rm(folder, { recursive: true });
  }
}
