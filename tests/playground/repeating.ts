import { execFile } from 'node:child_process';
import { copyFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { decodeSafetensors } from 'minimart';
import type { Page } from 'playwright-core';
import { type Check, must } from './check.js';
import { openPage } from './open-page.js';

// Inside the app, so that the code finds the packed library.
const generated = fileURLToPath(new URL('../../examples/playground/generated/', import.meta.url));
const pictures = fileURLToPath(new URL('../../examples/data/fashion-mnist/t10k-images-idx3-ubyte.gz', import.meta.url));

const steps = 100;

/** The code that the page gives away does in Node what the page did: the same networks to rounding. */
export const repeats: Check = {
  name: 'the code repeats the run',
  run: async ({ browser, url }) => {
    const { page, close } = await openPage(browser, `${url}#images?backend=wasm&steps=${steps}`);
    const folder = await mkdtemp(join(generated, 'repeat-'));
    try {
      await page.getByRole('button', { name: 'Train longer' }).waitFor();
      const save = (button: string) => saveAs(page, button, folder);
      const theirs = await weightsIn(await save('Trained networks'));
      const start = await weightsIn(await save('Networks at step 0'));
      const code = await save('Code that repeats the run');
      await copyFile(pictures, join(folder, 't10k-images-idx3-ubyte.gz'));
      await promisify(execFile)(process.execPath, [code], { cwd: folder });
      const ours = await weightsIn(join(folder, 'trained.safetensors'));
      const [apart, moved] = [distance(ours, theirs), distance(start, theirs)];
      must(apart < moved / 20, `weights lie ${apart} apart, after a way of ${moved}`);
      return `weights lie ${apart.toExponential(1)} apart after a way of ${moved.toExponential(1)}`;
    } finally {
      await rm(folder, { recursive: true, force: true });
      await close();
    }
  },
};

async function saveAs(page: Page, button: string, folder: string): Promise<string> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: button }).click(),
  ]);
  const name = download.suggestedFilename();
  // The page's networks and those of the code have the same name.
  const path = join(folder, name === 'trained.safetensors' ? 'theirs.safetensors' : name);
  await download.saveAs(path);
  return path;
}

type Weights = ReturnType<typeof decodeSafetensors>['tensors'];

async function weightsIn(path: string): Promise<Weights> {
  return decodeSafetensors(await readFile(path)).tensors;
}

/** The root of the mean squared difference, over the discriminator's weights, which all files have. */
function distance(a: Weights, b: Weights): number {
  const names = Object.keys(b).filter((name) => name in a && /discriminator/.test(name));
  must(names.length > 0, `no weights in common: ${Object.keys(a).join()} and ${Object.keys(b).join()}`);
  let [sum, count] = [0, 0];
  for (const name of names) {
    b[name]!.values.forEach((value, at) => {
      sum += (value - a[name]!.values[at]!) ** 2;
      count += 1;
    });
  }
  return Math.sqrt(sum / count);
}
