import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = process.env.MINIMART_DATA ?? fileURLToPath(new URL('../../../shared/data', import.meta.url));

/** The path of a file of real data, which is no part of the project; `undefined`, with a word, where it is absent. */
export function findSharedData(name: string): string | undefined {
  const path = `${folder}/${name}`;
  if (existsSync(path)) return path;
  console.warn(`${name} is not in ${folder} (set MINIMART_DATA): the tests that read it are skipped.`);
  return undefined;
}
