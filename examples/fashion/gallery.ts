import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { ArrayData } from 'minimart';
import { encodeImageGrid } from 'minimart/node';
import { joinAnimation } from './animation.js';
import { drawSamples } from './draw-samples.js';
import { firstImages, joinImages } from './images.js';

/** What the generator drew from the same noise at one step. */
export interface Snapshot {
  readonly step: number;
  readonly images: ArrayData;
}

/** A picture for a file and for the report. */
export interface Picture {
  readonly file: string;
  readonly bytes: Uint8Array;
}

/** Draws the same 100 noise vectors again, whatever the step. */
export async function takeSnapshot(generator: LayersModel, step: number): Promise<Snapshot> {
  return { step, images: await drawSamples(generator, 100) };
}

/** Images side by side, ten in a row. Of generated ones the file says that they are synthetic. */
export async function drawGrid(file: string, images: ArrayData, synthetic: boolean): Promise<Picture> {
  return { file, bytes: await encodeImageGrid(images, { columns: 10, scale: 2, synthetic }) };
}

/** At most twelve snapshots, spread evenly over the run, first and last among them. */
export function spread(snapshots: readonly Snapshot[]): readonly Snapshot[] {
  const count = Math.min(12, snapshots.length);
  const gap = (snapshots.length - 1) / Math.max(1, count - 1);
  return Array.from({ length: count }, (_, row) => snapshots[Math.round(row * gap)]!);
}

/** The same noise over time: a row for each snapshot, a column for each of twelve noise vectors. */
export async function drawTimeline(snapshots: readonly Snapshot[]): Promise<Picture> {
  const images = joinImages(spread(snapshots).map((snapshot) => firstImages(snapshot.images, 12)));
  return { file: 'timeline.png', bytes: await encodeImageGrid(images, { columns: 12, scale: 2, synthetic: true }) };
}

/** The same noise over time as an animated PNG; its last frame stays for two seconds. */
export async function drawAnimation(snapshots: readonly Snapshot[]): Promise<Picture> {
  const frames: Uint8Array[] = [];
  for (const { images } of snapshots) {
    frames.push(await encodeImageGrid(firstImages(images, 24), { columns: 8, scale: 3, synthetic: true }));
  }
  return { file: 'animation.png', bytes: joinAnimation(frames, { delay: 0.12, hold: 2 }) };
}
