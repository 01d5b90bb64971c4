import type { Page } from 'playwright-core';
import type { RunEnd } from './reload-page.js';

/** How far numbers may lie apart, of 1 or of their own size: on a GPU the driver chooses the order of sums. */
const tolerance = (backend: string): number => (backend === 'cpu' || backend === 'wasm' ? 0 : 1e-4);

/** Trains in a page, reloads it half way, goes on from IndexedDB, and says in what the end differs from a run without a stop. */
export async function checkReload(page: Page, backend: string): Promise<string | undefined> {
  const call = <T>(name: string): Promise<T> => page.evaluate(`${name}(${JSON.stringify(backend)})`);
  const kept = await call<readonly string[]>('trainFirstHalf');
  if (kept.at(-1) !== 'checkpoint-000000000006') return `the store holds ${JSON.stringify(kept)} after the first half`;
  await page.reload();
  await page.waitForFunction(() => 'runConformance' in window);
  const resumed = await call<RunEnd>('trainSecondHalf');
  await page.reload();
  await page.waitForFunction(() => 'runConformance' in window);
  return difference(await call<RunEnd>('trainWhole'), resumed, tolerance(backend));
}

function difference(whole: RunEnd, resumed: RunEnd, tolerated: number): string | undefined {
  if (whole.numbers.length < 1000) return `a run has ${whole.numbers.length} numbers only`;
  if (whole.numbers.length !== resumed.numbers.length) return 'the runs have different numbers of weights';
  if (whole.reported.join() !== resumed.reported.join()) return `reports of the steps ${resumed.reported.join()}`;
  const apart = whole.numbers.map(
    (each, place) => Math.abs(each - resumed.numbers[place]!) / Math.max(1, Math.abs(each)),
  );
  const most = apart.reduce((a, b) => Math.max(a, b), 0);
  return most <= tolerated ? undefined : `weights or moments that lie ${most} apart`;
}
