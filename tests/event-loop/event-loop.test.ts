import '../support/backends.js';
import { useBackend } from 'minimart';
import { describe, expect, test } from 'vitest';
import { asyncExports } from '../support/async-exports.js';
import { expectYields } from '../support/event-loop.js';
import { customersRows } from './customers-rows.js';
import { dataRows } from './data-rows.js';
import { forecastRows } from './forecast-rows.js';
import { ganRows } from './gan-rows.js';
import { nodeRows } from './node-rows.js';
import { qualityRows } from './quality-rows.js';
import { recsysRows } from './recsys-rows.js';
import { rlRows } from './rl-rows.js';
import { samplingRows } from './sampling-rows.js';
import { shopRows } from './shop-rows.js';
import { tablesRows } from './tables-rows.js';

// Rows build networks.
await useBackend('wasm');

const rows = {
  ...customersRows(),
  ...dataRows(),
  ...forecastRows(),
  ...(await ganRows()),
  ...(await nodeRows()),
  ...qualityRows(),
  ...(await recsysRows()),
  ...(await rlRows()),
  ...samplingRows(),
  ...shopRows(),
  ...tablesRows(),
};
// What needs no row, and why.
const without: Readonly<Record<string, string>> = {
  prepareBackend:
    'loads kernels once in the life of a process: one module, which the runtime compiles beside the main thread',
  useBackend: 'as prepareBackend, after the start of a backend of tfjs',
};

// What is over before the event loop could miss it.
const short: Readonly<Record<string, string>> = {
  explainRecommendation: '30 ms for a customer of 3,000 items',
  foldInItem: '18 ms: one system of 64 equations',
  foldInUser: '21 ms for a history of 3,000 items; longer ones are in tests/recsys/event-loop.test.ts',
};

const found = asyncExports();

test('every asynchronous function of the package has a row, or a reason to have none', () => {
  expect(found.length).toBeGreaterThan(50);
  const names = new Set(Object.keys(rows).filter((row) => !row.includes(',')));
  expect([...names, ...Object.keys(without), ...Object.keys(short)].sort()).toEqual(
    found.map(({ name }) => name).sort(),
  );
});

test.each(Object.entries(rows))('%s lets the event loop turn', (_, run) => expectYields(() => run(), 60));

const stopping = Object.entries(rows).filter(([row]) =>
  found.some(({ name, takesSignal }) => takesSignal && row === name),
);

describe('what takes a signal', () => {
  test('is found by the types', () => {
    expect(stopping.length).toBeGreaterThan(30);
  });

  test.each(stopping)('%s stops for it, before and in the midst of its work', async (_, run) => {
    await expect(run(AbortSignal.abort(new Error('before')))).rejects.toThrow('before');
    const controller = new AbortController();
    const turn = setImmediate(() => controller.abort(new Error('enough')));
    const outcome = await run(controller.signal).then(
      () => 'done',
      (error: Error) => error.message,
    );
    clearImmediate(turn);
    // On a quick machine work may be done before the event loop has turned at all.
    expect(outcome).toBe(controller.signal.aborted ? 'enough' : 'done');
    await expect(run({} as never)).rejects.toThrow('`signal` must be an AbortSignal');
  });
});
