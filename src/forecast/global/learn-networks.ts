import { mul, tensor1d, tidy } from '@tensorflow/tfjs-core';
import { filled, piecemeal } from '../../internal/pieces.js';
import { refuse } from '../../internal/require.js';
import type { Feature } from '../../nn/embedding/inputs/features.js';
import { buildMlp } from '../../nn/embedding/models/build-embedding-mlp.js';
import type { EmbeddingModel } from '../../nn/embedding/models/embedding-model.js';
import { createRng } from '../../random/rng.js';
import { learnedGround } from '../learned/learned-ground.js';
import {
  addRead,
  type LearnedNetworks,
  type NetworkWeights,
  rowCodes,
  weightsOf,
} from '../learned/learned-networks.js';
import type { PeriodSales } from '../series/period-sales.js';
import { excessOf } from './excess.js';
import { type HeadRules, headRules } from './forecast-heads.js';
import {
  countBefore,
  type GlobalRows,
  globalRows,
  leastJudged,
  leastRows,
  placesAt,
  placesBefore,
  type RowPlace,
} from './global-rows.js';
import { codedFeatures, codeRows, type NetworkCoding, networkCoding } from './network-inputs.js';
import type { FullNetworkOptions } from './network-options.js';
import { type SalesFeatures, salesFeatures } from './sales-features.js';
import { type CodedRows, lossOf, trainNetwork } from './train-network.js';

interface Work {
  readonly horizon: number;
  readonly pause: () => Promise<void>;
}

/** What all steps of the work look at. */
interface Study extends Work {
  readonly sales: PeriodSales;
  readonly options: FullNetworkOptions;
  readonly rules: HeadRules;
  readonly features: SalesFeatures;
}

/** How networks are trained in one phase, and what is done after each epoch and at the end of each network. */
interface Training {
  readonly epochs: number;
  readonly phase: 'choosing' | 'learning';
  readonly ask?: (model: EmbeddingModel, epoch: number) => Promise<number>;
  readonly finished?: (model: EmbeddingModel) => Promise<void>;
}

/** Rows to learn from, how they are coded, and what a network takes and says of them before it has learned anything. */
interface Lesson {
  readonly features: Record<string, Feature>;
  readonly coding: NetworkCoding;
  readonly starts: Float32Array;
  readonly known: CodedRows;
}

/** Fewest periods beside those that are held out. */
const leastPeriods = 8;
const daysOf = { day: 1, week: 7, month: 30.4 } as const;

/** Learns networks of all products: first how many passes are best, on periods that were held out, then from all. */
export async function learnNetworks(
  sales: PeriodSales,
  { horizon, pause }: Work,
  options: FullNetworkOptions,
): Promise<LearnedNetworks> {
  const features = salesFeatures(sales, options, options.season);
  const study: Study = { sales, horizon, pause, options, rules: headRules(options.head), features };
  requireEnough(study);
  const { epochs, read, rows } = await chooseEpochs(study);
  const { outputs } = study.rules;
  const logs = await piecemeal(
    filled(new Float64Array(rows.levels.length), (row) => read[row * outputs]!),
    pause,
  );
  const excess = await piecemeal(excessOf(sales, rows, logs, horizon, sales.periods - horizon), pause);
  const lesson = await lessonAt(study, sales.periods);
  const weights: NetworkWeights[] = [];
  await eachNetwork(study, lesson, {
    epochs,
    phase: 'learning',
    finished: async (model) => {
      weights.push(await weightsOf(model));
    },
  });
  const { numbers, groups, season, head, hidden, embeddingSize } = options;
  const known = { ...(numbers && { numbers }), ...(groups && { groups }) };
  const ground = learnedGround(sales, horizon, { known, season, excess });
  return { ground, head, coding: lesson.coding, hidden, embeddingSize, weights };
}

function requireEnough({ sales, horizon, options: { rows, origins } }: Study): void {
  const first = sales.periods - horizon * origins;
  const count = first < leastPeriods ? 0 : Math.min(rows, countBefore(sales, horizon, first));
  if (count >= leastRows) return;
  const rule = `have ${horizon * origins + leastPeriods} periods and ${leastRows} rows to learn from`;
  refuse('networkForecast', 'sales', rule, count);
}

// Networks that learned before each origin, judged on the periods behind it; what those of the last one said there.
async function chooseEpochs(study: Study) {
  const { sales, horizon, options } = study;
  const losses = new Float64Array(options.epochs);
  let last: { rows: GlobalRows; reads: Float64Array[] } | undefined;
  for (let origin = options.origins; origin >= 1; origin -= 1) {
    const found = await judged(study, sales.periods - horizon * origin);
    // Where nothing had sold lately all losses are NaN: no number of passes is better than another, and one is made.
    const tells = found.rows.levels.some((level) => level > leastJudged);
    if (tells) for (const [epoch, loss] of found.heldOut.entries()) losses[epoch]! += loss;
    last = found;
  }
  const best = losses.indexOf(losses.reduce((least, loss) => Math.min(least, loss), Number.POSITIVE_INFINITY));
  return { epochs: best + 1, read: last!.reads[best]!, rows: last!.rows };
}

async function lessonAt(study: Study, origin: number): Promise<Lesson> {
  const { sales, horizon, pause, options, features } = study;
  const drawn = { most: options.rows, rng: createRng(options.seed).stream('rows'), pause };
  const places = await placesBefore(sales, horizon, origin, drawn);
  const knownRows = await globalRows(sales, features, places, pause);
  const { period, periods } = sales;
  const shape = { products: sales.products.size, horizon, period, years: periods * daysOf[period] >= 2 * 365 };
  const coding = await networkCoding(knownRows, features.kinds, shape, pause);
  const known = await coded(study, coding, knownRows, places);
  return { features: codedFeatures(coding), coding, starts: study.rules.starts(knownRows), known };
}

async function coded(
  { pause }: Study,
  coding: NetworkCoding,
  rows: GlobalRows,
  places: readonly RowPlace[],
): Promise<CodedRows> {
  const { levels, targets } = rows;
  const codes = await rowCodes(places, pause);
  return {
    inputs: await codeRows(coding, rows, codes, { pause, unknown: () => 0 }),
    sold: await piecemeal(
      filled(new Float32Array(levels.length), (row) => targets[row]! * levels[row]!),
      pause,
    ),
    levels: Float32Array.from(levels),
  };
}

// Trains networks on what lies before an origin, and asks them after each epoch of what lies behind it: the mean of what they say, and how well they
// say it.
async function judged(study: Study, origin: number) {
  const { sales, horizon, features, options, rules, pause } = study;
  const lesson = await lessonAt(study, origin);
  const places = await placesAt(sales, horizon, origin, pause);
  const rows = await globalRows(sales, features, places, pause);
  const asked = await coded(study, lesson.coding, rows, places);
  const length = places.length * rules.outputs;
  const reads = Array.from({ length: options.epochs }, () => new Float64Array(length));
  const heldOut = new Float64Array(options.epochs);
  const ask = async (model: EmbeddingModel, epoch: number) => {
    const outputs = await model.score(asked.inputs);
    await addRead(reads[epoch - 1]!, outputs, rules, options.networks, pause);
    const own = await piecemeal(lossOf(outputs, asked, rules), pause);
    heldOut[epoch - 1]! += own / options.networks;
    return own;
  };
  await eachNetwork(study, lesson, { epochs: options.epochs, phase: 'choosing', ask });
  return { rows, reads, heldOut };
}

// Trains networks one after the other.
async function eachNetwork(study: Study, lesson: Lesson, { epochs, phase, ask, finished }: Training): Promise<void> {
  const { options, rules, pause } = study;
  for (let network = 1; network <= options.networks; network += 1) {
    await pause();
    const model = networkOf(study, lesson, options.seed + network - 1);
    try {
      await pause();
      await trainNetwork(model, lesson.known, {
        ...{ rules, epochs, learningRate: options.learningRate, pause },
        rng: createRng(options.seed + network - 1).stream('shuffle'),
        afterEpoch: async (epoch, loss) => {
          const own = await ask?.(model, epoch);
          await options.onProgress?.({ phase, network, epoch, loss, ...(own !== undefined && { heldOut: own }) });
        },
      });
      await finished?.(model);
    } finally {
      model.dispose();
    }
  }
}

// Its outputs start where they are right in the mean.
function networkOf({ options, rules }: Study, { features, starts }: Lesson, seed: number): EmbeddingModel {
  const { embeddingSize, hidden } = options;
  const config = { features, embeddingSize, hidden, seed, hiddenInitializer: 'heUniform' } as const;
  const model = buildMlp(config, rules.outputs);
  const [kernel, bias] = [model.variables['output/kernel']!, model.variables['output/bias']!];
  tidy(() => {
    kernel.assign(mul(kernel, 0.1));
    bias.assign(tensor1d(starts));
  });
  return model;
}
