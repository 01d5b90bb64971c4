import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Rng } from 'minimart';
import type { ChildRequest } from './child.js';
import { type ChildStory, type Moment, runChild } from './run-child.js';

/** What became of the runs that were killed. */
export interface KillTally {
  readonly runs: number;
  readonly kills: number;
  /** Kills that came while a checkpoint was being written. */
  readonly inWrites: number;
  /** What must not happen. */
  readonly faults: readonly string[];
}

/** How runs are killed. */
export interface KillPlan {
  readonly kills: number;
  /** Kills of one run before it may go to its end. */
  readonly perRun: number;
  /** Most milliseconds from the start of training to a kill. */
  readonly longest: number;
  readonly rng: Rng;
}

/** Kills runs at seeded moments and starts them again, each until it ends, and looks at what every start finds. */
export async function killRuns(program: string, request: ChildRequest, plan: KillPlan): Promise<KillTally> {
  const { digest, failed } = await runChild(program, request);
  const faults = digest === undefined ? [`without a kill: ${failed}`] : [];
  let [runs, kills, inWrites] = [0, 0, 0];
  while (kills < plan.kills && faults.length === 0) {
    const most = Math.min(plan.perRun, plan.kills - kills);
    const { stories, left } = await killRun(program, request, { ...plan, perRun: most });
    const killed = stories.filter((story) => story.killed);
    runs += 1;
    kills += killed.length;
    inWrites += killed.filter(({ inWrite }) => inWrite).length;
    faults.push(...faultsOf(stories, digest!), ...left.map((name) => `${name} is left in the folder`));
  }
  const { trainer, backend } = request;
  return { runs, kills, inWrites, faults: faults.map((fault) => `${trainer}, ${backend}, run ${runs}: ${fault}`) };
}

async function killRun(program: string, request: ChildRequest, plan: KillPlan) {
  const folder = await mkdtemp(join(tmpdir(), 'minimart-kills-'));
  try {
    const stories: ChildStory[] = [];
    while (stories.length < plan.perRun && stories.at(-1)?.digest === undefined) {
      stories.push(await runChild(program, { ...request, folder }, { moment: momentOf(plan) }));
    }
    if (stories.at(-1)?.digest === undefined) stories.push(await runChild(program, { ...request, folder }));
    const left = (await readdir(folder)).filter((name) => !/^checkpoint-\d{12}\.safetensors$/.test(name));
    return { stories, left };
  } finally {
    await rm(folder, { recursive: true });
  }
}

// Half of them at any time, half of them within or just after a write.
function momentOf({ rng, longest }: KillPlan): Moment {
  if (rng.uniform() < 0.5) return { line: 'began', times: 1, delay: rng.uniform() * longest };
  return { line: 'writing', times: 1 + rng.integer(8), delay: rng.uniform() * 3 };
}

function faultsOf(stories: readonly ChildStory[], expected: string): string[] {
  const faults: string[] = [];
  let written = 0;
  for (const [place, { killed, read, written: latest, digest, failed }] of stories.entries()) {
    const start = `start ${place + 1}`;
    if (failed !== undefined) faults.push(`${start}: ${failed}`);
    // A start that was killed before it had read its checkpoint tells nothing.
    const hasRead = !killed || latest !== undefined || read.length > 0;
    if (read.length > 1) faults.push(`${start} found a damaged checkpoint, that of step ${read[0]}`);
    if (hasRead && written > (read.at(-1) ?? 0)) faults.push(`${start} lost step ${written}, found ${read.at(-1)}`);
    written = Math.max(written, latest ?? 0, read.at(-1) ?? 0);
    if (digest !== undefined && digest !== expected) faults.push(`${start} ended with other numbers`);
    if (!killed && digest === undefined) faults.push(`${start} ended without a word`);
  }
  return faults;
}
