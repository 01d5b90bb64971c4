// A small GAN learns to draw garments and shows how: `npm start`, its options with `npm start -- --help`.
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import { adam, type GanReport, nonSaturatingLoss, trainGan, useBackend } from 'minimart';
import { takeSnapshot } from './fashion/gallery.js';
import { loadImages } from './fashion/load-images.js';
import { buildNetworks } from './fashion/networks.js';
import { help, readOptions } from './fashion/options.js';
import type { Settings } from './fashion/settings.js';
import { writeGrid, writeResults } from './fashion/write-results.js';
import { createProgressBar } from './shared/progress-bar.js';
import { stopOnCtrlC } from './shared/stop-on-ctrl-c.js';

try {
  // Settings: the recipes are in fashion/settings.ts, the command line changes parts of them.
  const settings = readOptions(process.argv.slice(2));
  if (settings === 'help') process.stdout.write(help);
  else await learnToDraw(settings);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

async function learnToDraw(settings: Settings): Promise<void> {
  const started = performance.now();
  const signal = stopOnCtrlC();
  await useBackend(settings.backend);
  const garments = await loadImages(settings.data);
  const { generator, average, discriminator } = buildNetworks(settings);
  const count = garments.labels.length.toLocaleString('en');
  console.log(`Learning to draw from ${count} images. Ctrl-C stops and still writes the report.`);

  const history: GanReport[] = [];
  const snapshots = [await takeSnapshot(average.model, 0)];
  const bar = createProgressBar();
  const trainingStarted = performance.now();
  try {
    await trainGan({
      generator,
      discriminator,
      average,
      data: garments.images,
      loss: nonSaturatingLoss({ labelSmoothing: settings.labelSmoothing }),
      generatorOptimizer: adam({ learningRate: settings.learningRate, beta1: 0.5 }),
      discriminatorOptimizer: adam({ learningRate: settings.learningRate, beta1: 0.5 }),
      batchSize: settings.batchSize,
      ...(settings.steps === undefined ? { epochs: settings.epochs } : { steps: settings.steps }),
      seed: settings.seed,
      signal,
      onProgress: async (report) => {
        history.push(report);
        bar.show(report.step, report.totalSteps, factsOf(report));
        if (report.step % settings.pictureEvery !== 0) return;
        const snapshot = await takeSnapshot(average.model, report.step);
        snapshots.push(snapshot);
        await writeGrid(settings.out, snapshot);
      },
    });
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    bar.stop();
  }
  const trainingSeconds = (performance.now() - trainingStarted) / 1000;
  if (snapshots.at(-1)?.step !== history.length) snapshots.push(await takeSnapshot(average.model, history.length));
  const times = { started, trainingSeconds };
  const summary = await writeResults({
    settings,
    generator: average.model,
    garments,
    history,
    snapshots,
    times,
    stopped: signal.aborted,
  });
  console.log(summary);
}

function factsOf({ losses, samplesPerSecond }: GanReport): string {
  const { discriminator, generator } = losses;
  return `loss D ${discriminator.toFixed(2)} G ${generator.toFixed(2)} · ${Math.round(samplesPerSecond)} images/s`;
}
