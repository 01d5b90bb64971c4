import '../support/backends.js';
import { useBackend } from 'minimart';
import { describe, expect, test } from 'vitest';
import { asyncExports } from '../support/async-exports.js';
import { allRows } from './all-rows.js';

await useBackend('wasm');

const rows = await allRows();
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
};

const found = asyncExports();

test('every asynchronous function of the package has a row, or a reason to have none', () => {
  expect(found.length).toBeGreaterThan(50);
  const names = new Set(Object.keys(rows).filter((row) => !row.includes(',')));
  expect([...names, ...Object.keys(without), ...Object.keys(short)].sort()).toEqual(
    found.map(({ name }) => name).sort(),
  );
});

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
