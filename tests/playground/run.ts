// Uses the built playground in a headless Chromium as a visitor would: npm run test:playground. A line for each promise. Words after
// the command choose checks by a part of their names.
import { fileURLToPath } from 'node:url';
import { findBrowser } from '../browser/find-browser.js';
import { softwareGpu } from '../browser/software-gpu.js';
import type { Check } from './check.js';
import { breaks, goesOn, ownPictures, pauses } from './images-view.js';
import { looksRight } from './looks.js';
import { launch } from './open-page.js';
import { fileStays, offline, policyHolds } from './privacy.js';
import { repeats } from './repeating.js';
import { reportLooks } from './report-looks.js';
import { reportSamples } from './report-samples.js';
import { serveFolder } from './serve-folder.js';
import { trainsOn } from './training.js';

const checks: readonly Check[] = [
  trainsOn('wasm', 60),
  // A GPU done by software: that it trains, not how fast.
  trainsOn('webgl', 5),
  trainsOn('webgpu', 5),
  pauses,
  goesOn,
  ownPictures,
  breaks('Rate too high', /learning rate too high/),
  repeats,
  fileStays,
  policyHolds,
  offline,
  ...(['images', 'shop', 'stock'] as const).flatMap((view) => [
    looksRight(view, 1280, 'light'),
    looksRight(view, 360, 'dark'),
  ]),
  ...Object.entries(reportSamples).flatMap(([kind, sample]) => [
    reportLooks(kind, sample, 1280, 'light'),
    reportLooks(kind, sample, 360, 'dark'),
  ]),
];

async function main(): Promise<number> {
  const executablePath = findBrowser(process.env);
  if (!executablePath) {
    console.error('No browser is installed: no chromium or google-chrome on the path, and CHROMIUM names none.');
    return 2;
  }
  const wanted = process.argv.slice(2);
  const chosen = checks.filter(({ name }) => wanted.length === 0 || wanted.some((word) => name.includes(word)));
  // Under a path, as on many static hosts.
  const folder = fileURLToPath(new URL('../../examples/playground/dist/', import.meta.url));
  const { url, server } = await serveFolder(folder, '/some/where/');
  const browser = await launch(executablePath, softwareGpu());
  let failed = 0;
  for (const { name, run } of chosen) {
    const outcome = await run({ browser, url }).then(
      (measured) => `passed: ${name} · ${measured}`,
      (error: Error) => {
        failed += 1;
        return `FAILED: ${name}\n    ${error.message}`;
      },
    );
    console.log(outcome);
  }
  await browser.close();
  server.closeAllConnections();
  server.close();
  console.log(`${chosen.length - failed} passed, ${failed} failed`);
  return chosen.length > 0 && failed === 0 ? 0 : 1;
}

process.exitCode = await main();
