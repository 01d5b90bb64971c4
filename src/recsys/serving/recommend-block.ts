import { checkedScores } from '../check-recommender.js';
import type { Recommender } from '../recommender.js';
import { type Choice, pickBest, toRecommendations, withFill } from './choice.js';
import type { UserRecommendations } from './recommend-options.js';
import { type Search, searchItems, vectorOfUser } from './search-index.js';
import { itemsOfUser } from './seen-items.js';

/** A user that a list is wanted for: -1 for one that is not known, undefined where nothing is to be said. */
export interface AskedUser {
  readonly id: string;
  readonly index: number | undefined;
}

/** Lists of some users, of whom all items or the candidates are scored at once. */
export async function* recommendBlock(
  recommender: Recommender,
  choice: Choice,
  users: readonly AskedUser[],
  signal: AbortSignal | undefined,
): AsyncGenerator<UserRecommendations, void> {
  const known = knownOf(recommender, choice, users);
  const width = choice.candidates?.length ?? recommender.items.size;
  const scores = await checkedScores(
    choice.where,
    recommender,
    scoreBlock(recommender, known, choice.candidates),
    known.length * width,
    signal,
  );
  let row = 0;
  for (const user of users) {
    const own = known[row] === user.index ? scores.subarray(row * width, (row + 1) * width) : undefined;
    if (own) row += 1;
    yield listOf(recommender, choice, user, own);
  }
}

/** Lists of some users, of whom only what the index finds is scored. */
export async function* searchBlock(
  recommender: Recommender,
  choice: Choice,
  users: readonly AskedUser[],
  search: Search,
  signal: AbortSignal | undefined,
): AsyncGenerator<UserRecommendations, void> {
  const known = knownOf(recommender, choice, users);
  const found = known.length > 0 ? await findItems(recommender, choice, known, search) : [];
  const starts = [0];
  for (const items of found) starts.push(starts.at(-1)! + items.length);
  const pairs = { users: new Int32Array(starts.at(-1)!), items: new Int32Array(starts.at(-1)!) };
  found.forEach((items, place) => {
    pairs.users.fill(known[place]!, starts[place], starts[place + 1]);
    pairs.items.set(items, starts[place]);
  });
  const given = recommender.scorePairs(pairs.users, pairs.items);
  const scores = await checkedScores(choice.where, recommender, given, pairs.items.length, signal);
  let row = 0;
  for (const user of users) {
    const candidates = known[row] === user.index ? found[row]! : undefined;
    const own = candidates && scores.subarray(starts[row], starts[row + 1]);
    if (own) row += 1;
    yield listOf(recommender, candidates ? { ...choice, candidates } : choice, user, own, choice);
  }
}

// Those whose scores are the recommender's own.
function knownOf({ items }: Recommender, { completion }: Choice, users: readonly AskedUser[]): Int32Array {
  const isKnown = (index: number | undefined): index is number =>
    items.size > 0 && index !== undefined && index >= 0 && completion.knowsUser(index);
  return Int32Array.from(users.map(({ index }) => index).filter(isKnown));
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
  const most = seen.reduce((longest, each) => Math.max(longest, each.size), 0);
  const ask = Math.min(search.index.length, choice.k + most);
  const queries = new Float32Array(users.length * size);
  users.forEach((user, place) => {
    queries.set(vectorOfUser(search, user), place * size);
  });
  const { items } = await search.index.search(queries, { k: ask });
  return Promise.all(
    Array.from(users, async (user, place) => {
      const accepted = items
        .subarray(place * ask, (place + 1) * ask)
        .filter((item) => item >= 0 && !seen[place]!.has(item) && search.knowsItem(item) && choice.accepts(item));
      if (accepted.length >= choice.k || ask === search.index.length) return accepted.sort();
      return searchItems(search, choice, vectorOfUser(search, user), seen[place]!, choice.k);
    }),
  );
}

function listOf(
  recommender: Recommender,
  choice: Choice,
  { id, index }: AskedUser,
  scores: Float32Array | undefined,
  whole = choice,
): UserRecommendations {
  if (index === undefined) return { user: id, items: [] };
  const had = recommender.seen && index >= 0 ? itemsOfUser(recommender.seen, index) : new Int32Array(0);
  const seen = choice.excludesSeen ? had : new Int32Array(0);
  const found = pickBest(choice, seen, scores, choice.k);
  const isShort = whole !== choice && found.items.length < choice.k;
  return { user: id, items: toRecommendations(whole, isShort ? withFill(whole, seen, found, choice.k) : found, had) };
}

async function scoreBlock(
  recommender: Recommender,
  users: Int32Array,
  candidates: Int32Array | undefined,
): Promise<Float32Array> {
  if (users.length === 0) return new Float32Array(0);
  if (!candidates) return recommender.scoreAll(users);
  const { length } = candidates;
  const items = Int32Array.from({ length: users.length * length }, (_, at) => candidates[at % length]!);
  return recommender.scorePairs(
    Int32Array.from(items, (_, at) => users[Math.floor(at / length)]!),
    items,
  );
}
