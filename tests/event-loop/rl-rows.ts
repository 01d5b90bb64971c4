import {
  baseStockPolicy,
  bestBaseStock,
  bestCappedBaseStock,
  bestFixedPrice,
  bestForService,
  bestPrices,
  bestReorder,
  certifyPolicy,
  createDqn,
  decodeDqn,
  decodeQTable,
  demandShift,
  dqnSteps,
  encodeDqn,
  encodeQTable,
  evaluatePolicy,
  finiteHorizonReorder,
  inventoryEnvironment,
  inventoryModel,
  learnFromDemand,
  poissonDemand,
  pricingModel,
  relativeValueIteration,
  shareBudget,
  sharedDelivery,
  solveEpisodes,
  trainDqn,
  trainQTable,
} from 'minimart';
import { type EventLoopRows, goThrough, often } from './event-loop-rows.js';
import { largeAgent, largeTable } from './large-tables.js';

/** Every asynchronous function of rl. */
export async function rlRows(): Promise<EventLoopRows> {
  const problem = { demand: poissonDemand(5), leadTime: 2, holding: 1, penalty: 9 };
  const season = { prices: [8, 9, 10, 12], demand: (price: number) => 300 / price, stock: 150, horizon: 20 };
  const model = inventoryModel({ ...problem, demand: poissonDemand(8), leadTime: 3 });
  const larger = inventoryModel({ ...problem, demand: poissonDemand(6), leadTime: 4, maxOrder: 12 });
  const environment = inventoryEnvironment({ demand: poissonDemand(2), holding: 1, penalty: 4, maxOrder: 4 });
  const agent = (conservative = 0) =>
    createDqn({ observationSize: 1, actions: 5, batchSize: 16, hidden: [16], replaySize: 4000, conservative });
  const transitions = Array.from({ length: 4000 }, (_, index) => ({
    observation: [index % 7],
    action: index % 5,
    reward: -(index % 3),
    nextObservation: [(index + 1) % 7],
    terminated: false,
  }));
  const shelf = (size: number) =>
    Array.from({ length: size }, (_, place) => ({
      demand: poissonDemand(1 + (place % 7)),
      holding: 1,
      penalty: 9,
      leadTime: 1,
    }));
  const many = Array.from({ length: 20_000 }, (_, day) => (day * 7919) % 97);
  const observed = Array.from({ length: 700 }, (_, day) => 8 + ((7 * day) % 9));
  const acting = { environment, steps: 1000, validation: { every: 100, episodes: 4 } };
  const table = largeTable();
  const tableBytes = await encodeQTable(table);
  const learner = largeAgent();
  const agentBytes = await encodeDqn(learner);
  return {
    bestBaseStock: (signal) => bestBaseStock({ ...problem, fixedOrderCost: 1, signal }),
    bestCappedBaseStock: (signal) => bestCappedBaseStock({ ...problem, demand: poissonDemand(12), signal }),
    bestFixedPrice: (signal) => bestFixedPrice({ ...season, signal }),
    bestForService: (signal) =>
      bestForService({ demand: poissonDemand(5), leadTime: 2, holding: 1, fillRate: 0.9, signal }),
    bestPrices: (signal) => {
      const products = Array.from({ length: 12 }, (_, place) => ({
        ...{ units: 5 + place, at: 4, elasticity: 1.5 + 0.1 * place, unitCost: 2 },
        prices: Array.from({ length: 20 }, (__, step) => 2.5 + 0.2 * step),
      }));
      const crossElasticities = products.map((_, p) => products.map((__, q) => 0.1 * ((p + q) % 3)));
      return bestPrices({ products, crossElasticities, mostBoxes: 5000, signal });
    },
    bestReorder: (signal) => bestReorder({ ...problem, leadTime: 1, fixedOrderCost: 3, unmet: 'lost', signal }),
    certifyPolicy: (signal) => {
      const small = { ...problem, demand: poissonDemand(2), leadTime: 1, maxOrder: 8 };
      return certifyPolicy({
        policy: baseStockPolicy({ level: 7 }),
        environment: inventoryEnvironment(small),
        episodes: 5,
        steps: 2000,
        signal,
      });
    },
    decodeDqn: () => often(2, () => decodeDqn(agentBytes)),
    decodeQTable: () => often(2, () => decodeQTable(tableBytes)),
    demandShift: (signal) => demandShift(many, many.slice(0, 2000), { signal }),
    dqnSteps: (signal) => goThrough(dqnSteps({ agent: agent(), ...acting, signal })),
    encodeDqn: () => often(2, () => encodeDqn(learner)),
    encodeQTable: () => often(2, () => encodeQTable(table)),
    evaluatePolicy: (signal) => evaluatePolicy({ model: larger, policy: baseStockPolicy({ level: 34 }), signal }),
    finiteHorizonReorder: (signal) =>
      finiteHorizonReorder({
        ...{ demand: poissonDemand(60), horizon: 12, holding: 1, penalty: 9, fixedOrderCost: 400, signal },
      }),
    learnFromDemand: (signal) => learnFromDemand({ leadTime: 2, holding: 1, penalty: 9, observed, signal }),
    relativeValueIteration: (signal) => relativeValueIteration({ model, signal }),
    shareBudget: (signal) => shareBudget(shelf(400), { budget: 9000, signal }),
    sharedDelivery: (signal) => sharedDelivery(shelf(60), { fixedOrderCost: 50, signal }),
    solveEpisodes: (signal) => solveEpisodes({ model: pricingModel(season), signal }),
    trainDqn: (signal) => trainDqn({ agent: agent(), ...acting, signal }),
    'trainDqn, of a log': (signal) => trainDqn({ agent: agent(1), transitions, steps: 400, signal }),
    trainQTable: (signal) =>
      trainQTable({ environment: inventoryEnvironment({ ...problem, maxOrder: 9 }), steps: 150_000, signal }),
  };
}
