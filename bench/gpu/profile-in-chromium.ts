import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { chromium } from 'playwright-core';
import { findBrowser } from '../../tests/browser/find-browser.js';
import { serve } from '../../tests/browser/serve.js';
import { softwareGpu } from '../../tests/browser/software-gpu.js';
import type { StepProfile } from './profile-steps.js';

/** Profiles in a headless Chromium, on its software adapter. */
export async function profileInChromium(
  rows: readonly string[],
): Promise<{ missing: string } | { adapter: string; profiles: StepProfile[] }> {
  const executablePath = findBrowser(process.env);
  if (!executablePath) return { missing: 'no Chromium is installed' };
  const { url, server } = await serve(await bundlePage());
  const browser = await chromium.launch({ executablePath, args: softwareGpu() });
  try {
    const page = await browser.newPage();
    page.on('pageerror', (error) => console.error(error.message));
    page.setDefaultTimeout(20 * 60_000);
    await page.goto(url);
    await page.waitForFunction(() => 'profileSteps' in window);
    const profiles: StepProfile[] = await page.evaluate(`profileSteps(${JSON.stringify(rows)})`);
    return { adapter: `SwiftShader of Chromium ${browser.version()}`, profiles };
  } finally {
    await browser.close();
    server.close();
  }
}

async function bundlePage(): Promise<string> {
  const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
  const { outputFiles } = await build({
    stdin: {
      contents: "import { profileSteps } from './profile-steps.js'; Object.assign(window, { profileSteps });",
      resolveDir: here('.'),
    },
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
