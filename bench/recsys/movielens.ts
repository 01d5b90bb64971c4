import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { createInteractions, createVocabulary, type Interactions } from 'minimart';
import { sharedData } from './shared-data.js';

/** MovieLens-1M with the split and the negatives of He et al., "Neural Collaborative Filtering" (2017). */
export interface MovieLens {
  readonly train: Interactions;
  readonly test: Interactions;
  /** 99 items for each user, in user order; for 156 users one of them is the test item. */
  readonly negatives: readonly Int32Array[];
}

/** Reads the files, or says `undefined` where they are missing. */
export function loadMovieLens(): MovieLens | undefined {
  const folder = sharedData('ml-1m');
  if (folder === undefined) return undefined;
  const text = (name: string) => {
    const bytes = readFileSync(join(folder, name));
    return (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('latin1');
  };
  const numbers = (name: string) =>
    Int32Array.from(
      text(name)
        .trimEnd()
        .split(/[\t\n]/),
      Number,
    );
  const vocabulary = (size: number) => createVocabulary(Array.from({ length: size }, (_, index) => index));
  const [users, items] = [vocabulary(6040), vocabulary(3706)];
  const interactions = (name: string) => {
    const pairs = numbers(name);
    const column = (first: number) =>
      Int32Array.from({ length: pairs.length / 2 }, (_, row) => pairs[2 * row + first]!);
    return createInteractions({ users, items, userIndices: column(0), itemIndices: column(1) });
  };
  const lists = numbers('negatives.tsv.gz');
  const negatives = Array.from({ length: 6040 }, (_, user) => lists.subarray(100 * user + 1, 100 * user + 100));
  return { train: interactions('train.tsv.gz'), test: interactions('test.tsv'), negatives };
}
