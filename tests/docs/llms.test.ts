import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { reportFile, sourceEntries } from '../../scripts/api-report.js';
import { root } from './project.js';

const text = readFileSync(join(root, 'llms.txt'), 'utf8');

test('llms.txt names every entry of the package, and no other', () => {
  const named = [...text.matchAll(/^- `(minimart[/\w]*)`: /gm)].map(([, name]) => name);
  expect(named).toEqual(Object.keys(sourceEntries()).sort());
});

test('its signatures are those of the public API', () => {
  // Paragraphs of the report, which tests/architecture compares with the source: a name, then a line for each of its signatures.
  const paragraphs = readFileSync(reportFile, 'utf8').split('\n\n');
  const signatures = new Map(paragraphs.map((lines) => [lines.split(' ')[0]!, lines.split('\n').slice(1)]));
  const listed = [...text.matchAll(/^- (\w+): `(.+)`$/gm)];
  expect(listed).toHaveLength(10);
  for (const [, name, signature] of listed) expect(signatures.get(name!), name).toContain(`  ${signature}`);
});

test('it travels with the package', () => {
  expect(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).files).toContain('llms.txt');
});
