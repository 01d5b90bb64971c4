import { mkdirSync, writeFileSync } from 'node:fs';

/** Writes what a benchmark found, with the day and the versions, to `bench/rl/results/<name>.json`. */
export function writeResults(name: string, results: Readonly<Record<string, unknown>>): void {
  const folder = new URL('results/', import.meta.url);
  mkdirSync(folder, { recursive: true });
  const day = new Date().toISOString().slice(0, 10);
  const text = JSON.stringify({ day, node: process.version, ...results }, null, 2);
  writeFileSync(new URL(`${name}.json`, folder), `${text}\n`);
}

/** Runs `work` and gives its result with the processor seconds it took. */
export async function timed<T>(work: () => T | Promise<T>): Promise<{ readonly result: T; readonly seconds: number }> {
  const before = process.cpuUsage();
  const result = await work();
  const { user, system } = process.cpuUsage(before);
  return { result, seconds: (user + system) / 1e6 };
}
