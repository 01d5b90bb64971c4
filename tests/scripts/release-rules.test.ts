import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { addressFields, addressOf, releaseFaults, withAbsoluteLinks } from '../../scripts/release-rules.mjs';

const address = 'https://example.org/someone/minimart';
const ready = {
  manifest: { version: '1.2.0', ...addressFields(address) },
  readme: `[Docs](${address}/blob/main/docs/privacy.md), [above](#use-it), [elsewhere](https://example.org).`,
  changelog: '# minimart\n\n## 1.2.0\n\nNews.\n\n## 1.1.0\n\nOlder.\n',
  changesets: [],
};

describe('a release', () => {
  test('is let through when all is there', () => {
    expect(releaseFaults(ready)).toEqual([]);
  });

  test.each([
    ['without an address', { manifest: { version: '1.2.0' } }, /no `repository`.*set-address/],
    [
      'with a page of bugs elsewhere',
      { manifest: { ...ready.manifest, bugs: { url: 'https://example.org' } } },
      /`bugs`/,
    ],
    ['with links that a registry has not', { readme: '[Docs](docs/privacy.md)' }, /docs\/privacy\.md/],
    ['of a version that nothing is told of', { manifest: { ...ready.manifest, version: '1.3.0' } }, /1\.2\.0.*1\.3\.0/],
    ['while changesets wait', { changesets: ['news.md'] }, /news\.md/],
  ])('is refused %s', (_name, change, fault) => {
    const faults = releaseFaults({ ...ready, ...change });
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatch(fault);
  });
});

test('the address is read as it was written', () => {
  expect(addressOf(ready.manifest)).toBe(address);
  expect(addressOf({ version: '1.2.0' })).toBeUndefined();
});

test('links to files become absolute, all others stay', () => {
  expect(withAbsoluteLinks('[a](docs/a.md#b) [c](#d) [e](https://f.org/g) [h](mailto:i@j.org)', address)).toBe(
    `[a](${address}/blob/main/docs/a.md#b) [c](#d) [e](https://f.org/g) [h](mailto:i@j.org)`,
  );
});

test('every file that the README links to is there', () => {
  const root = fileURLToPath(new URL('../../', import.meta.url));
  const manifest = JSON.parse(readFileSync(`${root}package.json`, 'utf8'));
  const readme = withAbsoluteLinks(readFileSync(`${root}README.md`, 'utf8'), addressOf(manifest) ?? address);
  const start = `](${addressOf(manifest) ?? address}/blob/main/`;
  const paths = readme.split(start).slice(1);
  expect(paths.length).toBeGreaterThan(10);
  expect(paths.map((rest) => rest.split(/[)#]/)[0]!).filter((path) => !existsSync(root + path))).toEqual([]);
});
