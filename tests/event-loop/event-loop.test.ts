import '../support/backends.js';
import { useBackend } from 'minimart';
import { describe, expect, test } from 'vitest';
import { asyncExports } from '../support/async-exports.js';
import { expectYields } from '../support/event-loop.js';
import { nodeRows } from './node-rows.js';
import { qualityRows } from './quality-rows.js';
import { samplingRows } from './sampling-rows.js';

// Rows build networks.
await useBackend('wasm');

// Each folder of src (or file of it) whose asynchronous functions all have a row. To take a folder from the list below: a
// file of rows, and an entry here.
const tables = [
  { place: 'gan/quality/', rows: qualityRows() },
  { place: 'gan/sampling/', rows: samplingRows() },
  { place: 'node/write-', rows: nodeRows() },
];
// Those that have no rows yet.
const without = [
  'data/',
  'gan/recipes/',
  'gan/training/',
  'gan/watching/',
  'kernels/',
  'nn/',
  'node/',
  'recsys/',
  'rl/',
  'shop/',
];

const found = asyncExports();

test('every asynchronous function of the package has its place here', () => {
  expect(found.length).toBeGreaterThan(40);
  const places = [...tables.map(({ place }) => place), ...without];
  expect(found.filter(({ file }) => !places.some((place) => file.startsWith(place)))).toEqual([]);
});

describe.each(tables)('$place', ({ place, rows }) => {
  test('has a row for each of its asynchronous functions', () => {
    const names = found.filter(({ file }) => file.startsWith(place)).map(({ name }) => name);
    expect(Object.keys(rows).sort()).toEqual(names.sort());
  });

  test.each(Object.entries(rows))('%s lets the event loop turn', (_, run) => expectYields(() => run()));

  test.each(Object.entries(rows))('%s stops for its signal, before and in the midst of its work', async (_, run) => {
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
