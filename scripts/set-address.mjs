// Writes where the project lives into package.json and README.md: node scripts/set-address.mjs https://github.com/OWNER/minimart
import { readFile, writeFile } from 'node:fs/promises';
import { addressFields, addressOf, withAbsoluteLinks } from './release-rules.mjs';

const [address = ''] = process.argv.slice(2);
if (!/^https:\/\/[\w.-]+(\/[\w.-]+)+[^/]$/.test(address)) {
  throw new Error(`set-address: the address must be like https://github.com/OWNER/minimart, received '${address}'.`);
}
const paths = {
  manifest: new URL('../package.json', import.meta.url),
  readme: new URL('../README.md', import.meta.url),
};
const manifest = JSON.parse(await readFile(paths.manifest, 'utf8'));
const readme = await readFile(paths.readme, 'utf8');
const before = addressOf(manifest);
const moved = before === undefined ? readme : readme.replaceAll(`](${before}/blob/main/`, `](${address}/blob/main/`);
const { license, ...rest } = manifest;
const { name, version, description, keywords, ...others } = rest;
const first = { name, version, description, keywords, ...addressFields(address), license };
await writeFile(paths.manifest, `${JSON.stringify({ ...first, ...others, ...addressFields(address) }, null, 2)}\n`);
await writeFile(paths.readme, withAbsoluteLinks(moved, address));
