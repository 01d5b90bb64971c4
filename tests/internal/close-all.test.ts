import { expect, test } from 'vitest';
import { closeAll } from '../../src/internal/close-all.js';

test('all is closed in order, also behind what fails, and the first failure is told', async () => {
  const closed: string[] = [];
  const closing = closeAll([
    () => closed.push('a'),
    undefined,
    async () => {
      closed.push('b');
      throw new Error('of b');
    },
    () => {
      closed.push('c');
      throw new Error('of c');
    },
    () => closed.push('d'),
  ]);
  await expect(closing).rejects.toThrow('of b');
  expect(closed).toEqual(['a', 'b', 'c', 'd']);
});
