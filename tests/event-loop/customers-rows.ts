import {
  bgNbd,
  calibrateChurn,
  calibratedChurn,
  calibrateScores,
  compareChurn,
  createRng,
  createVocabulary,
  customerHistory,
  customerSegments,
  decodeCalibration,
  encodeCalibration,
  gammaGamma,
  isotonicScaling,
  logisticChurn,
  modifiedBgNbd,
  nbd,
  networkChurn,
  paretoNbd,
  plattScaling,
  purchaseChurn,
  treeChurn,
} from 'minimart';
import { leavesBehindPurchases, madeCustomers } from '../customers/made-customers.js';
import type { EventLoopRows } from './event-loop-rows.js';

/** Every asynchronous function of customers. */
export function customersRows(): EventLoopRows {
  const made = withMoney(madeCustomers(leavesBehindPurchases(0.8, 6, 0.9, 2.5), 2000, 1));
  const few = withMoney(madeCustomers(leavesBehindPurchases(0.8, 6, 0.9, 2.5), 300, 1));
  const many = withMoney(madeCustomers(leavesBehindPurchases(0.8, 6, 0.9, 2.5), 20_000, 2));
  const orders = orderRows(200_000);
  const rng = createRng(3);
  const scores = Float64Array.from({ length: 300_000 }, () => rng.uniform());
  const labels = scores.map((score) => (rng.uniform() < score ? 1 : 0));
  const far = { horizon: 700 } as const;
  return {
    customerHistory: (signal) =>
      customerHistory(orders, { customer: 'customer', time: 'time', money: 'money', signal }),
    bgNbd: (signal) => bgNbd(few, { signal }),
    modifiedBgNbd: (signal) => modifiedBgNbd(few, { signal }),
    'modifiedBgNbd, expected purchases': async (signal) =>
      (await modifiedBgNbd(few)).expectedPurchases(made, { ...far, signal }),
    'modifiedBgNbd, chance of none': async (signal) =>
      (await modifiedBgNbd(few)).probabilityOfNone(many, { ...far, signal }),
    paretoNbd: (signal) => paretoNbd(few, { signal }),
    'paretoNbd, chance of being alive': async (signal) => (await paretoNbd(few)).probabilityAlive(made, { signal }),
    nbd: (signal) => nbd(made, { signal }),
    gammaGamma: (signal) => gammaGamma(made, { signal }),
    logisticChurn: (signal) => logisticChurn(many, { signal }),
    'logisticChurn, explaining': async (signal) => (await logisticChurn(made)).explain(many, 'C7', { signal }),
    treeChurn: (signal) => treeChurn(many, { rounds: 20, signal }),
    networkChurn: async (signal) => (await networkChurn(made, { networks: 1, epochs: 5, signal })).dispose?.(),
    purchaseChurn: async (signal) => purchaseChurn(few, { model: await modifiedBgNbd(few, { signal }), signal }),
    compareChurn: (signal) => compareChurn(made, { folds: 3, signal }),
    plattScaling: (signal) => plattScaling(scores, labels, { signal }),
    isotonicScaling: (signal) => isotonicScaling(scores, labels, { signal }),
    'isotonicScaling, applied': async (signal) => (await isotonicScaling(scores, labels)).apply(scores, { signal }),
    calibrateScores: (signal) => calibrateScores(scores, labels, { folds: 2, signal }),
    calibrateChurn: async (signal) =>
      calibrateChurn(await logisticChurn(few), { ...many, until: 140 * 86_400_000 }, { signal }),
    calibratedChurn: async () => {
      const model = await logisticChurn(many);
      const { calibration } = await calibrateChurn(model, { ...many, until: 140 * 86_400_000 });
      return calibratedChurn(model, calibration);
    },
    encodeCalibration: async () => encodeCalibration(await isotonicScaling(scores, labels)),
    decodeCalibration: async () => decodeCalibration(await encodeCalibration(await isotonicScaling(scores, labels))),
    customerSegments: (signal) => customerSegments(made, { segments: 4, resamples: 5, signal }),
    'customerSegments, of other customers': async (signal) =>
      (await customerSegments(few, { segments: 4, resamples: 2 })).assign(many, { signal }),
  };
}

function withMoney<H extends ReturnType<typeof madeCustomers>>(history: H) {
  const rng = createRng(5);
  const mean = history.frequency.map((count) => (count > 0 ? Math.exp(3 + rng.normal()) : 0));
  return { ...history, spending: { mean, total: mean, refunded: new Float64Array(history.length) } };
}

function orderRows(length: number) {
  const lost = { missing: {}, bad: 0, badRows: [], reasons: {}, repeatedHeaders: 0, lostCharacters: 0 };
  const ids = Array.from({ length: 20_000 }, (_, customer) => `C${customer}`);
  const numbers = (of: (row: number) => number) => Array.from({ length }, (_, row) => of(row));
  const codes = Int32Array.from(numbers((row) => (row * 7919) % ids.length));
  return {
    length,
    report: { rows: length, kept: length, ...lost },
    columns: {
      customer: { kind: 'id', codes, vocabulary: createVocabulary(ids) },
      time: { kind: 'time', values: Float64Array.from(numbers((row) => ((row * 104_729) % 400) * 86_400_000)) },
      money: { kind: 'money', values: Float64Array.from(numbers((row) => 1 + (row % 12))) },
    },
  } as const;
}
