import { Presets, SingleBar } from 'cli-progress';
import type { GanReport } from 'minimart';

/** Shows training on the terminal: a bar that moves, or a line every few seconds where output goes to a file. */
export interface ProgressBar {
  show(report: GanReport): void;
  stop(): void;
}

export function createProgressBar(): ProgressBar {
  const bar = new SingleBar(
    {
      format: '{bar} {value}/{total} · loss D {discriminator} G {generator} · {rate} images/s · {eta_formatted} left',
      barsize: 16,
      etaBuffer: 50,
      hideCursor: true,
      stream: process.stdout,
      noTTYOutput: true,
      notTTYSchedule: 5000,
    },
    Presets.shades_classic,
  );
  let started = false;
  return {
    show({ step, totalSteps, losses, samplesPerSecond }) {
      const shown = {
        discriminator: losses.discriminator.toFixed(2),
        generator: losses.generator.toFixed(2),
        rate: Math.round(samplesPerSecond),
      };
      if (started) bar.update(step, shown);
      else bar.start(totalSteps, step, shown);
      started = true;
    },
    stop: () => bar.stop(),
  };
}
