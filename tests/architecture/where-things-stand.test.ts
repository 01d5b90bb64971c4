import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const page = readFileSync(`${root}docs/architecture.md`, 'utf8');

/** The table of the page that tells a newcomer where a thing stands: what it does, its file below src, its name there. */
const places = [...page.matchAll(/^\| (.+?) \| `(.+?)` \| `(.+?)` \|$/gm)].map(([, what, path, name]) => ({
  what: what!,
  path: path!,
  name: name!,
}));

test('the page tells where things stand', () => {
  expect(places.length).toBeGreaterThan(20);
});

test.each(places)('the code that $what', ({ path, name }) => {
  expect(existsSync(`${root}src/${path}`), path).toBe(true);
  const declared = new RegExp(`(function\\*?|interface|class|const|type) ${name}\\b|export \\{[^}]*\\b${name}\\b`);
  expect(readFileSync(`${root}src/${path}`, 'utf8')).toMatch(declared);
});
