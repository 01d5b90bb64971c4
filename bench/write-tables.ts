import { readFileSync, writeFileSync } from 'node:fs';

const readme = new URL('./README.md', import.meta.url);
const [start, end] = ['<!-- tables: start -->', '<!-- tables: end -->'];

/** Puts new tables between the two marks of bench/README.md. */
export function writeTables(tables: string): void {
  const text = readFileSync(readme, 'utf8');
  const [before, after] = [text.indexOf(start), text.indexOf(end)];
  if (before < 0 || after < before) throw new Error(`bench/README.md must contain ${start} and then ${end}.`);
  writeFileSync(readme, `${text.slice(0, before + start.length)}\n\n${tables}\n\n${text.slice(after)}`);
}
