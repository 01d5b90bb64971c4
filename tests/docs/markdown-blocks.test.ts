import { describe, expect, test } from 'vitest';
import { markdownBlocks } from './markdown-blocks.js';

const blocksOf = (page: string) =>
  markdownBlocks('page.md', 'page.md', page).map(({ line, text, runs }) => ({ line, text, runs }));

test('every block of TypeScript is found, as it is printed', () => {
  const page = [
    '# Page', // 1
    '```sh', // 2
    'npm test', // 3
    '```', // 4
    '```ts', // 5
    'const a = `x`;', // 6
    '', // 7
    '```', // 8
    '- item', // 9
    '  ```ts', // 10
    '  if (a)', // 11
    '    b();', // 12
    '  ```', // 13
    '<!-- no run -->', // 14
    '', // 15
    '~~~~ts', // 16
    '~~~', // 17
    '~~~~', // 18
    '````md', // 19
    '```ts', // 20
    '```', // 21
    '````', // 22
    '> ```ts', // 23
    '> quoted();', // 24
    '> ```', // 25
  ].join('\n');
  expect(blocksOf(page)).toEqual([
    { line: 6, text: 'const a = `x`;\n', runs: true },
    { line: 11, text: 'if (a)\n  b();', runs: true },
    { line: 17, text: '~~~', runs: false },
    { line: 24, text: 'quoted();', runs: true },
  ]);
});

describe('what would be passed over is refused', () => {
  test.each([
    ['```typescript\na;\n```', 'page.md:1: write ```ts, not ```typescript'],
    ['```js\na;\n```', 'page.md:1: write ```ts, not ```js'],
    ['```TS\na;\n```', 'page.md:1: write ```ts, not ```TS'],
    ['text\n```ts\na;', 'page.md:2: the block is left open'],
    ['<!-- no run -->\ntext\n```ts\na;\n```', 'page.md:2: no block below <!-- no run -->'],
    ['<!-- no run -->\n```sh\na\n```', 'page.md:2: no block below <!-- no run -->'],
    ['<!-- no run -->', 'page.md: no block below <!-- no run -->'],
    ['<!--no-run-->\n```ts\n```', 'page.md:1: write <!-- no run --> on a line of its own'],
  ])('%j', (page, message) => {
    expect(() => blocksOf(page)).toThrow(message);
  });
});
