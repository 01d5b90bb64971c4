import { type ProgressBar as Bar, progressBar, type StepProgress } from 'minimart/node';

/** Shows work on the terminal: a bar that moves, or a line every few seconds where output goes to a file. */
export interface ProgressBar {
  /** How far the work is, and what else to say of it. */
  show(step: number, totalSteps: number, facts: string): void;
  stop(): void;
}

/** A bar that appears when it is first shown. */
export function createProgressBar(name = ''): ProgressBar {
  let facts = '';
  const bar: Bar<StepProgress> = progressBar({ name, facts: () => facts, stream: process.stdout });
  return {
    show(step, totalSteps, given) {
      facts = given;
      bar({ step, totalSteps });
    },
    stop: bar.stop,
  };
}
