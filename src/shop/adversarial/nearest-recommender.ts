import type { Interactions } from '../../data/interactions.js';
import { createPause } from '../../internal/pause.js';
import { knowledgeOfRows } from '../../recsys/knowledge.js';
import type { Recommender } from '../../recsys/recommender.js';
import { generateVectors, type VectorSource } from './generated-vectors.js';
import { type Histories, historiesOf, historyOfItems } from './histories.js';
import { type Nearness, nearnessTo, nearnessToAll, rowsAtOnce } from './nearness.js';

/** What the recommender is made of. */
export interface NearestParts {
  readonly name: string;
  readonly interactions: Interactions;
  readonly histories: Histories;
  readonly source: VectorSource;
  readonly nearness: Nearness;
  /** Whether features were given: then they say something of items that nobody chose. */
  readonly hasFeatures: boolean;
}

/** Recommends the items near to what the generator makes of a history. */
export function nearestRecommender(parts: NearestParts): Recommender {
  const { name, interactions, histories, hasFeatures } = parts;
  const { unknownIndex } = interactions.items;
  return {
    name,
    users: interactions.users,
    items: interactions.items,
    seen: interactions,
    knowledge: hasFeatures ? { knowsItem: (item) => item !== unknownIndex } : knowledgeOfRows(interactions),
    scorePairs: (users, items) => scorePairs(parts, users, items),
    scoreAll: (users) => scoreAll(parts, historiesOf(histories, users)),
    scoreHistory: (items) => scoreAll(parts, historyOfItems(histories, items)),
  };
}

async function scoreAll({ interactions, source, nearness }: NearestParts, given: Float32Array): Promise<Float32Array> {
  const items = interactions.items.size;
  const users = given.length / source.size;
  const block = rowsAtOnce(nearness.vectors, source.draws);
  const scores = new Float32Array(users * items);
  const pause = createPause();
  for (let from = 0; from < users; from += block) {
    const made = generateVectors(source, given.subarray(from * source.size, (from + block) * source.size));
    const found = nearnessToAll(nearness, made, source.draws);
    made.dispose();
    scores.set(await found.data().finally(() => found.dispose()), from * items);
    await pause();
  }
  return scores;
}

// Few items of many users: the vectors of each user once, and distances on the host to those items alone.
async function scorePairs(parts: NearestParts, users: Int32Array, items: Int32Array): Promise<Float32Array> {
  const { histories, source, nearness } = parts;
  const distinct = Int32Array.from(new Set(users));
  const placeOf = new Map(Array.from(distinct, (user, place) => [user, place]));
  const length = source.draws * source.size;
  const made = new Float32Array(distinct.length * length);
  const block = Math.max(1, Math.floor(4096 / source.draws));
  for (let from = 0; from < distinct.length; from += block) {
    const vectors = generateVectors(source, historiesOf(histories, distinct.subarray(from, from + block)));
    made.set(await vectors.data().finally(() => vectors.dispose()), from * length);
  }
  const pause = createPause();
  const scores = new Float32Array(users.length);
  for (let pair = 0; pair < scores.length; pair += 1) {
    if ((pair & 255) === 0) await pause();
    const at = placeOf.get(users[pair]!)! * length;
    scores[pair] = nearnessTo(nearness, made, at, source.draws, items[pair]!);
  }
  return scores;
}
