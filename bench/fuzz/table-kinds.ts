import { gzipSync } from 'node:zlib';
import type { Rng } from 'minimart';
import { categoryColumn, countColumn, parseRatings, parseTable, readTable, scoreRatings } from 'minimart';
import { readTableFile, streamTableFile } from 'minimart/node';
import { bytesKind, type FuzzKind } from './kind.js';
import { mutateBytes } from './mutate.js';
import type { Scratch } from './scratch.js';

/** Tables and ratings as text, and in files. */
export function tableKinds(scratch: Scratch): FuzzKind[] {
  const encode = (text: string) => new TextEncoder().encode(text);
  const csv = encode('user,item,pieces\nann,"a ""big"" mug",2\r\nbob,tea,3\nann,tea,1\n');
  const answers = encode('rater,item,answer\nann,1,real\nbob,1,generated\nann,2,real\nbob,2,real\n');
  const columns = () => ({ user: categoryColumn(), item: categoryColumn(), pieces: countColumn() });
  const zipped = new Uint8Array(gzipSync(csv));
  const mutate = (good: Uint8Array) => (rng: Rng) => mutateBytes(mutateBytes(good, rng), rng);
  const key = { seed: 7, truth: ['real', 'generated'] as const, places: [0, 0] };
  return [
    bytesKind('CSV text', ['parseTable'], mutate(csv), (bytes) =>
      parseTable(new TextDecoder().decode(bytes), columns()),
    ),
    bytesKind('CSV bytes', ['readTable'], mutate(csv), (bytes) => readTable(bytes, columns())),
    bytesKind(
      'CSV file',
      ['readTableFile', 'streamTableFile'],
      (rng) => (rng.integer(2) === 0 ? mutateBytes(zipped, rng) : gzipSync(mutateBytes(csv, rng))),
      async (bytes) => {
        const path = await scratch.write(bytes);
        for await (const _ of streamTableFile(path, columns(), { chunkRows: 1 }));
        await readTableFile(path, columns());
      },
    ),
    bytesKind('ratings', ['parseRatings', 'scoreRatings'], mutate(answers), (bytes) =>
      scoreRatings(key, parseRatings(new TextDecoder().decode(bytes))),
    ),
  ];
}
