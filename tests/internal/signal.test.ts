import { describe, expect, test } from 'vitest';
import { requireSignal, untilAborted } from '../../src/internal/signal.js';

describe('untilAborted', () => {
  test('passes on what the work comes to', async () => {
    await expect(untilAborted(Promise.resolve(3), new AbortController().signal)).resolves.toBe(3);
    await expect(untilAborted(3, undefined)).resolves.toBe(3);
  });

  test('does not wait for work that hangs', async () => {
    const controller = new AbortController();
    const run = untilAborted(new Promise(() => {}), controller.signal);
    controller.abort('enough');
    await expect(run).rejects.toBe('enough');
    await expect(untilAborted(new Promise(() => {}), controller.signal)).rejects.toBe('enough');
  });
});

test.each([{}, null, 1, { aborted: false }])('refuses %o as a signal', (signal) => {
  expect(() => requireSignal('f', signal)).toThrow(/f: `signal` must be an AbortSignal/);
});
