import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { mustRun } from '../../tests/package/run-command.js';

const peers = ['core', 'layers', 'backend-wasm'].map((name) => `@tensorflow/tfjs-${name}@4.22`);

/** The first lines of the README, as they are printed there but for a shorter run: other tests run all of it. */
export async function readmeLines(): Promise<string> {
  const readme = await readFile(new URL('../../README.md', import.meta.url), 'utf8');
  const block = readme.match(/^```ts\n([\s\S]*?)^```$/m)?.[1];
  if (!block) throw new Error('README.md holds no ```ts block.');
  return block.replace('steps: 1000', 'steps: 20');
}

/** The lines in a page, and in a worker where the address says so. */
const index = `
if (location.search === '?worker') {
  new Worker(new URL('./readme.js', import.meta.url), { type: 'module' });
} else {
  import('./readme.js');
}
`;

/** The same in a client component of Next, where imports stand first and nothing may be awaited outside functions. */
export function componentOf(lines: string): string {
  const imports = lines.match(/^import [\s\S]*?;$/gm) ?? [];
  const rest = imports.reduce((text, each) => text.replace(each, ''), lines);
  return `'use client';
import { useEffect } from 'react';
${imports.join('\n')}
async function main() {
${rest}
}
export default function Page() {
  useEffect(() => {
    if (location.search === '?worker') {
      new Worker(new URL('./readme.js', import.meta.url), { type: 'module' });
    } else {
      main();
    }
  }, []);
  return <p>minimart</p>;
}
`;
}

/** What every app has, beside what its bundler wants. */
export async function appFiles(): Promise<Record<string, string>> {
  return { 'src/index.js': index, 'src/readme.js': await readmeLines() };
}

/** An empty app in which the tarball, its peers and `packages` are installed. */
export async function makeApp(
  folder: string,
  tarball: string,
  packages: readonly string[],
  manifest: object,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  await cp(tarball, join(folder, 'minimart.tgz'));
  const text = JSON.stringify({ name: 'app', version: '1.0.0', private: true, type: 'module', ...manifest });
  await writeFile(join(folder, 'package.json'), text);
  const quiet = ['--no-audit', '--no-fund', '--prefer-offline'];
  await mustRun('npm', ['install', ...quiet, './minimart.tgz', ...peers, ...packages], folder);
}

export async function writeFiles(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
}
