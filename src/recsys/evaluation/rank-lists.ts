import { createPause } from '../../internal/pause.js';
import type { Recommender } from '../recommender.js';
import { createTopList } from '../top-list.js';
import type { ChooseCandidates } from './candidates.js';
import { requireNumbers } from './check-ranking.js';
import type { Tally } from './tally.js';
import type { TestCases } from './test-cases.js';
import { createRankCounter } from './tied-ranks.js';

/** A recommender and where its results go. */
export interface Contestant {
  readonly recommender: Recommender;
  readonly tally: Tally;
}

/** What both ways of ranking need. */
export interface RankingWork {
  readonly cases: TestCases;
  readonly contestants: readonly Contestant[];
  readonly k: number;
  readonly needsLists: boolean;
  readonly signal?: AbortSignal | undefined;
}

/** Pairs that are scored at a time. */
const PAIRS = 1 << 16;

interface Block {
  readonly users: Int32Array;
  readonly items: Int32Array;
  /** Where each case's pairs begin, relevant ones first; one more for the end. */
  readonly starts: number[];
}

/** Ranks the relevant items of each user against a list of candidates of its own, `most` at most. */
export async function rankLists(work: RankingWork, choose: ChooseCandidates, most: number): Promise<void> {
  const { cases, contestants, signal } = work;
  const pause = createPause();
  for (let first = 0; first < cases.users.length; ) {
    const block = fillBlock(cases, first, choose, most);
    for (const { recommender, tally } of contestants) {
      signal?.throwIfAborted();
      const scores = await recommender.scorePairs(block.users, block.items);
      requireNumbers(recommender, scores, block.items.length);
      rankBlock(work, tally, block, scores, first);
      await pause();
    }
    first += block.starts.length - 1;
  }
}

function fillBlock(cases: TestCases, first: number, choose: ChooseCandidates, most: number): Block {
  const room = Math.max(PAIRS, most + longestCase(cases));
  const [users, items] = [new Int32Array(room), new Int32Array(room)];
  const starts = [0];
  let length = 0;
  for (let place = first; place < cases.users.length; place += 1) {
    const relevant = cases.relevant.subarray(cases.offsets[place]!, cases.offsets[place + 1]!);
    if (length + relevant.length + most > room) break;
    const user = cases.users[place]!;
    items.set(relevant, length);
    const begin = length;
    length += relevant.length;
    length += choose(user, relevant, items.subarray(length));
    users.fill(user, begin, length);
    starts.push(length);
  }
  return { users: users.subarray(0, length), items: items.subarray(0, length), starts };
}

function rankBlock(work: RankingWork, tally: Tally, block: Block, scores: Float32Array, first: number): void {
  const { cases, k, needsLists } = work;
  const counter = createRankCounter(longestCase(cases));
  const list = createTopList(k);
  for (let at = 0; at < block.starts.length - 1; at += 1) {
    const place = first + at;
    const [begin, end] = [block.starts[at]!, block.starts[at + 1]!];
    const middle = begin + cases.offsets[place + 1]! - cases.offsets[place]!;
    counter.start(scores.subarray(begin, middle));
    counter.countRange(scores, middle, end);
    if (needsLists) {
      list.clear();
      for (let pair = begin; pair < end; pair += 1) list.offer(scores[pair]!, block.items[pair]!);
    }
    tally.add(place, counter.finish(), list);
  }
}

/** The most relevant items that any user has. */
export function longestCase({ offsets }: TestCases): number {
  let longest = 0;
  for (let place = 1; place < offsets.length; place += 1)
    longest = Math.max(longest, offsets[place]! - offsets[place - 1]!);
  return longest;
}
