import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { Outcome } from './follow-run.js';

interface Results {
  readonly day: string;
  readonly node: string;
  readonly groups: Readonly<Record<string, readonly Outcome[]>>;
}

/** Puts the outcomes of one run into `bench/quality/results/doctor.json`, in the place of earlier ones of its name. */
export function writeOutcomes(group: string, outcomes: readonly Outcome[]): void {
  const folder = new URL('../results/', import.meta.url);
  const file = new URL('doctor.json', folder);
  mkdirSync(folder, { recursive: true });
  const before: Results | undefined = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
  const others = (before?.groups[group] ?? []).filter(({ name }) => name !== outcomes[0]?.name);
  const results: Results = {
    day: new Date().toISOString().slice(0, 10),
    node: process.version,
    groups: { ...before?.groups, [group]: [...others, ...outcomes] },
  };
  writeFileSync(file, `${JSON.stringify(results, null, 2)}\n`);
}
