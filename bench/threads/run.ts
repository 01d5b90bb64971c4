// tsx bench/threads/run.ts [--works ials-64,…] [--threads 1,2] [--rounds 5] [--repeats 1]: what work on the host takes on so many threads.
import '@tensorflow/tfjs-backend-wasm';
import { createHash } from 'node:crypto';
import { availableParallelism, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { useBackend, wasmKernels } from 'minimart';
import { enableFusedProducts } from 'minimart/node';
import { table } from '../harness/table.js';
import { type Numbers, type Work, works } from './works.js';

interface Took {
  /** Of the numbers that came of it. */
  readonly digest: string;
  readonly ms: number;
  readonly processorMs: number;
}

async function time(run: () => Promise<readonly Numbers[]>): Promise<Took> {
  const [start, before] = [performance.now(), process.cpuUsage()];
  const numbers = await run();
  const { user, system } = process.cpuUsage(before);
  const ms = performance.now() - start;
  const hash = createHash('sha256');
  for (const each of numbers) hash.update(new Uint8Array(each.buffer, each.byteOffset, each.byteLength).slice());
  return { ms, processorMs: (user + system) / 1000, digest: hash.digest('hex') };
}

/** All counts of threads in turn, each round, the least of some repeats; the first round warms up and does not count. */
async function measure(work: Work, counts: readonly number[], rounds: number, repeats: number): Promise<Took[][]> {
  await useBackend('wasm', { threads: counts[0]! });
  const run = await work.prepare();
  const took: Took[][] = counts.map(() => []);
  for (let round = 0; round <= rounds; round += 1) {
    for (const [place, threads] of counts.entries()) {
      await useBackend('wasm', { threads });
      let least = await time(run);
      for (let again = 1; again < repeats; again += 1) {
        const each = await time(run);
        if (each.ms < least.ms) least = each;
      }
      if (round > 0) took[place]!.push(least);
    }
  }
  return took;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1]! + sorted[sorted.length >> 1]!) / 2;
}

async function main(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      works: { type: 'string', default: Object.keys(works).join(',') },
      threads: { type: 'string', default: '1,2' },
      rounds: { type: 'string', default: '5' },
      repeats: { type: 'string', default: '1' },
    },
  });
  enableFusedProducts();
  // The first start decides whether memory is shared.
  await useBackend('wasm', { threads: 2 });
  const counts = values.threads.split(',').map(Number);
  console.log(
    `${availableParallelism()} cores, load ${loadavg()[0]!.toFixed(1)}, ${wasmKernels()?.products} products\n`,
  );
  const rows: string[][] = [];
  for (const name of values.works.split(',')) {
    const took = await measure(works[name]!, counts, Number(values.rounds), Number(values.repeats));
    const digests = new Set(took.flat().map(({ digest }) => digest));
    if (digests.size !== 1) throw new Error(`${name}: ${digests.size} different results, one expected.`);
    const ms = took.map((each) => each.map((one) => one.ms));
    const first = ms[0]!;
    rows.push([
      works[name]!.title,
      ...ms.map((each) => `${median(each).toFixed(1)} (${Math.min(...each).toFixed(1)})`),
      ...ms.slice(1).map((each) => median(each.map((one, round) => first[round]! / one)).toFixed(2)),
      ...ms.slice(1).map((each) => (Math.min(...first) / Math.min(...each)).toFixed(2)),
      ...took.slice(1).map((each) => median(each.map((one) => one.processorMs / one.ms)).toFixed(2)),
    ]);
    console.error(rows.at(-1)!.join(' | '));
  }
  const more = counts.slice(1);
  const header = [
    'work',
    ...counts.map((count) => `${count} thread${count === 1 ? '' : 's'}, ms (least)`),
    ...more.map((count) => `${count}: times as fast`),
    ...more.map((count) => `${count}: by the least`),
    ...more.map((count) => `${count}: processors had`),
  ];
  console.log(table(header, rows));
}

await main(process.argv.slice(2));
