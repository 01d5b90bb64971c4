import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { checkSite } from '../../scripts/check-site.js';
import { deadHtmlLinks, deadMarkdownLinks } from '../../scripts/dead-links.js';
import { root } from './project.js';

/** What people read, wherever it lies. Pages of the built site are looked at by `npm run links`, which .ci/run calls after their build. */
const places = ['.', 'docs', 'examples', 'bench', '.github', 'tests', 'scripts'];
const pages = places.flatMap((place) =>
  readdirSync(join(root, place), { recursive: place !== '.', encoding: 'utf8' })
    .map((path) => (place === '.' ? path : `${place}/${path}`))
    .filter((path) => /\.md$|^llms\.txt$/.test(path) && !/node_modules|docs\/api\//.test(path)),
);

test('no page has a link that leads nowhere', () => {
  expect(pages).toEqual(expect.arrayContaining(['README.md', 'llms.txt', 'examples/README.md', 'docs/which-gan.md']));
  expect(deadMarkdownLinks(root, pages)).toEqual([]);
});

test('dead links are found, and living ones are not', () => {
  const folder = mkdtempSync(join(tmpdir(), 'minimart-links-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
  write('b.md', '# First: `things`\n\n## Same\n\n## Same\n\n```sh\n# no heading\n```\n');
  write(
    'a.md',
    '[1](b.md) [2](b.md#first-things) [3](b.md#same-1) [4](https://example.org/x) [5](#own) `[6](none.md)`\n# Own\n' +
      '[7](none.md) [8](b.md#same-2) [9](b.md#no-heading) <img src="none.png"> [10](#none)\n',
  );
  expect(deadMarkdownLinks(folder, ['a.md'])).toEqual([
    'a.md: none.md',
    'a.md: b.md#same-2',
    'a.md: b.md#no-heading',
    'a.md: #none',
    'a.md: none.png',
  ]);
  write('d.html', '<p id="here"></p>');
  write(
    'c.html',
    '<a href="d.html#here"></a><a href="d.html#gone"></a><img src="gone.png"><a href="mailto:a@b.c"></a>',
  );
  expect(deadHtmlLinks(folder, ['c.html'])).toEqual(['c.html: d.html#gone', 'c.html: gone.png']);
  expect(checkSite(folder)).toEqual({ pages: 2, dead: ['c.html: d.html#gone', 'c.html: gone.png'] });
});

test('a site that was not built is no site without dead links', () => {
  expect(() => checkSite(join(tmpdir(), 'minimart-no-such-site'))).toThrow('has no pages: npm run docs');
});

test('the built docs are checked where they are built', () => {
  for (const file of ['.ci/run', '.github/workflows/docs.yml']) {
    const text = readFileSync(join(root, file), 'utf8');
    const [build, check] = [text.indexOf('npm run docs'), text.indexOf('npm run links')];
    expect(build, file).toBeGreaterThan(0);
    expect(check, file).toBeGreaterThan(build);
  }
});
