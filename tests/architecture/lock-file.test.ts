import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

interface LockEntry {
  readonly resolved?: string;
  readonly link?: boolean;
  readonly version?: string;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

describe.each(['package-lock.json', 'examples/playground/package-lock.json'])('%s', (path) => {
  const text = readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
  const packages: Readonly<Record<string, LockEntry>> = JSON.parse(text).packages;

  test('names no address, so that it installs from any registry', () => {
    const withAddress = Object.entries(packages).filter(([, entry]) => entry.resolved !== undefined);
    expect(withAddress.map(([path]) => path)).toEqual([]);
    // Addresses of other things, such as where to fund a package, are not where npm fetches it from.
    expect(text).not.toMatch(/"resolved"|\.tgz"/);
  });

  test('knows the optional packages of every platform, not of this one alone', () => {
    const missing = Object.entries(packages).flatMap(([path, entry]) =>
      Object.keys(entry.optionalDependencies ?? {}).filter(
        (name) => !packages[`node_modules/${name}`] && !packages[`${path}/node_modules/${name}`],
      ),
    );
    expect(missing).toEqual([]);
  });
});
