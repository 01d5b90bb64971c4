import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, inject, test } from 'vitest';
import { entries, moduleOf } from './entries.js';
import { listExports } from './list-exports.js';
import { publicNames } from './public-names.js';

const app = inject('esmApp');
const load = createRequire(join(app, 'package.json'));

test('every entry has its list of names', () => {
  expect(Object.keys(publicNames).sort()).toEqual([...entries].sort());
});

// A name that comes or goes is a change for users: it belongs into the list, and into a changeset.
describe.each(entries)('%s', (entry) => {
  test('exports the listed values, in both formats', async () => {
    const expected = [...(publicNames[entry]?.values ?? [])].sort();
    expect(Object.keys(load(entry)).sort()).toEqual(expected);
    const url = pathToFileURL(join(app, 'node_modules/minimart', moduleOf(entry)));
    expect(Object.keys(await import(/* @vite-ignore */ url.href)).sort()).toEqual(expected);
  });

  test('exports the listed types', () => {
    const { values = [], types = [] } = publicNames[entry] ?? {};
    expect(listExports(app, entry)).toEqual([...values, ...types].sort());
  });
});
