import '../support/backends.js';
import { useBackend } from 'minimart';
import { test } from 'vitest';
import { expectYields } from '../support/event-loop.js';
import { allRows } from './all-rows.js';

await useBackend('wasm');

// Nothing else stands here: whatever lies on the heap is looked through in the time that is measured.
// Once more where other work on the machine was in the way of all attempts; what never yields fails every time.
test.each(Object.entries(await allRows()))('%s lets the event loop turn', { retry: 1 }, (_, run) =>
  expectYields(() => run(), 60),
);
