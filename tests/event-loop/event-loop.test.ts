import '../support/backends.js';
import { useBackend } from 'minimart';
import { describe, expect, test } from 'vitest';
import { expectYields } from '../support/event-loop.js';
import { allRows } from './all-rows.js';

await useBackend('wasm');

// Made once for both: it takes seconds.
const rows = await allRows();

// These come first: whatever others leave on the heap is looked through in the time that is measured.
// Once more where other work on the machine was in the way of all attempts; what never yields fails every time.
test.each(Object.entries(rows))('%s lets the event loop turn', { retry: 1 }, (_, run) => expectYields(() => run(), 60));

// What stands behind a comma in a name says which way of a function is called; one of them is enough. That every function whose
// type takes a signal has such a row is for tests/architecture.
const stopping = Object.entries(rows).filter(([row, run]) => run.length > 0 && !row.includes(','));

describe('what takes a signal', () => {
  test('is there', () => {
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
