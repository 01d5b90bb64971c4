import { generatorAverage, indexedDbStore } from 'minimart';
import { buildPair, recipe } from '../recipe.js';
import { type RunSettings, runName } from '../settings.js';
import sketchFile from '../sketch.safetensors?url';
import { createPainter, type Painter } from './painter.js';
import { type Pair, unpackSketch } from './sketch.js';

/** A run that can be trained, drawn and kept. */
export interface Run extends Pair {
  readonly average: ReturnType<typeof generatorAverage>;
  readonly painter: Painter;
  readonly store: ReturnType<typeof indexedDbStore>;
  dispose(): void;
}

/** Networks, painter and place for checkpoints of a run. `own` names the visitor's pictures, if there are any. */
export async function prepareRun(
  settings: RunSettings,
  { backend, channels, own }: { readonly backend: string; readonly channels: 1 | 3; readonly own: string },
): Promise<Run> {
  const { generator, discriminator } = await startingPair(settings, channels);
  const average = generatorAverage(generator, { decay: recipe.decay });
  const painter = createPainter(average.model, discriminator, channels);
  const store = indexedDbStore(runName(settings, backend, own));
  const all = [painter, average.model, generator, discriminator];
  return {
    generator,
    discriminator,
    average,
    painter,
    store,
    dispose: () => all.forEach((each) => void each.dispose()),
  };
}

/** The networks that a run of these settings begins with. */
export async function startingPair({ start, seed }: RunSettings, channels: 1 | 3): Promise<Pair> {
  const pair = buildPair({ seed }, channels);
  if (start === 'sketch' && channels === 1) {
    const response = await fetch(new URL(sketchFile, import.meta.url));
    unpackSketch(new Uint8Array(await response.arrayBuffer()), pair);
  }
  return pair;
}
