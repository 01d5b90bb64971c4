import { createPause } from '../../internal/pause.js';
import { checkedScores } from '../check-recommender.js';
import type { Completion } from '../completion.js';
import type { Recommender } from '../recommender.js';
import { createTopList } from '../scoring/top-list.js';
import type { ChooseCandidates } from './candidates.js';
import type { Tally } from './tally.js';
import type { TestCases } from './test-cases.js';
import { createRankCounter } from './tied-ranks.js';

/** A recommender and where its results go. */
export interface Contestant {
  readonly recommender: Recommender;
  readonly completion: Completion;
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
  const pause = createPause(8, signal);
  for (let first = 0; first < cases.users.length; ) {
    const block = fillBlock(cases, first, choose, most);
    for (const contestant of contestants) {
      signal?.throwIfAborted();
      const { recommender } = contestant;
      const given = recommender.scorePairs(block.users, block.items);
      const scores = await checkedScores('evaluateRanking', recommender, given, block.items.length, signal);
      await rankBlock(work, contestant, block, scores, first, pause);
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

async function rankBlock(
  { cases, k, needsLists }: RankingWork,
  { completion, tally }: Contestant,
  block: Block,
  scores: Float32Array,
  first: number,
  pause: () => Promise<void>,
): Promise<void> {
  const counter = createRankCounter(longestCase(cases));
  const list = createTopList(k);
  const room = new Float64Array(scores.length);
  for (let at = 0; at < block.starts.length - 1; at += 1) {
    await pause();
    const place = first + at;
    const [begin, end] = [block.starts[at]!, block.starts[at + 1]!];
    const relevant = cases.offsets[place + 1]! - cases.offsets[place]!;
    const own = completion.knowsUser(cases.users[place]!) ? scores.subarray(begin, end) : undefined;
    const keys = completion.complete(own, block.items.subarray(begin, end), room.subarray(begin, end));
    counter.start(keys.subarray(0, relevant));
    counter.countRange(keys, relevant, keys.length);
    if (needsLists) {
      list.clear();
      keys.forEach((key, candidate) => {
        if (key > Number.NEGATIVE_INFINITY) list.offer(key, block.items[begin + candidate]!);
      });
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
