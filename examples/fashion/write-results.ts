import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { GanReport } from 'minimart';
import { duration } from '../shared/duration.js';
import { compareWithReal } from './compare-with-real.js';
import { drawCurves } from './curves.js';
import { drawAnimation, drawGrid, drawTimeline, type Picture, type Snapshot, spread } from './gallery.js';
import { firstImages } from './images.js';
import type { LabelledImages } from './load-images.js';
import { measureQuality } from './measure-quality.js';
import { writeReport } from './report.js';
import { rounded } from './report-tables.js';
import type { Settings } from './settings.js';

/** What training left behind. */
export interface Results {
  readonly settings: Settings;
  /** The one that draws the pictures. */
  readonly generator: LayersModel;
  readonly garments: LabelledImages;
  readonly history: readonly GanReport[];
  readonly snapshots: readonly Snapshot[];
  readonly stopped: boolean;
  /** When this process began, by `performance.now()`. */
  readonly started: number;
}

/** Writes what the generator drew at one step, as `samples-00300.png`. */
export async function writeGrid(folder: string, { step, images }: Snapshot): Promise<Picture> {
  return save(folder, await drawGrid(`samples-${String(step).padStart(5, '0')}.png`, images, true));
}

const curveFiles = ['losses.svg', 'scores.svg'];

/** Writes all pictures and the report, and says in a few lines what to open. */
export async function writeResults(results: Results): Promise<string> {
  const { settings, generator, garments, history, snapshots, stopped, started } = results;
  const { out } = settings;
  const trainingSeconds = secondsOf(history, settings);
  const comparison = await compareWithReal(generator, garments);
  const quality = await measureQuality(generator, garments);
  const curves = drawCurves(history);
  const pictures = {
    samples: await writeGrid(out, snapshots.at(-1)!),
    real: await save(out, await drawGrid('real.png', firstImages(garments.images, 100), false)),
    timeline: await save(out, await drawTimeline(snapshots)),
    animation: await save(out, await drawAnimation(snapshots)),
    nearest: await save(out, await drawGrid('nearest.png', comparison.pairs, true)),
  };
  await Promise.all(curves.slice(0, 2).map(({ svg }, place) => writeFile(join(out, curveFiles[place]!), svg)));
  const report = writeReport({
    settings,
    history,
    stopped,
    imageCount: garments.labels.length,
    timelineSteps: spread(snapshots).map(({ step }) => step),
    pictures,
    curves,
    comparison,
    quality,
    trainingSeconds,
    totalSeconds: (performance.now() - started) / 1000,
  });
  await writeFile(join(out, 'report.html'), report);
  const done = `${stopped ? 'Stopped' : 'Done'} after ${history.length.toLocaleString('en')} steps`;
  const distance = quality?.report.scores.frechetDistance;
  const measured = distance?.floor
    ? `Fréchet distance to real pictures ${rounded(distance)}, of other real pictures ${rounded(distance.floor)}. `
    : '';
  return `${done}, ${duration(trainingSeconds)} of training. ${measured}${stopped ? '`npm start -- --resume` goes on. ' : ''}Open
  ${join(out, 'report.html')}  everything on one page
  ${join(out, pictures.samples.file)}  what it draws now
  ${join(out, pictures.timeline.file)}  the same noise over time
  ${join(out, pictures.animation.file)}  the same, moving
  ${join(out, 'losses.svg')}  the loss curves${stopped ? '' : `\n  ${join(out, 'garments.safetensors')}  the trained generator, for readGan()`}`;
}

/** Seconds of training, in all processes that the run took. */
function secondsOf(history: readonly GanReport[], { batchSize }: Settings): number {
  const last = history.at(-1);
  return last === undefined ? 0 : (last.step * batchSize) / last.samplesPerSecond;
}

async function save(folder: string, picture: Picture): Promise<Picture> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, picture.file), picture.bytes);
  return picture;
}
