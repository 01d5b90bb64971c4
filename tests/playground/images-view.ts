import { encode } from 'fast-png';
import { type Check, must } from './check.js';
import { openPage } from './open-page.js';
import { stepIs, stepOf } from './training.js';

/** A run goes on after a reload where the browser left it. */
export const goesOn: Check = {
  name: 'goes on after a reload',
  run: async ({ browser, url }) => {
    const { page, close } = await openPage(browser, `${url}#images?backend=wasm`);
    try {
      await stepIs(page, (step) => step > 20);
      // A checkpoint is written every five seconds.
      await page.waitForTimeout(8000);
      const before = await stepOf(page);
      await page.reload();
      const after = await stepIs(page, (step) => step > 0);
      must(after > before / 4, `it was at step ${before}, and is at ${after}`);
      must(/going on/.test((await page.locator('#status').textContent()) ?? ''), 'the status does not say so');
      return `step ${before} before, ${after} after`;
    } finally {
      await close();
    }
  },
};

/** Pause holds the run, and a step is one step. */
export const pauses: Check = {
  name: 'pause, step, and the critic’s score by keyboard',
  run: async ({ browser, url }) => {
    const { page, close } = await openPage(browser, `${url}#images?backend=wasm`, { reducedMotion: 'reduce' });
    try {
      const first = await stepIs(page, (step) => step >= 0);
      must(first === 0, 'training began though less motion was asked for');
      await page.getByRole('button', { name: 'Step', exact: true }).click();
      await stepIs(page, (step) => step === 1);
      await page.waitForTimeout(500);
      must((await stepOf(page)) === 1, 'it did not stay at step 1');
      await page.locator('.sheet-cells button').first().focus();
      await page.keyboard.press('ArrowRight');
      const score = (await page.locator('.score-line').textContent()) ?? '';
      must(/^Picture 2: .*\d\.\d (below|above) real/.test(score), `the score line says: ${score}`);
      await page.keyboard.press('Enter');
      must(
        (await page.locator('.sheet-cells button').nth(1).textContent()) === 'B',
        'picture 2 did not become an end of the row',
      );
      return score;
    } finally {
      await close();
    }
  },
};

/** The doctor says what a break does. */
export function breaks(button: string, says: RegExp): Check {
  return {
    name: `break it: ${button}`,
    run: async ({ browser, url }) => {
      const { page, close } = await openPage(browser, `${url}#images?backend=wasm`);
      try {
        await page.getByRole('button', { name: button }).click();
        await page.locator('.verdict').waitFor({ timeout: 180_000 });
        const said = (await page.locator('.doctor').textContent()) ?? '';
        must(says.test(said), `the doctor says: ${said}`);
        must(/pictures=|rate=|penalty=|start=/.test(page.url()), `the address does not tell: ${page.url()}`);
        return said.replace(/^The doctor/, '').slice(0, 120);
      } finally {
        await close();
      }
    },
  };
}

/** The visitor's own pictures are learnt from, and are there after a reload. */
export const ownPictures: Check = {
  name: 'the visitor’s own pictures',
  run: async ({ browser, url }) => {
    const { page, close, strangers } = await openPage(browser, `${url}#images?backend=wasm`);
    try {
      await stepIs(page, (step) => step >= 0);
      const files = [0, 1, 2, 3].map((hue) => ({
        name: `${hue}.svg`,
        mimeType: 'image/svg+xml',
        buffer: Buffer.from(square(hue)),
      }));
      await page.locator('input[type=file]').setInputFiles(files);
      await page.getByText('Learning from 4 pictures').waitFor();
      await page.getByRole('heading', { name: 'your pictures' }).waitFor();
      await stepIs(page, (step) => step >= 5);
      await page.reload();
      await stepIs(page, (step) => step >= 1);
      must(strangers.length === 0, strangers.join());
      return `step ${await stepOf(page)} after a reload`;
    } finally {
      await close();
    }
  },
};

/** A picture of one colour, 60 x 40. */
function square(hue: number): Buffer {
  const colour = [
    [220, 40, 40],
    [40, 200, 60],
    [50, 60, 220],
    [230, 210, 40],
  ][hue]!;
  const data = Uint8Array.from({ length: 60 * 40 * 3 }, (_, at) => colour[at % 3]!);
  return Buffer.from(encode({ width: 60, height: 40, channels: 3, data }));
}
