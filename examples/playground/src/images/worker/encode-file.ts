import { encodeGan, encodeSafetensors } from 'minimart';
import type { Pictures, RunFile } from '../services.js';
import { pictureSide, type RunSettings } from '../settings.js';
import { type Run, startingPair } from './prepare-run.js';

/** A run with what it was made from. */
export interface CurrentRun {
  readonly run: Run;
  readonly settings: RunSettings;
  readonly channels: 1 | 3;
  readonly own?: Pictures;
}

/** What the page gives away of a run, as the bytes of a file. */
export async function encodeFile(which: RunFile, { run, settings, channels, own }: CurrentRun): Promise<Uint8Array> {
  const notes = { ...settings };
  if (which === 'trained') {
    const { generator, discriminator, average } = run;
    return encodeGan({ generator, discriminator, average, notes });
  }
  if (which === 'pictures') {
    if (!own) throw new Error('This run has no pictures of yours.');
    const shape = [own.count, pictureSide, pictureSide, own.channels];
    return encodeSafetensors({ pictures: { shape, values: own.bytes } });
  }
  const { generator, discriminator } = await startingPair(settings, channels);
  const bytes = await encodeGan({ generator, discriminator, notes });
  generator.dispose();
  discriminator.dispose();
  return bytes;
}
