// A small GAN learns to draw garments and shows how: `npm start`, its options with `npm start -- --help`.
import { join } from 'node:path';
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import { type CheckpointStore, type GanParts, type TrainGanOptions, trainGan, useBackend } from 'minimart';
import { enableFusedProducts, fileStore, writeGan } from 'minimart/node';
import { createAlbum } from './fashion/album.js';
import { takeSnapshot } from './fashion/gallery.js';
import { loadImages } from './fashion/load-images.js';
import { buildGame } from './fashion/networks.js';
import { help, readOptions } from './fashion/options.js';
import type { Settings } from './fashion/settings.js';
import { writeResults } from './fashion/write-results.js';
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
  const store = fileStore(join(settings.out, 'checkpoints'));
  const from = await startOf(store, settings);
  enableFusedProducts();
  await useBackend(settings.backend);
  const garments = await loadImages(settings.data);
  const game = buildGame(settings);
  const { average } = game;
  const count = garments.labels.length.toLocaleString('en');
  console.log(`Learning to draw from ${count} images${from}. Ctrl-C stops and still writes the report.`);

  const album = createAlbum(settings);
  album.add(await takeSnapshot(average.model, 0));
  try {
    await trainGan({
      ...game,
      data: garments.images,
      ...(settings.asked && { conditions: garments.labels }),
      batchSize: settings.batchSize,
      ...(settings.steps === undefined ? { epochs: settings.epochs } : { steps: settings.steps }),
      seed: settings.seed,
      observers: [album],
      checkpoint: { store, everySeconds: 20 },
      resume: store,
      signal,
      // With conditions or without, as the recipe says.
    } as TrainGanOptions);
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    album.close();
  }
  await keep(settings, store, signal.aborted, game);
  const { step } = album.history.at(-1) ?? { step: 0 };
  if (album.snapshots.at(-1)?.step !== step) album.add(await takeSnapshot(average.model, step));
  const { history, snapshots } = album;
  const results = { settings, generator: average.model, garments, history, snapshots, stopped: signal.aborted };
  console.log(await writeResults({ ...results, started }));
}

/** Where the run begins, in words; refuses to begin anew where a stopped run would be lost. */
async function startOf(store: CheckpointStore, { resume, out }: Settings): Promise<string> {
  const latest = [...(await store.list())].sort().at(-1);
  if (latest === undefined) return resume ? ' (no stopped run was found, so from the start)' : '';
  const step = Number(latest.replace(/\D/g, ''));
  if (resume) return `, on from step ${step.toLocaleString('en')} or the latest that is whole`;
  throw new Error(
    `${join(out, 'checkpoints')} holds a stopped run, at step ${step}: \`npm start -- --resume\` goes on with it; delete that folder to begin anew.`,
  );
}

/** A stopped run keeps its checkpoints; of a finished one stays what draws garments. */
async function keep(settings: Settings, store: CheckpointStore, stopped: boolean, gan: GanParts): Promise<void> {
  if (stopped) return;
  const { network, steps, epochs, seed } = settings;
  const notes = {
    network,
    seed,
    ...(steps === undefined ? { epochs } : { steps }),
    data: 'Fashion-MNIST, MIT licence',
  };
  const { generator, average } = gan;
  await writeGan(join(settings.out, 'garments.safetensors'), { generator, ...(average && { average }), notes });
  for (const name of await store.list()) await store.remove(name);
}
