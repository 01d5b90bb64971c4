import type { Recommender } from '../recommender.js';
import { type Choice, pickBest, toRecommendations } from './choice.js';
import type { UserRecommendations } from './recommend-all.js';
import { type Search, searchItems, vectorOfUser } from './search-index.js';
import { itemsOfUser } from './seen-items.js';

/** Lists of some users, of whom all items or the candidates are scored at once. */
export async function recommendBlock(
  recommender: Recommender,
  choice: Choice,
  users: Int32Array,
): Promise<UserRecommendations[]> {
  const scores = await scoreBlock(recommender, users, choice.candidates);
  const width = scores.length / users.length;
  return Array.from(users, (user, place) =>
    listOf(recommender, choice, user, scores.subarray(place * width, (place + 1) * width)),
  );
}

/** Lists of some users, of whom only what the index finds is scored. */
export async function searchBlock(
  recommender: Recommender,
  choice: Choice,
  users: Int32Array,
  search: Search,
): Promise<UserRecommendations[]> {
  const found = await findItems(recommender, choice, users, search);
  const starts = [0];
  for (const items of found) starts.push(starts.at(-1)! + items.length);
  const pairs = { users: new Int32Array(starts.at(-1)!), items: new Int32Array(starts.at(-1)!) };
  found.forEach((items, place) => {
    pairs.users.fill(users[place]!, starts[place], starts[place + 1]);
    pairs.items.set(items, starts[place]);
  });
  const scores = await recommender.scorePairs(pairs.users, pairs.items);
  return found.map((candidates, place) =>
    listOf(recommender, { ...choice, candidates }, users[place]!, scores.subarray(starts[place], starts[place + 1])),
  );
}

// One search for all; a user of whose finds too few are accepted gets one more alone.
async function findItems(
  recommender: Recommender,
  choice: Choice,
  users: Int32Array,
  search: Search,
): Promise<Int32Array[]> {
  const { size } = search.factors;
  const seen = Array.from(users, (user) => new Set(choice.excludesSeen ? itemsOfUser(recommender.seen!, user) : []));
  const ask = Math.min(search.index.length, choice.k + Math.max(...seen.map((each) => each.size)));
  const queries = new Float32Array(users.length * size);
  users.forEach((user, place) => {
    queries.set(vectorOfUser(search, user), place * size);
  });
  const { items } = await search.index.search(queries, { k: ask });
  return Promise.all(
    Array.from(users, async (user, place) => {
      const accepted = items
        .subarray(place * ask, (place + 1) * ask)
        .filter((item) => item >= 0 && !seen[place]!.has(item) && choice.accepts(item));
      if (accepted.length >= choice.k || ask === search.index.length) return accepted.sort();
      return searchItems(search, choice, vectorOfUser(search, user), seen[place]!, choice.k);
    }),
  );
}

function listOf(recommender: Recommender, choice: Choice, user: number, scores: Float32Array): UserRecommendations {
  const seen = choice.excludesSeen ? itemsOfUser(recommender.seen!, user) : new Int32Array(0);
  const items = toRecommendations(recommender.items, ...pickBest(choice, seen, scores, choice.k));
  return { user: recommender.users.idAt(user)!, items };
}

function scoreBlock(
  recommender: Recommender,
  users: Int32Array,
  candidates: Int32Array | undefined,
): Promise<Float32Array> {
  if (!candidates) return recommender.scoreAll(users);
  const { length } = candidates;
  const items = Int32Array.from({ length: users.length * length }, (_, at) => candidates[at % length]!);
  return recommender.scorePairs(
    Int32Array.from(items, (_, at) => users[Math.floor(at / length)]!),
    items,
  );
}
