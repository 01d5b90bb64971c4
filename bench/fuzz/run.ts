// npm run bench:fuzz [-- --cases 100000 --seed 1 --kinds 'GAN,IDX file']
import '@tensorflow/tfjs-backend-cpu';
import { parseArgs } from 'node:util';
import { useBackend } from 'minimart';
import { fuzz } from './fuzz.js';
import { fuzzKinds } from './kinds.js';
import { createScratch } from './scratch.js';

/** How many breaches of a kind are shown; all of them are counted. */
const shown = 20;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      cases: { type: 'string', default: '100000' },
      seed: { type: 'string', default: '1' },
      kinds: { type: 'string', default: '' },
    },
  });
  const [cases, seed] = [Number(values.cases), Number(values.seed)];
  await useBackend('cpu');
  const scratch = await createScratch();
  const chosen = values.kinds === '' ? undefined : values.kinds.split(',');
  const kinds = (await fuzzKinds(scratch)).filter(({ name }) => chosen?.includes(name) ?? true);
  console.log('| kind | cases | refused | accepted | longest ms | breaches |\n|---|---:|---:|---:|---:|---:|');
  for (const kind of kinds) {
    const row = await fuzz(kind, Math.ceil(cases / kinds.length), seed);
    const counts = [row.cases, row.refused, row.accepted, row.longest.toFixed(0), row.breaches.length];
    console.log(`| ${row.kind} | ${counts.join(' | ')} |`);
    for (const breach of row.breaches.slice(0, shown)) console.error(breach);
    if (row.breaches.length > 0) process.exitCode = 1;
  }
  await scratch.remove();
}

await main();
