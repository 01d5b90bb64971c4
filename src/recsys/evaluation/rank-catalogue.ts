import type { Interactions } from '../../data/interactions.js';
import { createPause } from '../../internal/pause.js';
import { createMarks, type Marks } from '../marks.js';
import { itemsOfUser } from '../serving/seen-items.js';
import { createTopList, type TopList } from '../top-list.js';
import { requireNumbers } from './check-ranking.js';
import { longestCase, type RankingWork } from './rank-lists.js';
import type { Tally } from './tally.js';
import { createRankCounter, type RankCounter } from './tied-ranks.js';

/** Scores that are held at a time. */
const SCORES = 1 << 22;

interface Scratch {
  readonly counter: RankCounter;
  readonly barred: Marks;
  readonly list: TopList;
}

/** Ranks the relevant items of each user against all others, without those that the user has in `excluded`. */
export async function rankCatalogue(work: RankingWork, excluded: Interactions | undefined): Promise<void> {
  const { cases, contestants, k, signal } = work;
  const { size } = contestants[0]!.recommender.items;
  const scratch = { counter: createRankCounter(longestCase(cases)), barred: createMarks(size), list: createTopList(k) };
  const block = Math.max(1, Math.min(256, Math.floor(SCORES / size)));
  const pause = createPause();
  for (let first = 0; first < cases.users.length; first += block) {
    const users = cases.users.slice(first, first + block);
    for (const { recommender, tally } of contestants) {
      signal?.throwIfAborted();
      const scores = await recommender.scoreAll(users);
      requireNumbers(recommender, scores, users.length * size);
      for (let row = 0; row < users.length; row += 1) {
        rankRow(work, excluded, tally, first + row, scores.subarray(row * size, (row + 1) * size), scratch);
      }
      await pause();
    }
  }
}

function rankRow(
  { cases, needsLists, contestants }: RankingWork,
  excluded: Interactions | undefined,
  tally: Tally,
  place: number,
  scores: Float32Array,
  { counter, barred, list }: Scratch,
): void {
  const relevant = cases.relevant.subarray(cases.offsets[place]!, cases.offsets[place + 1]!);
  barred.clear();
  barred.add(contestants[0]!.recommender.items.unknownIndex);
  if (excluded) for (const item of itemsOfUser(excluded, cases.users[place]!)) barred.add(item);
  countRow(counter, scores, relevant, barred.listed());
  if (needsLists) fillList(list, scores, barred.has);
  tally.add(place, counter.finish(), list);
}

// Counting everything and taking back what is no other candidate is faster than asking about every item.
function countRow(counter: RankCounter, scores: Float32Array, relevant: Int32Array, barred: Int32Array): void {
  counter.start(Float32Array.from(relevant, (item) => scores[item]!));
  counter.countRange(scores, 0, scores.length);
  for (const item of relevant) counter.count(scores[item]!, -1);
  for (const item of barred) counter.count(scores[item]!, -1);
}

function fillList(list: TopList, scores: Float32Array, isBarred: (item: number) => boolean): void {
  list.clear();
  for (let item = 0; item < scores.length; item += 1) {
    // Items rise, so one that only equals the last of a full list stays outside.
    if (scores[item]! < list.threshold || isBarred(item)) continue;
    list.offer(scores[item]!, item);
  }
}
