// Trains a dot product with biases on MovieLens-1M by Rendle's settings, and ranks the test items now and then.
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Interactions } from '../../src/data/interactions.js';
import { createRng } from '../../src/random/rng.js';
import type { DotProductWeights } from '../../src/recsys/training/dot-product-pass.js';
import { createDotProductTrainer } from '../../src/recsys/training/dot-product-trainer.js';
import { createDrawNegative } from '../../src/recsys/training/draw-negative.js';
import { uniformNegatives } from '../../src/recsys/training/negative-sampling.js';
import { blockPositives, pointwiseBlocks } from '../../src/recsys/training/sample-blocks.js';
import { holdOutLast, readMovieLens } from './movielens-protocol.js';
import { type Ranked, rankCandidates, type ScoreItems } from './rank-candidates.js';

const { values } = parseArgs({
  options: {
    size: { type: 'string', default: '64' },
    negatives: { type: 'string', default: '8' },
    epochs: { type: 'string', default: '256' },
    rate: { type: 'string', default: '0.002' },
    l2: { type: 'string', default: '0.005' },
    seed: { type: 'string', default: '1' },
    every: { type: 'string', default: '8' },
    part: { type: 'string', default: 'test' },
    out: { type: 'string' },
  },
});
const size = Number(values.size);
const epochs = Number(values.epochs);
const settings = {
  size,
  negatives: Number(values.negatives),
  epochs,
  learningRate: Number(values.rate),
  regularization: Number(values.l2),
  seed: Number(values.seed),
  part: values.part,
};

const data = readMovieLens();
const held = values.part === 'validation' ? holdOutLast(data) : { train: data.train, heldOut: data.testItems };
const curve: (Ranked & { readonly epoch: number; readonly loss: number })[] = [];
const rng = createRng(settings.seed);
const weights = start(held.train);
const trainer = await createDotProductTrainer(weights, blockPositives * (1 + settings.negatives));
const draw = createDrawNegative(
  'run-dot',
  held.train,
  uniformNegatives({ rejectSeen: false }),
  rng.stream('negatives'),
);
const order = rng.stream('shuffle');
let trained = 0;
for (let epoch = 1; epoch <= epochs; epoch += 1) {
  const began = performance.now();
  let [loss, samples] = [0, 0];
  for (const block of pointwiseBlocks(held.train, settings.negatives, draw, order)) {
    loss += trainer.pass(block, settings);
    samples += block.users.length;
  }
  trained += performance.now() - began;
  if (epoch % Number(values.every) !== 0 && epoch !== epochs) continue;
  trainer.writeBack();
  const ranked = rankCandidates(held.heldOut, data.negatives, scoreWith(weights));
  curve.push({ epoch, loss: loss / samples, ...ranked });
  const seconds = (trained / 1000 / epoch).toFixed(2);
  process.stdout.write(
    `epoch ${epoch} loss ${(loss / samples).toFixed(4)} HR ${ranked.hr10.toFixed(4)} NDCG ${ranked.ndcg10.toFixed(4)} ${seconds} s/epoch\n`,
  );
}
const best = curve.reduce((top, each) => (each.hr10 > top.hr10 ? each : top));
const result = { model: 'dotProduct', settings, seconds: trained / 1000, last: curve.at(-1), best, curve };
if (values.out) writeFileSync(values.out, `${JSON.stringify(result, null, 1)}\n`);

function start({ users, items }: Interactions): DotProductWeights {
  const normal = (count: number, name: string) =>
    rng
      .stream(name)
      .fillNormal(new Float32Array(count))
      .map((value) => 0.1 * value);
  return {
    size,
    users: normal(users.size * size, 'users'),
    items: normal(items.size * size, 'items'),
    userBiases: new Float32Array(users.size),
    itemBiases: new Float32Array(items.size),
    bias: new Float32Array(1),
  };
}

function scoreWith({ users, items: vectors, itemBiases }: DotProductWeights): ScoreItems {
  return (user, items) =>
    Float64Array.from(items, (item) => {
      let score = itemBiases[item]!;
      for (let at = 0; at < size; at += 1) score += users[user * size + at]! * vectors[item * size + at]!;
      return score;
    });
}
