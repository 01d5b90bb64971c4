// tsx bench/threads/pages.ts [STEPS] [ROUNDS]: GAN steps a second (row A) in pages and workers of Chromium, with and without threads.
import { availableParallelism, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { type Browser, chromium } from 'playwright-core';
import { findBrowser } from '../../tests/browser/find-browser.js';
import { serve } from '../../tests/browser/serve.js';
import { table } from '../harness/table.js';
import type { PageRequest, PageSpeed } from './page.js';

interface Target {
  readonly title: string;
  readonly path: '/' | '/isolated';
  readonly request: Omit<PageRequest, 'steps'>;
}

const targets: readonly Target[] = [
  { title: 'a page without isolation', path: '/', request: {} },
  { title: 'isolated page, one thread', path: '/isolated', request: { threads: 1 } },
  { title: 'isolated page, as it comes', path: '/isolated', request: {} },
  { title: "isolated page, TensorFlow.js's own threads", path: '/isolated', request: { stock: true } },
  { title: 'isolated worker, one thread', path: '/isolated', request: { threads: 1, inWorker: true } },
  { title: 'isolated worker, as it comes', path: '/isolated', request: { inWorker: true } },
];

async function bundlePage(): Promise<string> {
  const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
  const { outputFiles } = await build({
    entryPoints: [here('page.ts')],
    alias: { minimart: here('../../src/index.ts') },
    bundle: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    write: false,
    logLevel: 'error',
  });
  return outputFiles[0]!.text;
}

async function measure(browser: Browser, url: string, { path, request }: Target, steps: number): Promise<PageSpeed> {
  const page = await browser.newPage();
  try {
    page.setDefaultTimeout(10 * 60_000);
    await page.goto(`${url}${path}`);
    await page.waitForFunction(() => 'measure' in window);
    return await page.evaluate(`measure(${JSON.stringify({ ...request, steps })})`);
  } finally {
    await page.close();
  }
}

async function main([steps = '30', rounds = '3']: readonly string[]): Promise<void> {
  const executablePath = findBrowser(process.env);
  if (!executablePath) throw new Error('No Chromium is installed.');
  const { url, server } = await serve(await bundlePage());
  const browser = await chromium.launch({ executablePath });
  const speeds = targets.map((): PageSpeed[] => []);
  try {
    for (let round = 0; round < Number(rounds); round += 1) {
      for (const [place, target] of targets.entries()) {
        speeds[place]!.push(await measure(browser, url, target, Number(steps)));
        console.error(target.title, speeds[place]!.at(-1)!.stepsASecond.toFixed(2));
      }
    }
  } finally {
    await browser.close();
    server.close();
  }
  console.log(`${availableParallelism()} cores, load ${loadavg()[0]!.toFixed(1)}, Chromium ${browser.version()}\n`);
  const rows = targets.map(({ title }, place) => {
    const own = speeds[place]!.map(({ stepsASecond }) => stepsASecond).sort((a, b) => a - b);
    const { threads, isIsolated } = speeds[place]![0]!;
    return [title, String(threads), String(isIsolated), own[own.length >> 1]!.toFixed(2), own.at(-1)!.toFixed(2)];
  });
  console.log(table(['where', 'threads', 'isolated', 'steps a second, median', 'most'], rows));
}

await main(process.argv.slice(2));
