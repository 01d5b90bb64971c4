import { readFileSync } from 'node:fs';

interface Manifest {
  readonly exports: Readonly<Record<string, { readonly import: { readonly default: string } }>>;
}

const manifest: Manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));

/** What users can import: `minimart`, `minimart/gan` and so on. */
export const entries: readonly string[] = Object.keys(manifest.exports)
  .filter((path) => !path.endsWith('.json'))
  .map((path) => path.replace(/^\./, 'minimart'));

/** The entries that run in browsers. */
export const browserEntries = entries.filter((entry) => entry !== 'minimart/node');

/** The file of the package that `import` of an entry loads. */
export function moduleOf(entry: string): string {
  return manifest.exports[entry.replace('minimart', '.')]!.import.default;
}
