import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, inject, test } from 'vitest';
import { reportFile } from '../../scripts/api-report.js';
import { entries, moduleOf } from './entries.js';
import { listExports } from './list-exports.js';

const app = inject('esmApp');
const load = createRequire(join(app, 'package.json'));
const [values = '', types = ''] = readFileSync(reportFile, 'utf8').split('\nTYPES\n');

/** The names that the report gives to an entry. */
function reported(part: string, entry: string): string[] {
  const home = entry.replace(/^minimart\/?/, '');
  return [...part.matchAll(/^(\w+) \[(only )?([^\]]*)\]$/gm)]
    .filter(([, , isElsewhere, homes = '']) => (home === '' ? !isElsewhere : homes.split(' ').includes(home)))
    .map(([, name = '']) => name)
    .sort();
}

test('the report has names', () => {
  expect(reported(values, 'minimart').length).toBeGreaterThan(100);
  expect(reported(types, 'minimart').length).toBeGreaterThan(100);
});

describe.each(entries)('%s', (entry) => {
  test('exports the reported values, in both formats', async () => {
    const expected = reported(values, entry);
    expect(Object.keys(load(entry)).sort()).toEqual(expected);
    const url = pathToFileURL(join(app, 'node_modules/minimart', moduleOf(entry)));
    expect(Object.keys(await import(/* @vite-ignore */ url.href)).sort()).toEqual(expected);
  });

  test('exports the reported types', () => {
    expect(listExports(app, entry)).toEqual([...reported(values, entry), ...reported(types, entry)].sort());
  });
});
