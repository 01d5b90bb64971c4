import { diffAugment, ganDoctor, ganSteps } from 'minimart';
import type { Call } from '../../link/serve.js';
import { rulesOf } from '../recipe.js';
import type { Pictures, RunNews } from '../services.js';
import type { RunSettings } from '../settings.js';
import { createJournal, examineEvery } from './journal.js';
import type { Pacer } from './pacer.js';
import type { Run } from './prepare-run.js';
import { toData } from './to-data.js';

/** Below so many pictures the critic would learn them by heart; they are shifted and cut a little each time. */
const few = 1000;

/** Milliseconds from one drawing to the next while steps come fast. */
const drawEvery = 250;

/** What training needs besides the run. */
export interface Training {
  readonly settings: RunSettings;
  readonly backend: string;
  readonly pictures: Pictures;
  readonly pacer: Pacer;
}

/** Trains until the last step, and tells what happens; returns the step that it came to. */
export async function train(run: Run, training: Training, { signal, tell }: Call<RunNews>): Promise<number> {
  const { settings, pacer } = training;
  const steps = ganSteps(optionsOf(run, training, signal));
  const journal = createJournal(rulesOf(settings).batchSize);
  let step = 0;
  let drawn = Number.NEGATIVE_INFINITY;
  try {
    while (true) {
      await pacer.next(signal);
      const { value: report, done } = await steps.next();
      if (done) break;
      step = report.step;
      journal.add(report);
      if (pacer.pace === 'fast' && performance.now() - drawn < drawEvery && step < settings.steps) continue;
      tell({ kind: 'drawn', drawing: await run.painter.draw(step) });
      tell(journal.tell());
      drawn = performance.now();
    }
  } finally {
    await steps.return();
  }
  return step;
}

function optionsOf(run: Run, { settings, backend, pictures }: Training, signal: AbortSignal) {
  const { generator, discriminator, average, store } = run;
  const rules = rulesOf(settings);
  return {
    ...{ generator, discriminator, average, ...rules, signal },
    data: toData(pictures, rules.batchSize),
    ...(settings.pictures === 'own' && pictures.count < few && { augmentation: diffAugment() }),
    observers: [ganDoctor({ every: examineEvery, warmUp: 4 * examineEvery })],
    steps: settings.steps,
    // To read four numbers after each step is free on wasm; a GPU would wait for it.
    reportEvery: backend === 'wasm' ? 1 : 5,
    checkpoint: { store, everySeconds: 5 },
    resume: store,
  };
}
