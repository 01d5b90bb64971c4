// Ends with an error where a version must not be published, and says why. `npm publish` runs it first.
import { readdir, readFile } from 'node:fs/promises';
import { releaseFaults } from './release-rules.mjs';

const read = (name) => readFile(new URL(`../${name}`, import.meta.url), 'utf8');
const waiting = await readdir(new URL('../.changeset/', import.meta.url));
const faults = releaseFaults({
  manifest: JSON.parse(await read('package.json')),
  readme: await read('README.md'),
  changelog: await read('CHANGELOG.md'),
  changesets: waiting.filter((name) => name.endsWith('.md') && name !== 'README.md'),
});
for (const fault of faults) console.error(`Not to be published: ${fault}.`);
process.exitCode = faults.length > 0 ? 1 : 0;
