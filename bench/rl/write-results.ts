import { writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';

/** Writes `bench/rl/results/<name>.json`: settings and rows, with the day and the machine. */
export async function writeResults(name: string, results: Readonly<Record<string, unknown>>): Promise<void> {
  const processors = cpus();
  const machine = `${processors[0]?.model.trim()}, ${processors.length} cores, Node ${process.version}`;
  const text = JSON.stringify({ date: new Date().toISOString().slice(0, 10), machine, ...results }, null, 2);
  await writeFile(new URL(`./results/${name}.json`, import.meta.url), `${text}\n`);
}
