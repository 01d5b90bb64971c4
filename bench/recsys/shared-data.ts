import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder with data sets that are not ours to publish, or undefined where there is none. */
export function sharedData(...path: string[]): string | undefined {
  const folder = process.env.MINIMART_DATA ?? fileURLToPath(new URL('../../../shared/data', import.meta.url));
  const found = join(folder, ...path);
  return existsSync(found) ? found : undefined;
}
