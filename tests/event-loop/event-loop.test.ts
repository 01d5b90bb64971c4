import '../support/backends.js';
import { useBackend } from 'minimart';
import { test } from 'vitest';
import { expectYields } from '../support/event-loop.js';
import { allRows } from './all-rows.js';

await useBackend('wasm');

// Nothing else stands here: whatever lies on the heap is looked through in the time that is measured.
test.each(Object.entries(await allRows()))('%s lets the event loop turn', (_, run) => expectYields(() => run(), 60));
