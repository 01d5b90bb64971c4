// tsx bench/recsys/time-gsasrec.ts [SIZE] [BATCHES]: processor time of gSASRec on MovieLens-1M, beside sasrec_peer.py time.
import { buildSasRec, leaveLastOut, trainSasRec } from 'minimart';
import { loadMovieLens } from './movielens.js';

async function main([size = '128', batches = '6']: readonly string[]): Promise<void> {
  const data = loadMovieLens();
  if (!data) throw new Error('MovieLens-1M is not there: set MINIMART_DATA to the folder that holds ml-1m.');
  const { train } = leaveLastOut(data.train);
  const { offsets } = train;
  const positions = offsets.slice(1).reduce((sum, end, user) => sum + Math.min(200, end - offsets[user]! - 1), 0);
  const model = buildSasRec({ items: train.items, embeddingSize: Number(size), seed: 1 });
  const marks: { seen: number; processor: number }[] = [];
  let seen = 0;
  await trainSasRec({
    ...{ model, interactions: train, steps: 1 + Number(batches), reportEvery: 1, seed: 1 },
    onProgress: () => {
      const { user, system } = process.cpuUsage();
      seen += 128 * (positions / train.users.size);
      marks.push({ seen, processor: (user + system) / 1e6 });
    },
  });
  // The first batch opens everything.
  const [first, last] = [marks[0]!, marks.at(-1)!];
  const each = (last.processor - first.processor) / (last.seen - first.seen);
  const epoch = (positions * each).toFixed(1);
  console.log(`size ${size}: ${(1e6 * each).toFixed(1)} processor microseconds a position, ${epoch} s an epoch`);
}

await main(process.argv.slice(2));
