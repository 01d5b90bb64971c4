import { Presets, SingleBar } from 'cli-progress';
import type { GanReport } from 'minimart';
import { duration } from './duration.js';

/** Shows training on the terminal: a bar that moves, or a line every few seconds where output goes to a file. */
export interface ProgressBar {
  show(report: GanReport): void;
  stop(): void;
}

export function createProgressBar(): ProgressBar {
  const started = performance.now();
  const bar = new SingleBar(
    {
      format: '{bar} {value}/{total} · loss D {discriminator} G {generator} · {rate} images/s · {left} left',
      barsize: 16,
      hideCursor: true,
      stream: process.stdout,
      noTTYOutput: true,
      notTTYSchedule: 5000,
    },
    Presets.shades_classic,
  );
  let shown = false;
  return {
    show({ step, totalSteps, losses, samplesPerSecond }) {
      const elapsed = (performance.now() - started) / 1000;
      const facts = {
        discriminator: losses.discriminator.toFixed(2),
        generator: losses.generator.toFixed(2),
        rate: Math.round(samplesPerSecond),
        left: duration((elapsed / step) * (totalSteps - step)),
      };
      if (shown) bar.update(step, facts);
      else bar.start(totalSteps, step, facts);
      shown = true;
    },
    stop: () => bar.stop(),
  };
}
