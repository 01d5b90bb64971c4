import { createPause } from '../../internal/pause.js';
import { checkedScores } from '../check-recommender.js';
import { createMarks, type Marks } from '../marks.js';
import { createTopList, type TopList } from '../scoring/top-list.js';
import { itemsOfUser } from '../serving/seen-items.js';
import type { Contestant, RankingWork } from './rank-lists.js';
import { longestCase, relevantOf } from './test-cases.js';
import { createRankCounter, type RankCounter } from './tied-ranks.js';

/** Scores that are held at a time. */
const SCORES = 1 << 22;

interface Scratch {
  /** Has the levels of all of a user's relevant items. */
  readonly whole: RankCounter;
  /** Has those of one view. */
  readonly counter: RankCounter;
  readonly barred: Marks;
  readonly list: TopList;
  /** `[I]`: one user's keys. */
  readonly keys: Float64Array;
}

/** Ranks the relevant items of each user against all others, without those that a view excludes. */
export async function rankCatalogue(where: string, work: RankingWork): Promise<void> {
  const { contestants, k, signal } = work;
  const { cases } = work.views[0];
  const { size } = contestants[0]!.recommender.items;
  const longest = longestCase(cases);
  const scratch = {
    whole: createRankCounter(longest),
    counter: createRankCounter(longest),
    barred: createMarks(size),
    list: createTopList(k),
    keys: new Float64Array(size),
  };
  const complete = contestants.map(({ completion }) => completion.ofCatalogue(size));
  const block = Math.max(1, Math.min(256, Math.floor(SCORES / size)));
  const pause = createPause(8, signal);
  for (let first = 0; first < cases.users.length; first += block) {
    const users = cases.users.slice(first, first + block);
    for (const [which, contestant] of contestants.entries()) {
      signal?.throwIfAborted();
      const { recommender, completion } = contestant;
      const given = recommender.scoreAll(users);
      const scores = await checkedScores(where, recommender, given, users.length * size, signal);
      for (const [row, user] of users.entries()) {
        await pause();
        const own = completion.knowsUser(user) ? scores.subarray(row * size, (row + 1) * size) : undefined;
        complete[which]!(own, scratch.keys);
        rankRow(work, contestant, first + row, scratch);
      }
    }
  }
}

// All items are counted once, by the first view, which has all relevant items: what another view counts follows from that.
function rankRow({ views }: RankingWork, { recommender, tallies }: Contestant, place: number, scratch: Scratch): void {
  const { whole, counter, barred, list, keys } = scratch;
  const [{ cases: all }] = views;
  whole.start(scoresOf(keys, relevantOf(all, place)));
  whole.countRange(keys, 0, keys.length);
  views.forEach(({ cases, excluded, metricSet }, index) => {
    const relevant = relevantOf(cases, place);
    if (relevant.length === 0) return;
    barred.clear();
    barred.add(recommender.items.unknownIndex);
    if (excluded) for (const item of itemsOfUser(excluded, all.users[place]!)) barred.add(item);
    counter.start(scoresOf(keys, relevant));
    counter.countFrom(whole);
    // To take back what is no other candidate is faster than to ask about every item.
    for (const item of relevant) counter.count(keys[item]!, -1);
    for (const item of barred.listed()) counter.count(keys[item]!, -1);
    if (metricSet.needsLists) fillList(list, keys, barred.has);
    tallies[index]!.add(place, counter.finish(), list);
  });
}

function scoresOf(keys: Float64Array, items: Int32Array): Float64Array {
  const scores = new Float64Array(items.length);
  for (let at = 0; at < items.length; at += 1) scores[at] = keys[items[at]!]!;
  return scores;
}

function fillList(list: TopList, scores: Float64Array, isBarred: (item: number) => boolean): void {
  list.clear();
  for (let item = 0; item < scores.length; item += 1) {
    // What is at minus infinity is never recommended.
    if (scores[item]! === Number.NEGATIVE_INFINITY || scores[item]! < list.threshold || isBarred(item)) continue;
    list.offer(scores[item]!, item);
  }
}
