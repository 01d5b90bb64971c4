// npm run bench:fuzz [-- --cases 100000 --seed 1]
import '@tensorflow/tfjs-backend-cpu';
import { parseArgs } from 'node:util';
import { useBackend } from 'minimart';
import { fuzz } from './fuzz.js';
import { fuzzKinds } from './kinds.js';

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { cases: { type: 'string', default: '100000' }, seed: { type: 'string', default: '1' } },
  });
  const [cases, seed] = [Number(values.cases), Number(values.seed)];
  await useBackend('cpu');
  const kinds = await fuzzKinds();
  console.log('| kind | cases | refused | accepted | longest ms |\n|---|---:|---:|---:|---:|');
  for (const kind of kinds) {
    const row = await fuzz(kind, Math.ceil(cases / kinds.length), seed);
    console.log(`| ${row.kind} | ${row.cases} | ${row.refused} | ${row.accepted} | ${row.longest.toFixed(0)} |`);
    for (const breach of row.breaches.slice(0, 20)) console.error(breach);
    if (row.breaches.length > 0) process.exitCode = 1;
  }
}

await main();
