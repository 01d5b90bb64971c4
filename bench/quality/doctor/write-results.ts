import { mkdirSync, writeFileSync } from 'node:fs';

/** Writes what a benchmark found, with the day and the version of Node, to `bench/quality/results/<name>.json`. */
export function writeResults(name: string, results: Readonly<Record<string, unknown>>): void {
  const folder = new URL('../results/', import.meta.url);
  mkdirSync(folder, { recursive: true });
  const day = new Date().toISOString().slice(0, 10);
  writeFileSync(
    new URL(`${name}.json`, folder),
    `${JSON.stringify({ day, node: process.version, ...results }, null, 2)}\n`,
  );
}
