import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Interactions } from '../../src/data/interactions.js';
import { createVocabulary } from '../../src/data/vocabulary.js';

const userCount = 6040;
const itemCount = 3706;

/** MovieLens-1M in the leave-one-out split of Neural Collaborative Filtering. */
export interface MovieLens {
  /** All interactions but the test items. */
  readonly train: Interactions;
  /** `[U]`: the test item of each user. */
  readonly testItems: Int32Array;
  /** Of each user: the negatives that the test item is ranked among, without the test item itself. */
  readonly negatives: readonly Int32Array[];
}

/** Reads the three files, or throws with what is missing. */
export function readMovieLens(): MovieLens {
  const folder = join(process.env.MINIMART_DATA ?? '../shared/data', 'ml-1m');
  if (!existsSync(folder)) throw new Error(`MovieLens-1M is not at ${folder}: set MINIMART_DATA to its parent.`);
  const pairs = readNumbers(gunzipSync(readFileSync(join(folder, 'train.tsv.gz'))));
  const testItems = Int32Array.from(readNumbers(readFileSync(join(folder, 'test.tsv'))), ([, item]) => item!);
  const negatives = readNumbers(gunzipSync(readFileSync(join(folder, 'negatives.tsv.gz')))).map(([user, ...items]) =>
    Int32Array.from(items.filter((item) => item !== testItems[user!])),
  );
  return { train: interactionsOf(pairs), testItems, negatives };
}

/** Holds out the last train interaction of every user, to choose settings by; the test items stay untouched. */
export function holdOutLast({ train }: MovieLens): { readonly train: Interactions; readonly heldOut: Int32Array } {
  const heldOut = new Int32Array(userCount);
  const pairs: number[][] = [];
  for (let row = 0; row < train.length; row += 1) {
    const user = train.userIndices[row]!;
    if (row + 1 === train.offsets[user + 1]) heldOut[user] = train.itemIndices[row]!;
    else pairs.push([user, train.itemIndices[row]!]);
  }
  return { train: interactionsOf(pairs), heldOut };
}

function readNumbers(bytes: Uint8Array): number[][] {
  const lines = new TextDecoder().decode(bytes).trimEnd().split('\n');
  return lines.map((line) => line.split('\t').map(Number));
}

function interactionsOf(pairs: readonly (readonly number[])[]): Interactions {
  const offsets = new Uint32Array(userCount + 1);
  for (const [user] of pairs) offsets[user! + 1]! += 1;
  for (let user = 0; user < userCount; user += 1) offsets[user + 1]! += offsets[user]!;
  return {
    users: createVocabulary(Array.from({ length: userCount }, (_, user) => user)),
    items: createVocabulary(Array.from({ length: itemCount }, (_, item) => item)),
    length: pairs.length,
    offsets,
    userIndices: Int32Array.from(pairs, ([user]) => user!),
    itemIndices: Int32Array.from(pairs, ([, item]) => item!),
    weights: new Float32Array(pairs.length).fill(1),
  };
}
