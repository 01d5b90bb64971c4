import { existsSync } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, inject, test } from 'vitest';
import { mustRun } from './run-command.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const installed = join(inject('esmApp'), 'node_modules', 'minimart');

async function filesOf(folder: string): Promise<string[]> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  return found.filter((entry) => entry.isFile()).map((entry) => relative(folder, join(entry.parentPath, entry.name)));
}

describe('the packed package', () => {
  test('holds the built library and what npm shows of it, and nothing else', async () => {
    const files = await filesOf(installed);
    const others = files
      .filter((file) => !/^dist\/(esm\/[\w/-]+\.js|cjs\/[\w-]+\.cjs|types\/[\w-]+\.d\.c?ts)$/.test(file))
      .sort();
    const expected = [
      'CHANGELOG.md',
      'LICENSE',
      'README.md',
      'SECURITY.md',
      'THIRD-PARTY-NOTICES.txt',
      'llms.txt',
      'package.json',
    ];
    // The first release writes the changelog.
    expect(others).toEqual(expected.filter((name) => name !== 'CHANGELOG.md' || existsSync(join(root, name))));
  });

  test('weighs less than seven megabytes unpacked, so no data set came along', async () => {
    const sizes = await Promise.all(
      (await filesOf(installed)).map(async (file) => (await stat(join(installed, file))).size),
    );
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(7 * 2 ** 20);
  });

  test('runs nothing when it is installed', async () => {
    const { scripts = {} } = JSON.parse(await readFile(join(installed, 'package.json'), 'utf8'));
    expect(Object.keys(scripts).filter((name) => /^(pre|post)?install$|^prepare$/.test(name))).toEqual([]);
  });

  test('passes publint, warnings included', async () => {
    await mustRun(join(root, 'node_modules/.bin/publint'), ['--strict', inject('tarball')], root);
  });

  test('has types that resolve for import and for require', async () => {
    // Node 10 knows no exports map, and no supported Node is that old.
    await mustRun(join(root, 'node_modules/.bin/attw'), [inject('tarball'), '--profile', 'node16'], root);
  });
});
