import { readFileSync } from 'node:fs';

interface Manifest {
  readonly exports: Readonly<Record<string, unknown>>;
  readonly files: readonly string[];
  readonly dependencies: Readonly<Record<string, string>>;
}

export const manifest: Manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));

/** What users can import: `minimart`, `minimart/gan` and so on. */
export const entries: readonly string[] = Object.keys(manifest.exports)
  .filter((path) => !path.endsWith('.json'))
  .map((path) => path.replace(/^\./, 'minimart'));

/** The entries that run in browsers. */
export const browserEntries = entries.filter((entry) => entry !== 'minimart/node');
