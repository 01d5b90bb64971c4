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
  const scratch = {
    counter: createRankCounter(longestCase(cases)),
    barred: createMarks(size),
    list: createTopList(k),
    keys: new Float64Array(size),
  };
  const block = Math.max(1, Math.min(256, Math.floor(SCORES / size)));
  const pause = createPause(8, signal);
  for (let first = 0; first < cases.users.length; first += block) {
    const users = cases.users.slice(first, first + block);
    for (const contestant of contestants) {
      signal?.throwIfAborted();
      const { recommender } = contestant;
      const given = recommender.scoreAll(users);
      const scores = await checkedScores(where, recommender, given, users.length * size, signal);
      for (let row = 0; row < users.length; row += 1) {
        await pause();
        rankRow(work, contestant, first + row, scores.subarray(row * size, (row + 1) * size), scratch);
      }
    }
  }
}

function rankRow(
  { views }: RankingWork,
  { completion, recommender, tallies }: Contestant,
  place: number,
  scores: Float32Array,
  { counter, barred, list, keys }: Scratch,
): void {
  const user = views[0].cases.users[place]!;
  completion.complete(completion.knowsUser(user) ? scores : undefined, undefined, keys);
  views.forEach(({ cases, excluded, metricSet }, index) => {
    const relevant = relevantOf(cases, place);
    if (relevant.length === 0) return;
    barred.clear();
    barred.add(recommender.items.unknownIndex);
    if (excluded) for (const item of itemsOfUser(excluded, user)) barred.add(item);
    countRow(counter, keys, relevant, barred.listed());
    if (metricSet.needsLists) fillList(list, keys, barred.has);
    tallies[index]!.add(place, counter.finish(), list);
  });
}

// Counting everything and taking back what is no other candidate is faster than asking about every item.
function countRow(counter: RankCounter, scores: Float64Array, relevant: Int32Array, barred: Int32Array): void {
  counter.start(Float64Array.from(relevant, (item) => scores[item]!));
  counter.countRange(scores, 0, scores.length);
  for (const item of relevant) counter.count(scores[item]!, -1);
  for (const item of barred) counter.count(scores[item]!, -1);
}

function fillList(list: TopList, scores: Float64Array, isBarred: (item: number) => boolean): void {
  list.clear();
  for (let item = 0; item < scores.length; item += 1) {
    // What is at minus infinity is never recommended.
    if (scores[item]! === Number.NEGATIVE_INFINITY || scores[item]! < list.threshold || isBarred(item)) continue;
    list.offer(scores[item]!, item);
  }
}
