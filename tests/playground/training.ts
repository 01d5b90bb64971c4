import type { Page } from 'playwright-core';
import { type Check, must } from './check.js';
import { openPage } from './open-page.js';

/** Training for real on a backend: pictures soon, which get better, without holding the main thread. */
export function trainsOn(backend: 'wasm' | 'webgl' | 'webgpu', steps: number): Check {
  return {
    name: `trains on ${backend}`,
    run: async ({ browser, url }) => {
      const watched = await openPage(browser, `${url}#images?backend=${backend}`, { isTraced: true });
      const { page } = watched;
      try {
        await page.waitForFunction(hasPictures);
        const shown = await page.evaluate<number>('performance.now()');
        const first = await brightness(page);
        await stepIs(page, (step) => step >= steps);
        const status = await page.locator('#status').textContent();
        must(status!.endsWith(backend), `the status says ${status}`);
        must(first !== (await brightness(page)), 'the pictures did not change');
        const { tasks, longest, long } = await watched.mainThread();
        // The charts' library as it starts is the one task above 50 ms, or is run in two.
        must(
          tasks > 100 && long <= 2 && longest < 150,
          `${long} of ${tasks} tasks took above 50 ms, the longest ${longest.toFixed(0)} ms`,
        );
        must(watched.errors.length === 0, watched.errors.join('; '));
        must(watched.strangers.length === 0, `it asked for ${watched.strangers.join(', ')}`);
        return `pictures after ${(shown / 1000).toFixed(1)} s · ${status} · ${long} tasks above 50 ms, the longest ${longest.toFixed(0)} ms`;
      } finally {
        await watched.close();
      }
    },
  };
}

/** The step that the page shows. */
export async function stepOf(page: Page): Promise<number> {
  const text = (await page.locator('#status').textContent()) ?? '';
  return Number(/Step ([\d,]+)/.exec(text)?.[1]?.replaceAll(',', '') ?? Number.NaN);
}

/** Waits until the step that the page shows is as wanted. */
export async function stepIs(page: Page, wanted: (step: number) => boolean): Promise<number> {
  const end = Date.now() + 120_000;
  while (Date.now() < end) {
    const step = await stepOf(page);
    if (wanted(step)) return step;
    await page.waitForTimeout(100);
  }
  throw new Error(`the page stayed at: ${await page.locator('#status').textContent()}`);
}

/** Whether the canvas of drawn pictures shows any. */
function hasPictures(): boolean {
  const canvas = document.querySelector<HTMLCanvasElement>('.sheet canvas');
  if (!canvas || canvas.width < 100) return false;
  const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
  return data.some((value, at) => at % 4 === 0 && value > 60);
}

/** The sum of all pixels of the drawn pictures. */
function brightness(page: Page): Promise<number> {
  return page.evaluate(() => {
    const canvas = document.querySelector<HTMLCanvasElement>('.sheet canvas')!;
    const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
    return data.reduce((sum, value) => sum + value, 0);
  });
}
