import type { Interactions } from '../../../data/interactions.js';
import { createPause } from '../../../internal/pause.js';
import { piecemeal } from '../../../internal/pieces.js';
import { checkedScores } from '../../check-recommender.js';
import { createCompletion } from '../../completion.js';
import { createMarks } from '../../marks.js';
import type { Recommender } from '../../recommender.js';
import { itemsOfUser } from '../../serving/seen-items.js';
import { type EventUnit, userEvents } from '../sequences/user-events.js';
import { type UserParts, visitOthers, visitRepeats } from './order-parts.js';
import { chanceOf, type NextBasketMix } from './purchase-chances.js';

const where = 'nextBasketRecommender';

/** Users whose scores are held at a time. */
const usersAtOnce = 64;

/** Goes through users with the keys of both parts. */
export interface UserScorer {
  forEach(
    users: Int32Array,
    pause: () => Promise<void>,
    visit: (user: number, parts: UserParts, orders: number, at: number) => void,
  ): Promise<void>;
}

/** Makes what gives users their parts. */
export function createUserScorer(
  train: Interactions,
  unit: EventUnit,
  repeat: Recommender,
  discover: Recommender,
): UserScorer {
  const { size } = train.items;
  const completion = createCompletion(discover, train, 'nothing');
  let orders: Promise<Int32Array> | undefined;
  return {
    async forEach(users, pause, visit) {
      orders ??= countOrders(train, unit);
      const counts = await orders;
      const keys = new Float64Array(size);
      for (let first = 0; first < users.length; first += usersAtOnce) {
        const block = users.slice(first, first + usersAtOnce);
        const frequencies = await repeat.scoreAll(block);
        const scores = await checkedScores(where, discover, discover.scoreAll(block), block.length * size);
        for (const [row, user] of block.entries()) {
          await pause();
          const [from, to] = [row * size, (row + 1) * size];
          completion.complete(completion.knowsUser(user) ? scores.subarray(from, to) : undefined, undefined, keys);
          const had = itemsOfUser(train, user).filter((item) => item !== train.items.unknownIndex);
          visit(user, { had, frequencies: frequencies.subarray(from, to), keys }, counts[user]!, first + row);
        }
      }
    },
  };
}

// `[U]`: how many orders each user has.
async function countOrders(train: Interactions, unit: EventUnit): Promise<Int32Array> {
  const { offsets, events } = await piecemeal(userEvents(train, unit), createPause());
  return Int32Array.from({ length: train.users.size }, (_, user) => {
    return offsets[user] === offsets[user + 1] ? 0 : events[offsets[user + 1]! - 1]! + 1;
  });
}

/** Makes the function that writes the scores of one user's items, `[I]`, into zeros. */
export function createMixer(
  items: number,
  mix: NextBasketMix,
): (parts: UserParts, orders: number, scores: Float32Array) => void {
  const own = createMarks(items);
  if ('repeatShare' in mix) {
    const { repeatShare } = mix;
    return (parts, _, scores) => {
      visitRepeats(parts, (item, __, ___, rank) => {
        scores[item] = repeatShare / rank;
      });
      visitOthers(parts, own, (item, rank) => {
        scores[item] = (1 - repeatShare) / rank;
      });
    };
  }
  return (parts, orders, scores) => {
    const count = Math.max(1, orders);
    visitRepeats(parts, (item, frequency, place) => {
      // A hair for each place among equal ones, so that their order stays.
      scores[item] = chanceOf(mix.repeat, frequency, count) * (1 - 1e-6 * place);
    });
    visitOthers(parts, own, (item, rank) => {
      scores[item] = chanceOf(mix.discover, rank, count);
    });
  };
}
