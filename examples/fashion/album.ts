import type { ArrayData, GanObserver, GanReport } from 'minimart';
import { createProgressBar } from '../shared/progress-bar.js';
import { type Snapshot, takeSnapshot } from './gallery.js';
import type { Settings } from './settings.js';
import { writeGrid } from './write-results.js';

/** Watches the run: shows progress, draws pictures, and remembers both for the report, in checkpoints too. */
export interface Album extends GanObserver {
  readonly history: readonly GanReport[];
  readonly snapshots: readonly Snapshot[];
  /** Adds pictures beside those of every `pictureEvery` steps. */
  add(snapshot: Snapshot): void;
  /** Takes the progress bar away. */
  close(): void;
}

interface AlbumState {
  readonly history: readonly GanReport[];
  readonly steps: readonly number[];
  readonly shape: readonly number[];
  readonly images: readonly ArrayData['values'][];
}

/** An album of a run with these settings. */
export function createAlbum({ pictureEvery, out }: Settings): Album {
  const history: GanReport[] = [];
  const snapshots: Snapshot[] = [];
  const bar = createProgressBar();
  return {
    name: 'album',
    history,
    snapshots,
    add: (snapshot) => snapshots.push(snapshot),
    close: () => bar.stop(),
    observe: async ({ report, generator }) => {
      history.push(report);
      bar.show(report.step, report.totalSteps, factsOf(report));
      if (report.step % pictureEvery !== 0) return undefined;
      const snapshot = await takeSnapshot(generator, report.step);
      snapshots.push(snapshot);
      await writeGrid(out, snapshot);
      return undefined;
    },
    state: (): AlbumState => ({
      history: [...history],
      steps: snapshots.map(({ step }) => step),
      shape: snapshots[0]?.images.shape ?? [],
      images: snapshots.map(({ images }) => images.values),
    }),
    restore: (state) => {
      const saved = state as AlbumState;
      history.splice(0, history.length, ...saved.history);
      const restored = saved.steps.map((step, at) => ({
        step,
        images: { values: saved.images[at]!, shape: saved.shape },
      }));
      snapshots.splice(0, snapshots.length, ...restored);
    },
  };
}

function factsOf({ losses, samplesPerSecond }: GanReport): string {
  const { discriminator, generator } = losses;
  return `loss D ${discriminator.toFixed(2)} G ${generator.toFixed(2)} · ${Math.round(samplesPerSecond)} images/s`;
}
