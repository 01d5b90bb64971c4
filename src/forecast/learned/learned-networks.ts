import { tensor, tidy } from '@tensorflow/tfjs-core';
import type { SafetensorInput } from '../../data/safetensors/encode-safetensors.js';
import { filled, piecemeal } from '../../internal/pieces.js';
import { buildMlp } from '../../nn/embedding/models/build-embedding-mlp.js';
import type { EmbeddingModel } from '../../nn/embedding/models/embedding-model.js';
import type { ForecastNumbers } from '../forecast-method.js';
import { excessAmong } from '../global/excess.js';
import { type ForecastHead, type HeadRules, headRules } from '../global/forecast-heads.js';
import { globalRows, placesAt, type RowPlace } from '../global/global-rows.js';
import { codedFeatures, codeRows, type NetworkCoding, type RowCodes } from '../global/network-inputs.js';
import type { PeriodSales } from '../series/period-sales.js';
import { featuresOf, type LearnedGround, markUnknown, productCodes, requireFits } from './learned-ground.js';
import type { SavedForecastMethod } from './learned-method.js';

/** Networks of all products, in plain numbers. */
export interface LearnedNetworks {
  readonly ground: LearnedGround;
  readonly head: ForecastHead;
  readonly coding: NetworkCoding;
  readonly hidden: readonly number[];
  readonly embeddingSize: number;
  /** Of each network. */
  readonly weights: readonly NetworkWeights[];
}

/** The numbers of one network: `table/…` are embeddings, `dense/…` the weights of its layers. */
export type NetworkWeights = Readonly<Record<string, SafetensorInput & { readonly values: Float32Array }>>;

/** What reports call networks with a head. */
export function networksName(head: ForecastHead): string {
  return head === 'quantiles' ? 'network, quantiles' : 'network, negative binomial';
}

/** The method that forecasts by networks as they are. */
export function networksMethod(learned: LearnedNetworks): SavedForecastMethod {
  const { ground, head, coding, hidden, embeddingSize, weights } = learned;
  return {
    name: networksName(head),
    horizon: ground.horizon,
    products: ground.products,
    forecast: (sales, work) => forecastByNetworks(learned, sales, work),
    state: () => ({
      kind: 'network',
      ground,
      description: { head, coding, hidden, embeddingSize, networks: weights.length },
      tensors: Object.fromEntries(
        weights.flatMap((own, network) =>
          Object.entries(own).map(([name, values]) => [`network/${network}/${name}`, values]),
        ),
      ),
    }),
  };
}

async function forecastByNetworks(
  { ground, head, coding, hidden, embeddingSize, weights }: LearnedNetworks,
  sales: PeriodSales,
  { horizon, pause }: { readonly horizon: number; readonly pause: () => Promise<void> },
): Promise<ForecastNumbers> {
  requireFits('networkForecast', sales, horizon, ground);
  const rules = headRules(head);
  const places = await placesAt(sales, horizon, sales.periods, pause);
  const rows = await globalRows(sales, featuresOf(sales, ground), places, pause);
  const products = productCodes(sales, ground);
  const codes = await rowCodes(places, pause, products);
  const inputs = await codeRows(coding, rows, codes, { pause, unknown: (size) => size });
  const read = new Float64Array(places.length * rules.outputs);
  const config = { features: codedFeatures(coding, 1), embeddingSize, hidden };
  for (const own of weights) {
    await pause();
    const model = buildMlp(config, rules.outputs);
    try {
      writeWeights(model, own);
      await addRead(read, await model.score(inputs), rules, weights.length, pause);
    } finally {
      model.dispose();
    }
  }
  const excess = await piecemeal(excessAmong(sales, ground.excess), pause);
  const numbers = await piecemeal(rules.numbers(sales, rows, read, horizon, excess), pause);
  markUnknown(numbers.tooShort, products, ground);
  return numbers;
}

/** Products and steps of rows; a product's code is its place, where `products` says no other. */
export async function rowCodes(
  places: readonly RowPlace[],
  pause: () => Promise<void>,
  products?: Int32Array,
): Promise<RowCodes> {
  const codes = (of: (place: RowPlace) => number) =>
    piecemeal(
      filled(new Int32Array(places.length), (row) => of(places[row]!)),
      pause,
    );
  return {
    products: await codes(({ place }) => products?.[place] ?? place),
    steps: await codes(({ step }) => step),
  };
}

/** A copy of a network's numbers. */
export async function weightsOf({ tables, variables }: EmbeddingModel): Promise<NetworkWeights> {
  const weights: Record<string, NetworkWeights[string]> = {};
  for (const [name, { rows, size, values }] of Object.entries(tables)) {
    weights[`table/${name}`] = { shape: [rows, size], values: values.slice() };
  }
  for (const [name, variable] of Object.entries(variables)) {
    weights[`dense/${name}`] = { shape: variable.shape, values: Float32Array.from(await variable.data()) };
  }
  return weights;
}

// What was not learned of has the mean of all embeddings.
function writeWeights({ tables, variables }: EmbeddingModel, weights: NetworkWeights): void {
  for (const [name, { values, size }] of Object.entries(tables)) {
    const learned = weights[`table/${name}`]!.values;
    values.set(learned);
    for (let at = 0; at < size; at += 1) {
      let sum = 0;
      for (let place = at; place < learned.length; place += size) sum += learned[place]!;
      values[learned.length + at] = (size * sum) / learned.length;
    }
  }
  tidy(() => {
    for (const [name, variable] of Object.entries(variables)) {
      variable.assign(tensor(weights[`dense/${name}`]!.values, variable.shape, 'float32'));
    }
  });
}

/** Adds what the outputs of one network mean, over the number of networks. */
export async function addRead(
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
