import { mul, tensor1d, tidy } from '@tensorflow/tfjs-core';
import { refuse } from '../../internal/require.js';
import { buildMlp } from '../../nn/embedding/models/build-embedding-mlp.js';
import type { EmbeddingModel } from '../../nn/embedding/models/embedding-model.js';
import { createRng } from '../../random/rng.js';
import type { ForecastNumbers } from '../forecast-method.js';
import type { PeriodSales } from '../series/period-sales.js';
import { excessOf } from './excess.js';
import { type HeadRules, headRules } from './forecast-heads.js';
import { type GlobalRows, globalRows, leastRows, placesAt, placesBefore, type RowPlace } from './global-rows.js';
import { type NetworkCoding, networkCoding } from './network-inputs.js';
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

/** Rows to learn from, others to be asked about, and how both are coded. */
interface Lesson {
  readonly coding: NetworkCoding;
  readonly knownRows: GlobalRows;
  readonly known: CodedRows;
  readonly asked: CodedRows;
  readonly askedRows: GlobalRows;
}

/** Fewest periods beside those that are held out. */
const leastPeriods = 8;
const daysOf = { day: 1, week: 7, month: 30.4 } as const;

/** Learns networks of all products and forecasts: first how many passes are best, on periods that were held out, then from all. */
export async function learnNetworks(
  sales: PeriodSales,
  { horizon, pause }: Work,
  options: FullNetworkOptions,
): Promise<ForecastNumbers> {
  const features = salesFeatures(sales, options, options.season);
  const study: Study = { sales, horizon, pause, options, rules: headRules(options.head), features };
  requireEnough(study);
  const { epochs, read, rows } = await chooseEpochs(study);
  const { outputs } = study.rules;
  const logs = Float64Array.from({ length: rows.levels.length }, (_, row) => read[row * outputs]!);
  const excess = excessOf(sales, rows, logs, horizon, sales.periods - horizon);
  const lesson = await lessonAt(study, sales.periods);
  const said = await averaged(study, lesson, epochs, 'learning');
  return study.rules.numbers(sales, lesson.askedRows, said.read, horizon, excess);
}

function requireEnough({ sales, horizon, options: { rows, origins } }: Study): void {
  const first = sales.periods - horizon * origins;
  const count = first < leastPeriods ? 0 : placesBefore(sales, horizon, first, rows, createRng(0)).length;
  if (count >= leastRows) return;
  const rule = `have ${horizon * origins + leastPeriods} periods and ${leastRows} rows to learn from`;
  refuse('networkForecast', 'sales', rule, count);
}

// Networks that learned before each origin, judged on the periods behind it; what those of the last one said there.
async function chooseEpochs(study: Study) {
  const { sales, horizon, options } = study;
  const losses = new Float64Array(options.epochs);
  let last: { lesson: Lesson; reads: Float64Array[] } | undefined;
  for (let origin = options.origins; origin >= 1; origin -= 1) {
    const lesson = await lessonAt(study, sales.periods - horizon * origin);
    const found = await averaged(study, lesson, options.epochs, 'choosing');
    for (const [epoch, loss] of found.heldOut.entries()) losses[epoch]! += loss;
    last = { lesson, reads: found.reads };
  }
  const best = losses.indexOf(losses.reduce((least, loss) => Math.min(least, loss), Number.POSITIVE_INFINITY));
  return { epochs: best + 1, read: last!.reads[best]!, rows: last!.lesson.askedRows };
}

async function lessonAt({ sales, horizon, pause, options, features }: Study, origin: number): Promise<Lesson> {
  const places = placesBefore(sales, horizon, origin, options.rows, createRng(options.seed).stream('rows'));
  const knownRows = await globalRows(sales, features, places, pause);
  const askedPlaces = placesAt(sales, horizon, origin);
  const askedRows = await globalRows(sales, features, askedPlaces, pause);
  const { period, periods } = sales;
  const shape = { products: sales.products.size, horizon, period, years: periods * daysOf[period] >= 2 * 365 };
  const coding = networkCoding(knownRows, features.kinds, shape);
  const coded = async (rows: GlobalRows, at: readonly RowPlace[]): Promise<CodedRows> => ({
    inputs: await coding.code(rows, at, pause),
    sold: Float32Array.from(rows.targets, (target, row) => target * rows.levels[row]!),
    levels: Float32Array.from(rows.levels),
  });
  return {
    coding,
    knownRows,
    known: await coded(knownRows, places),
    asked: await coded(askedRows, askedPlaces),
    askedRows,
  };
}

// Trains networks and takes the mean of what they say: of the last epoch, and while choosing of each.
async function averaged(study: Study, lesson: Lesson, epochs: number, phase: 'choosing' | 'learning') {
  const { options, rules, pause } = study;
  const length = lesson.asked.levels.length * rules.outputs;
  const reads = Array.from({ length: phase === 'choosing' ? epochs : 1 }, () => new Float64Array(length));
  const heldOut = new Float64Array(epochs);
  for (let network = 1; network <= options.networks; network += 1) {
    const model = networkOf(study, lesson, options.seed + network - 1);
    try {
      await trainNetwork(model, lesson.known, {
        ...{ rules, epochs, learningRate: options.learningRate, pause },
        rng: createRng(options.seed + network - 1).stream('shuffle'),
        afterEpoch: async (epoch, loss) => {
          const isRead = phase === 'choosing' || epoch === epochs;
          const outputs = isRead ? await model.score(lesson.asked.inputs) : undefined;
          if (outputs)
            await addRead(reads[phase === 'choosing' ? epoch - 1 : 0]!, outputs, rules, options.networks, pause);
          const own = outputs && phase === 'choosing' ? lossOf(outputs, lesson.asked, rules) : undefined;
          if (own !== undefined) heldOut[epoch - 1]! += own / options.networks;
          await options.onProgress?.({ phase, network, epoch, loss, ...(own !== undefined && { heldOut: own }) });
        },
      });
    } finally {
      model.dispose();
    }
  }
  return { reads, read: reads.at(-1)!, heldOut };
}

// Its outputs start where they are right in the mean.
function networkOf({ options, rules }: Study, { coding, knownRows }: Lesson, seed: number): EmbeddingModel {
  const { embeddingSize, hidden } = options;
  const config = { features: coding.features, embeddingSize, hidden, seed, hiddenInitializer: 'heUniform' } as const;
  const model = buildMlp(config, rules.outputs);
  const [kernel, bias] = [model.variables['output/kernel']!, model.variables['output/bias']!];
  tidy(() => {
    kernel.assign(mul(kernel, 0.1));
    bias.assign(tensor1d(rules.starts(knownRows)));
  });
  return model;
}

async function addRead(
  to: Float64Array,
  outputs: Float32Array,
  { outputs: width, read }: HeadRules,
  networks: number,
  pause: () => Promise<void>,
): Promise<void> {
  const own = Float64Array.from(outputs);
  for (let from = 0; from < own.length; from += width) {
    if (from % (width * 2 ** 12) === 0) await pause();
    read(own, from);
    for (let at = from; at < from + width; at += 1) to[at]! += own[at]! / networks;
  }
}
