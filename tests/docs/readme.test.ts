import '../support/backends.js';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { useBackend } from 'minimart';
import { beforeEach, describe, expect, test } from 'vitest';
import { markdownBlocks } from './markdown-blocks.js';
import { createProgram, inRepository, root } from './project.js';
import { runExample } from './run-example.js';
import { createScope, emptyScope } from './scope.js';
import { typeFaults } from './type-check.js';
import { useWorkFolder } from './work-folder.js';

const pages = [
  'README.md',
  ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .map((path) => `docs/${path}`)
    // Generated from the docstrings, whose examples are tested where they stand.
    .filter((path) => path.endsWith('.md') && !path.startsWith('docs/api/')),
];
const blocks = pages.flatMap((page) => {
  const file = join(root, page);
  return markdownBlocks(page, file, readFileSync(file, 'utf8'));
});
const [first, ...others] = blocks;
const scope = createScope(createProgram(new Map()));

useWorkFolder();
beforeEach(() => useBackend('wasm'));

describe('the first example of the README, as printed, with nothing but what it imports', () => {
  test('is there', () => {
    expect(first?.title).toBe('README.md');
    expect(first?.runs).toBe(true);
  });

  test('has the types it needs', () => {
    expect(typeFaults([first!], emptyScope)).toEqual([]);
  });

  test('runs', async () => {
    expect((await runExample(first!, emptyScope)).faults).toEqual([]);
  });
});

test('all other blocks of TypeScript have the types they need', () => {
  expect(typeFaults(others, scope)).toEqual([]);
});

const running = others
  .filter(({ runs }) => runs)
  .map((block) => [`${inRepository(block.file)}:${block.line}`, block] as const);

test.runIf(running.length > 0).each(running)(
  'the block at %s runs and gives the results beside it',
  async (_place, block) => {
    expect((await runExample(block, scope)).faults).toEqual([]);
  },
);
