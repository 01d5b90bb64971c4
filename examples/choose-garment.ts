// A conditional GAN draws the garment that is asked for: npx tsx examples/choose-garment.ts --help
//
// recommendedGan() with a condition learns from 10,000 labelled images, one class number each, and then draws each of the ten
// garments, or the one that you name. The doctor watches and says what it sees. When not to use it: where a picture of the
// product exists. What it draws is made up, and the files say so; bench/quality measures how often it is what was asked for.
import '@tensorflow/tfjs-backend-wasm';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { ganDoctor, recommendedGan, sampleGan, trainGan, useBackend } from 'minimart';
import { writeImageGrid } from 'minimart/node';
import { garments, loadImages } from './fashion/load-images.js';
import { createProgressBar } from './shared/progress-bar.js';
import { stopOnCtrlC } from './shared/stop-on-ctrl-c.js';

const settings = { steps: 1500, batchSize: 64, seed: 7, out: 'out/garments', garment: 'sneaker' };
const help = `npx tsx examples/choose-garment.ts [--garment NAME] [--steps N] [--seed N] [--out FOLDER] [--data FOLDER]
Garments: ${garments.join(', ')}.
Defaults: ${JSON.stringify(settings)}.`;

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

async function main(): Promise<void> {
  const text = { type: 'string' } as const;
  const options = { garment: text, steps: text, seed: text, out: text, data: text, help: { type: 'boolean' } } as const;
  const { help: asked, ...given } = parseArgs({ options }).values;
  if (asked) return console.log(help);
  const { steps, seed, out, garment, batchSize } = { ...settings, ...given };
  const wanted = (garments as readonly string[]).indexOf(garment);
  if (wanted < 0) throw new Error(`--garment must be one of ${garments.join(', ')}, received '${garment}'.`);

  await useBackend('wasm');
  const data = given.data ?? fileURLToPath(new URL('data/fashion-mnist', import.meta.url));
  const { images, labels } = await loadImages(data);
  const gan = recommendedGan({ sampleShape: [28, 28, 1], condition: { size: garments.length }, seed: Number(seed) });
  const bar = createProgressBar();
  const signal = stopOnCtrlC();
  const said = new Set<string>();
  try {
    await trainGan({
      ...gan,
      data: images,
      conditions: labels,
      batchSize,
      steps: Number(steps),
      seed: Number(seed),
      observers: [ganDoctor()],
      signal,
      onProgress: ({ step, totalSteps, losses, findings = [] }) => {
        bar.show(step, totalSteps, `loss D ${losses.discriminator.toFixed(2)} G ${losses.generator.toFixed(2)}`);
        for (const { verdict, evidence, remedy } of findings)
          said.add(`${verdict} at step ${step}: ${evidence} ${remedy}`);
      },
    });
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    bar.stop();
  }
  console.log(said.size === 0 ? 'The doctor found nothing wrong.' : [...said].join('\n'));

  await mkdir(out, { recursive: true });
  const synthetic = { generator: 'examples/choose-garment.ts of minimart' };
  const rows = { conditions: Array.from({ length: 100 }, (_, place) => Math.floor(place / 10)), seed: 1 };
  const all = await sampleGan(gan.average.model, 100, rows);
  await writeImageGrid(join(out, 'all.png'), all, { columns: 10, scale: 2, synthetic });
  const chosen = await sampleGan(gan.average.model, 40, { conditions: Array(40).fill(wanted), seed: 2 });
  await writeImageGrid(join(out, `${garment}.png`), chosen, { columns: 10, scale: 2, synthetic });
  console.log(`${join(out, 'all.png')}  a row for each of ${garments.join(', ')}`);
  console.log(`${join(out, `${garment}.png`)}  forty of what was asked for`);
}
