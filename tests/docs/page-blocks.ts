import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Block, markdownBlocks } from './markdown-blocks.js';
import { root } from './project.js';

/** The blocks of TypeScript of the README, then of all pages under docs. */
export function pageBlocks(): Block[] {
  const pages = readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .map((path) => `docs/${path}`)
    // Generated from the docstrings, whose examples are tested where they stand.
    .filter((path) => path.endsWith('.md') && !path.startsWith('docs/api/'));
  return ['README.md', ...pages].flatMap((page) => {
    const file = join(root, page);
    return markdownBlocks(page, file, readFileSync(file, 'utf8'));
  });
}
