import type { Interactions } from '../../data/interactions.js';
import { createPause } from '../../internal/pause.js';
import { checkedScores } from '../check-recommender.js';
import type { Completion } from '../completion.js';
import type { Recommender } from '../recommender.js';
import { createTopList } from '../scoring/top-list.js';
import type { ChooseCandidates } from './candidates.js';
import type { MetricSet, Tally } from './tally.js';
import { type CaseItems, longestCase, relevantOf } from './test-cases.js';
import { createRankCounter, type RankCounter } from './tied-ranks.js';

/** A recommender and where its results go. */
export interface Contestant {
  readonly recommender: Recommender;
  readonly completion: Completion;
  /** One for each view. */
  readonly tallies: readonly Tally[];
}

/** Which items of the users are looked for, among which others. */
export interface View {
  /** The users are the same in all views; one may have nothing to find in this. */
  readonly cases: CaseItems;
  /** Where a user has rows of an item here, it is no candidate. */
  readonly excluded?: Interactions | undefined;
  readonly metricSet: MetricSet;
}

/** What both ways of ranking need. */
export interface RankingWork {
  /** The first is of all relevant items. */
  readonly views: readonly [View, ...View[]];
  readonly contestants: readonly Contestant[];
  readonly k: number;
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
  const { contestants, signal } = work;
  const { cases } = work.views[0];
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

function fillBlock(cases: CaseItems, first: number, choose: ChooseCandidates, most: number): Block {
  const room = Math.max(PAIRS, most + longestCase(cases));
  const [users, items] = [new Int32Array(room), new Int32Array(room)];
  const starts = [0];
  let length = 0;
  for (let place = first; place < cases.users.length; place += 1) {
    const relevant = relevantOf(cases, place);
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
  { views, k }: RankingWork,
  { completion, tallies }: Contestant,
  block: Block,
  scores: Float32Array,
  first: number,
  pause: () => Promise<void>,
): Promise<void> {
  const [{ cases, metricSet }] = views;
  const counter = createRankCounter(longestCase(cases));
  const list = createTopList(k);
  const room = new Float64Array(scores.length);
  for (let at = 0; at < block.starts.length - 1; at += 1) {
    await pause();
    const place = first + at;
    const [begin, end] = [block.starts[at]!, block.starts[at + 1]!];
    const own = completion.knowsUser(cases.users[place]!) ? scores.subarray(begin, end) : undefined;
    const items = block.items.subarray(begin, end);
    const keys = completion.complete(own, items, room.subarray(begin, end));
    if (metricSet.needsLists) {
      list.clear();
      keys.forEach((key, candidate) => {
        if (key > Number.NEGATIVE_INFINITY) list.offer(key, items[candidate]!);
      });
    }
    views.forEach((view, index) => {
      const wanted = relevantOf(view.cases, place);
      if (wanted.length === 0) return;
      countList(counter, keys, items.subarray(0, relevantOf(cases, place).length), wanted);
      tallies[index]!.add(place, counter.finish(), list);
    });
  }
}

// Of the relevant items, which stand first, those that are not wanted in this view are others.
function countList(counter: RankCounter, keys: Float64Array, relevant: Int32Array, wanted: Int32Array): void {
  const found = new Float64Array(wanted.length);
  const others: number[] = [];
  let next = 0;
  for (const [at, item] of relevant.entries()) {
    if (item === wanted[next]) found[next++] = keys[at]!;
    else others.push(keys[at]!);
  }
  counter.start(found);
  for (const key of others) counter.count(key, 1);
  counter.countRange(keys, relevant.length, keys.length);
}
