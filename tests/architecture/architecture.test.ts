import { readdirSync, readFileSync } from 'node:fs';
import { join, posix, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { checkSource } from './check-source.js';
import type { PackageNames } from './import-rules.js';
import { namesListed } from './index-rules.js';
import { innocents, offenders } from './offenders.js';
import { inWords } from './violation.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const src = join(root, 'src');

const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const packages: PackageNames = {
  installed: [...Object.keys(manifest.dependencies), ...Object.keys(manifest.peerDependencies)],
};

const files = readdirSync(src, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
  .map((entry) => relative(src, join(entry.parentPath, entry.name)).split(sep).join('/'))
  // AssemblyScript has the ending but not the language.
  .filter((path) => !path.startsWith('kernels/wasm/assembly/'));

describe('src keeps the rules of the house', () => {
  test('there are files to check', () => {
    expect(files).toContain('index.ts');
  });

  test.each(files)('%s', (path) => {
    expect(checkSource(path, readFileSync(join(src, path), 'utf8'), packages).map(inWords)).toEqual([]);
  });
});

test('a public name is written once', () => {
  const listed = files
    .filter((path) => /(^|\/)index\.ts$/.test(path))
    .flatMap((path) => {
      const text = readFileSync(join(src, path), 'utf8');
      return namesListed(ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true));
    });
  expect(listed.length).toBeGreaterThan(100);
  expect(listed.filter((name, index) => listed.indexOf(name) !== index)).toEqual([]);
});

// A folder that holds more is several ideas; the wasm sources' folders are counted too.
test('no folder holds more than 15 files', () => {
  const counts = new Map<string, number>();
  for (const entry of readdirSync(src, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !entry.name.endsWith('.ts')) continue;
    const folder = relative(src, entry.parentPath);
    counts.set(folder, (counts.get(folder) ?? 0) + 1);
  }
  expect(counts.size).toBeGreaterThan(50);
  expect([...counts].filter(([, count]) => count > 15)).toEqual([]);
});

test('no two files import each other', () => {
  const imported = new Map(files.map((path) => [path, importsOf(path)]));
  const circles = files.flatMap((path) =>
    [...imported.get(path)!]
      .filter((other) => path < other && imported.get(other)?.has(path))
      .map((other) => [path, other]),
  );
  expect(circles).toEqual([]);
});

describe('the rules catch', () => {
  test.each(offenders)('$title ($rule)', ({ path, text, rule }) => {
    const rules = checkSource(path, text, packages).map((found) => found.rule);
    expect([...new Set(rules)]).toEqual([rule]);
  });
});

describe('the rules pass', () => {
  test.each(innocents)('$title', ({ path, text }) => {
    expect(checkSource(path, text, packages).map(inWords)).toEqual([]);
  });
});

function importsOf(path: string): Set<string> {
  const { importedFiles } = ts.preProcessFile(readFileSync(join(src, path), 'utf8'));
  const targets = importedFiles.filter(({ fileName }) => fileName.startsWith('.'));
  return new Set(targets.map(({ fileName }) => posix.join(posix.dirname(path), fileName).replace(/js$/, 'ts')));
}
