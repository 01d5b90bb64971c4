// Installs the packed tarball into empty apps, bundles the first lines of the README, and runs them in Chromium and in runtimes:
// npm run bench:bundlers, with names of bundlers or runtimes to run some. Prints the table of docs/bundlers-and-runtimes.md.
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium } from 'playwright-core';
import { findBrowser } from '../../tests/browser/find-browser.js';
import { isBuilt } from '../../tests/package/is-built.js';
import { mustRun } from '../../tests/package/run-command.js';
import { readmeLines } from './apps.js';
import { bundlers } from './bundlers.js';
import { tryBundler } from './try-bundler.js';
import { runtimes, tryRuntime } from './try-runtime.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

async function main(): Promise<void> {
  const wanted = process.argv.slice(2);
  const isWanted = ({ name }: { readonly name: string }) => wanted.length === 0 || wanted.includes(name);
  const folder = await mkdtemp(join(tmpdir(), 'minimart-bundlers-'));
  const browser = await launch();
  try {
    // What was just built is not built again.
    const asItIs = (await isBuilt(root)) ? ['--ignore-scripts'] : [];
    await mustRun('npm', ['pack', ...asItIs, '--pack-destination', folder], root);
    const tarball = join(folder, (await readdir(folder)).find((name) => name.endsWith('.tgz'))!);
    const lines = await readmeLines();
    console.log('| bundler | version | needed besides the lines | page | worker | strict policy | isolated page |');
    console.log('|---|---|---|---|---|---|---|');
    for (const bundler of bundlers.filter(isWanted)) {
      const { version, seen } = await tryBundler(bundler, { folder, tarball, lines, browser });
      console.log(`| ${[bundler.name, version, bundler.needed, ...seen].join(' | ')} |`);
    }
    console.log('\n| runtime | version | needed besides the lines | seen |\n|---|---|---|---|');
    for (const runtime of runtimes.filter(isWanted)) {
      const { version, seen } = await tryRuntime(runtime, { folder, tarball, lines });
      console.log(`| ${[runtime.name, version, runtime.needed, seen].join(' | ')} |`);
    }
  } finally {
    await browser.close();
    await rm(folder, { recursive: true, force: true });
  }
}

function launch(): Promise<Browser> {
  const executablePath = findBrowser(process.env);
  if (!executablePath) throw new Error('No browser: install chromium, or name one in CHROMIUM.');
  return chromium.launch({ executablePath, args: ['--headless=new', '--no-sandbox', '--disable-quic'] });
}

await main();
