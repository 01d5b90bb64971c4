// A child process: this library's update of an embedding MLP through its public names.
import '@tensorflow/tfjs-backend-wasm';
import { buildEmbeddingMlp, createEmbeddingStep, lazyAdam, type Vocabulary } from 'minimart';
import { answerParent } from '../harness/answer-parent.js';
import type { Pace } from '../harness/measurement.js';
import { timeSteps } from '../harness/time-steps.js';
import { type EmbeddingWork, pairBatches } from '../rows/embedding-work.js';
import { startOurs } from './start-ours.js';

interface Request {
  readonly work: EmbeddingWork;
  readonly pace: Pace;
}

await answerParent(async ({ work, pace }: Request) => {
  await startOurs({ backend: 'wasm' });
  const features = { user: numbers(work.users), item: numbers(work.items) };
  const model = buildEmbeddingMlp({ features, embeddingSize: 50, hidden: [64, 32] });
  const step = createEmbeddingStep(model, { optimizer: lazyAdam({ learningRate: 1e-3 }) });
  const batches = pairBatches(work);
  let done = 0;
  return timeSteps(async () => {
    const { labels, ...rows } = batches[done % batches.length]!;
    done += 1;
    await step.update({ rows, labels });
    return [...(await step.readLosses())];
  }, pace);
});

// Ids that are their own indices: a million of them as text would only slow the start.
function numbers(size: number): Vocabulary {
  const state = { ids: [], hasUnknown: false };
  return { size, unknownIndex: -1, indexOf: Number, has: () => true, idAt: String, toJSON: () => state };
}
