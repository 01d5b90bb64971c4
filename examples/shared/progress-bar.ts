import { Presets, SingleBar } from 'cli-progress';
import { duration } from './duration.js';

/** Shows work on the terminal: a bar that moves, or a line every few seconds where output goes to a file. */
export interface ProgressBar {
  /** How far the work is, and what else to say of it. */
  show(step: number, totalSteps: number, facts: string): void;
  stop(): void;
}

/** A bar that appears when it is first shown. */
export function createProgressBar(name = ''): ProgressBar {
  const started = performance.now();
  const bar = new SingleBar(
    {
      format: `${name}{bar} {value}/{total} · {facts} · {left} left`,
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
    show(step, totalSteps, facts) {
      const elapsed = (performance.now() - started) / 1000;
      const payload = { facts, left: duration((elapsed / step) * (totalSteps - step)) };
      if (shown) bar.update(step, payload);
      else bar.start(totalSteps, step, payload);
      shown = true;
    },
    stop: () => bar.stop(),
  };
}
