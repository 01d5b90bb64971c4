// A child process: this library's exact search through its public names.
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import { createRng, exactItemIndex } from 'minimart';
import { answerParent } from '../harness/answer-parent.js';
import type { Pace } from '../harness/measurement.js';
import { timeSteps } from '../harness/time-steps.js';
import type { SearchWork } from '../rows/search-row.js';
import { type StartRequest, startOurs } from './start-ours.js';

interface Request extends StartRequest {
  readonly work: SearchWork;
  readonly pace: Pace;
}

await answerParent(async ({ work, pace, ...start }: Request) => {
  await startOurs(start);
  const { size, k } = work;
  const rng = createRng(1);
  const index = exactItemIndex({ size, items: rng.fillNormal(new Float32Array(work.items * size)) });
  const queries = rng.fillNormal(new Float32Array(work.queries * size));
  const { series } = await timeSteps(async () => {
    const { items, scores } = await index.search(queries, { k });
    return [items[0]!, scores[0]!];
  }, pace);
  return { series };
});
