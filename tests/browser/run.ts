// Runs the conformance table in a headless Chromium: npm run test:browser. One line per backend; details on failure.
import { type Browser, chromium } from 'playwright-core';
import { bundlePage } from './bundle-page.js';
import { checkPictures } from './check-pictures.js';
import { checkReload } from './check-reload.js';
import { findBrowser } from './find-browser.js';
import type { PageReport } from './page-report.js';
import { serve } from './serve.js';
import { softwareGpu } from './software-gpu.js';

interface Target {
  readonly title: string;
  readonly backend: string;
  readonly path: string;
}

const targets: readonly Target[] = [
  { title: 'cpu', backend: 'cpu', path: '/' },
  { title: 'wasm', backend: 'wasm', path: '/' },
  { title: 'wasm, isolated page', backend: 'wasm', path: '/isolated' },
  { title: 'wasm, threads', backend: 'wasm', path: '/isolated?threads' },
  { title: 'webgl', backend: 'webgl', path: '/' },
  { title: 'webgpu', backend: 'webgpu', path: '/' },
];

const longestRun = 10 * 60_000;

async function main(): Promise<number> {
  const executablePath = findBrowser(process.env);
  if (!executablePath) {
    console.error('No browser is installed: no chromium or google-chrome on the path, and CHROMIUM names none.');
    return 2;
  }
  const wanted = process.argv.slice(2);
  const chosen = targets.filter(({ title }) => wanted.length === 0 || wanted.includes(title));
  const { url, server } = await serve(await bundlePage());
  const browser = await chromium.launch({ executablePath, args: softwareGpu() });
  try {
    const outcomes: boolean[] = [];
    for (const target of chosen) outcomes.push(await runTarget(browser, url, target));
    return outcomes.length > 0 && outcomes.every(Boolean) ? 0 : 1;
  } finally {
    await browser.close();
    server.close();
  }
}

async function runTarget(browser: Browser, url: string, { title, backend, path }: Target): Promise<boolean> {
  const page = await browser.newPage();
  page.setDefaultTimeout(longestRun);
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  try {
    await page.goto(`${url}${path}`);
    await page.waitForFunction(() => 'runConformance' in window);
    const report: PageReport = await page.evaluate(`runConformance(${JSON.stringify(backend)})`);
    const failures = [...report.failures];
    const message = await checkReload(page, backend);
    if (message !== undefined) failures.push({ name: 'a run goes on after its page was reloaded', message });
    // No backend takes part in it: once is enough.
    const isFirst = backend === targets[0]!.backend;
    const seen = isFirst ? await checkPictures(page) : undefined;
    if (seen !== undefined) failures.push({ name: 'pictures are read by the browser', message: seen });
    const passed = report.passed + Number(message === undefined) + Number(isFirst && seen === undefined);
    console.log(`${title}: ${passed} passed, ${failures.length} failed, ${report.device}`);
    for (const { name, message } of failures) console.log(`  ${name}\n    ${message}`);
    return failures.length === 0;
  } catch (error) {
    console.log(`${title}: 0 passed, 1 failed, the run broke off: ${String(error)}`);
    for (const complaint of complaints) console.log(`  ${complaint}`);
    return false;
  } finally {
    await page.close();
  }
}

process.exitCode = await main();
