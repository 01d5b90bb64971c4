import {
  blockBootstrap,
  bootstrapCustomers,
  buildGenerator,
  buildPreferenceDiscriminator,
  compareDemand,
  compareOrders,
  decisionRegret,
  demandByDay,
  independentDays,
  learnDemand,
  learnPriceResponse,
  trainAdversarialRecommender,
  virtualCustomers,
} from 'minimart';
import { tasteGroups } from '../support/taste-groups.js';
import type { EventLoopRows } from './event-loop-rows.js';
import { orderLines } from './order-lines.js';

const people = { customer: 'customer', product: 'product', time: 'time', pieces: 'pieces' } as const;
const few = () => demandByDay(fewProducts, { product: 'product', time: 'time', pieces: 'pieces' });

// Made before anything is measured.
const [fewProducts, priced] = [orderLines(60_000, 20, 400), orderLines(20_000, 60, 400)];
const [fewLines, lines] = [orderLines(20_000, 300, 400), orderLines(60_000, 300, 400)];
const manyLines = orderLines(200_000, 300, 400);

/** Every asynchronous function of shop. */
export function shopRows(): EventLoopRows {
  const { train } = tasteGroups();
  const size = { preferenceSize: 3, featureSize: 3, hidden: [16] };
  const values = Float32Array.from({ length: 3 * train.items.size }, (_, index) => Math.sin(index));
  const orders = orderLines(600_000, 3000, 400);
  const columns = { product: 'product', time: 'time', pieces: 'pieces' } as const;
  const demand = demandByDay(manyLines, columns);
  return {
    decisionRegret: (signal) => {
      const series = Array.from({ length: 20_000 }, (_, day) => (day * 7919) % 41);
      return decisionRegret(series, { sources: { record: [[series]] }, holding: 1, penalty: 4, leadTime: 2, signal });
    },
    demandByDay: (signal) => demandByDay(orders, { ...columns, signal }),
    learnDemand: async (signal) => learnDemand(await demand, { signal }),
    learnPriceResponse: async (signal) =>
      learnPriceResponse(await demandByDay(priced, { ...columns, price: 'price' }), {
        together: [['P0', 'P1', 'P2']],
        signal,
      }),
    'learnDemand, sampling': async (signal) => (await learnDemand(await few())).sample(8000, { signal }),
    'learnDemand, log-probability': async (signal) =>
      (await learnDemand(await few())).logProbability(await few(), { signal }),
    'blockBootstrap, sampling': async (signal) => blockBootstrap(await few()).sample(20_000, { signal }),
    independentDays: async (signal) => independentDays(await few(), { signal }),
    'independentDays, sampling': async (signal) => (await independentDays(await few())).sample(20_000, { signal }),
    compareDemand: async (signal) => {
      const days = await demandByDay(priced, columns);
      return compareDemand(days, { real: days, heldOut: days, signal });
    },
    compareOrders: (signal) => compareOrders(lines, { ...people, real: lines, heldOut: lines, signal }),
    virtualCustomers: (signal) => virtualCustomers(fewLines, { ...people, signal }),
    'virtualCustomers, promotions': (signal) => {
      const { values, vocabulary } = { ...fewLines.columns.time, ...fewLines.columns.product };
      const from = values.reduce((least, time) => Math.min(least, time), Number.POSITIVE_INFINITY);
      const promotions = vocabulary.toJSON().ids.map((product) => ({ product, from, to: from + 30 * 86_400_000 }));
      return virtualCustomers(fewLines, { ...people, promotions, signal });
    },
    'virtualCustomers, sampling': async (signal) =>
      (await virtualCustomers(fewLines, { ...people, classes: 2 })).sample(6000, { signal }),
    bootstrapCustomers: (signal) => bootstrapCustomers(manyLines, { ...people, signal }),
    'bootstrapCustomers, sampling': async (signal) =>
      (await bootstrapCustomers(fewLines, people)).sample(40_000, { signal }),
    trainAdversarialRecommender: (signal) =>
      trainAdversarialRecommender({
        interactions: train,
        itemFeatures: { values, shape: [train.items.size, 3] },
        generator: buildGenerator({ latentSize: 2, hidden: [16], outputShape: [3], condition: { size: 3 } }),
        discriminator: buildPreferenceDiscriminator({ ...size, join: 'projection' }),
        batchSize: 64,
        steps: 80,
        draws: 4,
        signal,
      }),
  };
}
