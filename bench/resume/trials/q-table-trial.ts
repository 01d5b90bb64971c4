import {
  inventoryEnvironment,
  type NumericArray,
  poissonDemand,
  type QTableReport,
  type QTableResult,
  trainQTable,
} from 'minimart';
import type { Trial } from '../trainers.js';

/** A small shop whose learning rate and exploration move from step to step. */
export function qTableTrial(): Trial {
  const demand = poissonDemand(3);
  const environment = inventoryEnvironment({ demand, leadTime: 2, holding: 1, penalty: 4, horizon: 12 });
  let learned: QTableResult | undefined;
  const options = { environment, exploration: 0.3, seed: 2, reportEvery: 5 };
  return {
    train: async (told) => {
      learned = await trainQTable({ ...options, ...told });
      return learned;
    },
    iterate: (told) => reportsOf((onProgress) => trainQTable({ ...options, ...told, onProgress })),
    numbers: async () => {
      const { q, states } = learned!;
      return [q.values.slice(), q.visits.slice(), states().values] as NumericArray[];
    },
    free: () => {},
  };
}

/** A trainer that calls back, as an iterator: it waits until its next report is asked for. */
async function* reportsOf(
  train: (onProgress: (report: QTableReport) => Promise<void>) => Promise<unknown>,
): AsyncGenerator<QTableReport, void> {
  const told: QTableReport[] = [];
  let goOn = () => {};
  let wake = () => {};
  let awoken = new Promise<void>((resolve) => {
    wake = resolve;
  });
  const ended = train((report) => {
    told.push(report);
    wake();
    return new Promise((resolve) => {
      goOn = resolve;
    });
  });
  for (;;) {
    await Promise.race([awoken, ended]);
    const report = told.shift();
    if (!report) return;
    awoken = new Promise((resolve) => {
      wake = resolve;
    });
    yield report;
    goOn();
  }
}
