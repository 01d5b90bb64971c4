import type { Interactions } from '../../../data/interactions.js';
import { refuseFile } from '../../../internal/file-fault.js';
import { createPause } from '../../../internal/pause.js';
import { createReader, type Reader } from '../../../saving/document/reader.js';
import { createCompletion } from '../../completion.js';
import type { Contribution, Recommender, RecommenderState, SavedRecommender } from '../../recommender.js';
import { personalFrequencyRecommender } from '../sequences/personal-frequency-recommender.js';
import { type EventUnit, readUnit } from '../sequences/user-events.js';
import type { ChanceCurve, NextBasketMix } from './purchase-chances.js';
import { createMixer, createUserScorer, type UserScorer } from './score-parts.js';

/** What {@link nextBasketRecommender} gives. */
export interface NextBasketRecommender extends Recommender {
  /** How both parts are mixed. */
  readonly mix: NextBasketMix;
  /** The recommender of what is new. */
  readonly discover: Recommender;
}

/** The parts, made of the same rows. */
export interface MixedParts {
  readonly repeat: Recommender;
  readonly discover: Recommender;
  readonly scorer: UserScorer;
}

/** What is no part. */
export interface MixSettings {
  readonly mix: NextBasketMix;
  readonly decay: number;
  readonly unit: EventUnit;
}

/** Users whose pairs are scored at a time. */
const usersAtOnce = 64;

/** Makes the recommender of parts that are there. */
export function mixedRecommender(
  name: string,
  train: Interactions,
  parts: MixedParts,
  settings: MixSettings,
): NextBasketRecommender {
  const { users, items } = train;
  const { discover, scorer } = parts;
  const mixer = createMixer(items.size, settings.mix);
  const scoreAll = async (asked: Int32Array) => {
    const scores = new Float32Array(asked.length * items.size);
    await scorer.forEach(asked, createPause(), (_, own, orders, at) => {
      mixer(own, orders, scores.subarray(at * items.size, (at + 1) * items.size));
    });
    return scores;
  };
  return {
    name,
    users,
    items,
    seen: train,
    mix: settings.mix,
    discover,
    knowledge: { emptyScore: 0 },
    sources: { had: 'repeat', others: 'discover' },
    scoreAll,
    scorePairs: (asked, wanted) => scorePairs(asked, wanted, items.size, scoreAll),
    ...(discover.scoreHistory && { scoreHistory: historyScorer(train, parts, mixer) }),
    explain: (user, item, options) => explainPart(parts, user, item, options),
    state: () => stateOfMix(discover, settings),
  };
}

async function scorePairs(
  users: Int32Array,
  items: Int32Array,
  size: number,
  scoreAll: (users: Int32Array) => Promise<Float32Array>,
): Promise<Float32Array> {
  const pairsOf = new Map<number, number[]>();
  for (const [pair, user] of users.entries()) {
    const own = pairsOf.get(user);
    if (own) own.push(pair);
    else pairsOf.set(user, [pair]);
  }
  const scores = new Float32Array(items.length);
  const asked = Int32Array.from(pairsOf.keys());
  for (let first = 0; first < asked.length; first += usersAtOnce) {
    const block = asked.slice(first, first + usersAtOnce);
    const rows = await scoreAll(block);
    for (const [row, user] of block.entries()) {
      for (const pair of pairsOf.get(user)!) scores[pair] = rows[row * size + items[pair]!]!;
    }
  }
  return scores;
}

// Who comes from outside has as many orders as the item that comes most often.
function historyScorer(
  train: Interactions,
  { repeat, discover }: MixedParts,
  mixer: ReturnType<typeof createMixer>,
): NonNullable<Recommender['scoreHistory']> {
  const completion = createCompletion(discover, train, 'nothing');
  return async (had, weights) => {
    const keys = new Float64Array(train.items.size);
    const frequencies = await repeat.scoreHistory!(had, weights);
    completion.complete(await discover.scoreHistory!(had, weights), undefined, keys);
    const counts = new Map<number, number>();
    for (const item of had) counts.set(item, (counts.get(item) ?? 0) + 1);
    const scores = new Float32Array(train.items.size);
    mixer({ had, frequencies, keys }, Math.max(0, ...counts.values()), scores);
    return scores;
  };
}

// What the part says, in proportion: its contributions add up to the chance.
async function explainPart(
  { repeat, discover }: MixedParts,
  user: Parameters<NonNullable<Recommender['explain']>>[0],
  item: number,
  options: Parameters<NonNullable<Recommender['explain']>>[2],
) {
  const { partsOf } = await import('../../explaining/explain-recommendation.js');
  const part = user.seenItems.includes(item) ? repeat : discover;
  const [score] = await user.scoreItems(Int32Array.of(item));
  const own = await partsOf('explainRecommendation', part, user, item, options);
  const sum = own.contributions.reduce((total, { value }) => total + value, own.baselineScore);
  const share = sum > 0 ? score! / sum : 0;
  const contributions = own.contributions.map((each): Contribution => ({ ...each, value: share * each.value }));
  return { baselineScore: share * own.baselineScore, contributions };
}

async function stateOfMix(discover: Recommender, { mix, decay, unit }: MixSettings): Promise<RecommenderState> {
  const { stateOf } = await import('../../saving/encode-recommender.js');
  const { kind, settings = {}, ...rest } = await stateOf(discover);
  return {
    kind: 'nextBasket',
    settings: { mix, decay, unit, discover: { name: discover.name, kind, settings } },
    ...rest,
  };
}

/** Makes it again from its mix and what is written of `discover`. */
export async function readNextBasket(
  saved: SavedRecommender,
  readPart: (part: SavedRecommender) => Promise<Recommender>,
): Promise<Recommender> {
  const { name, seen } = saved;
  if (!seen) refuseFile("hold what was seen, for 'nextBasket'", seen);
  const reader = createReader(saved.settings, 'settings');
  const decay = reader.number('decay');
  if (!(decay > 0 && decay <= 1)) refuseFile('hold a decay above 0 and at most 1', decay);
  const [unit, mix] = [readUnit(reader, seen), readMix(reader.part('mix'))];
  const part = reader.part('discover');
  const state = { kind: part.text('kind'), settings: part.part('settings').plain() };
  const discover = await readPart({ ...saved, ...state, name: part.text('name') });
  const repeat = personalFrequencyRecommender(seen, { decay, unit });
  const parts = { repeat, discover, scorer: createUserScorer(seen, unit, repeat, discover) };
  return mixedRecommender(name, seen, parts, { mix, decay, unit });
}

function readMix(reader: Reader): NextBasketMix {
  if (reader.has('repeatShare')) {
    const repeatShare = reader.number('repeatShare');
    if (!(repeatShare > 0 && repeatShare < 1)) refuseFile('hold a share of repeats between 0 and 1', repeatShare);
    return { repeatShare };
  }
  const curve = (part: Reader): ChanceCurve => {
    return { constant: part.number('constant'), slope: part.number('slope'), orders: part.number('orders') };
  };
  const customers = reader.whole('customers', 0, 2 ** 32 - 1);
  return { repeat: curve(reader.part('repeat')), discover: curve(reader.part('discover')), customers };
}
