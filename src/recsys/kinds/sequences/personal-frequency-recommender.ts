import { requireInteractions } from '../../../data/interactions/require-interactions.js';
import type { Interactions } from '../../../data/interactions.js';
import { resolveUnit } from '../../../data/splits/split-units.js';
import { refuseFile } from '../../../internal/file-fault.js';
import { requireOptions } from '../../../internal/options.js';
import { createPause } from '../../../internal/pause.js';
import { piecemeal } from '../../../internal/pieces.js';
import { requireShare } from '../../../internal/require.js';
import { createReader } from '../../../saving/document/reader.js';
import type { Recommender, SavedRecommender } from '../../recommender.js';
import { scoresByUser } from '../scores-by-user.js';
import { readUnit, type UserEvents, userEvents } from './user-events.js';

/**
 * Recommends to each what they buy themselves: the baseline of a next basket, where most of it was bought before.
 *
 *     score[u, i] = sum over the events of u with i of decay^age
 *
 * An event is an order, or one row where there are no orders; the last has age 0. What a user never had scores 0, which says
 * nothing: such items come by popularity in {@link recommend} and {@link evaluateRanking}, behind all others. With
 * `exclude: 'seen'` there, nothing but popularity is left of it.
 *
 * @param train - Who did what, in which order. Weights are not looked at.
 * @returns A recommender of what comes again.
 * @throws RangeError when an option is not one of those above.
 * @see Hu, He, Gao and Zhang, "Modeling Personalized Item Frequency Information for Next-basket Recommendation" (2020)
 * @example
 * const recommender = personalFrequencyRecommender(interactions);
 * recommender.name; // 'personalFrequency'
 */
export function personalFrequencyRecommender(
  train: Interactions,
  options: {
    /** How much an event counts beside the one after it, above 0 and at most 1, where all count alike. Default 0.95. */
    readonly decay?: number;
    /** What is one event: an `'order'`, a moment (`'time'`) or a `'row'`. Default `'order'` where there are orders, else `'row'`. */
    readonly unit?: 'order' | 'time' | 'row';
  } = {},
): Recommender {
  const where = 'personalFrequencyRecommender';
  requireOptions(where, options, { decay: true, unit: true });
  requireInteractions(where, 'train', train);
  const { decay = 0.95 } = options;
  requireShare(where, 'decay', decay);
  const unit = resolveUnit(where, train, options.unit);
  const { users, items } = train;
  let events: Promise<UserEvents> | undefined;
  return {
    name: 'personalFrequency',
    users,
    items,
    seen: train,
    knowledge: { emptyScore: 0 },
    state: () => ({ kind: 'personalFrequency', settings: { decay, unit } }),
    // What comes from outside has no orders: each item is an event.
    scoreHistory: async (done) => {
      const scores = new Float32Array(items.size);
      for (let age = 0; age < done.length; age += 1) scores[done[done.length - 1 - age]!]! += decay ** age;
      return scores;
    },
    ...scoresByUser(items.size, async () => {
      events ??= piecemeal(userEvents(train, unit), createPause());
      const { offsets, itemIndices, events: numbers } = await events;
      return (user, scores) => {
        const [start, end] = [offsets[user]!, offsets[user + 1]!];
        for (let row = start; row < end; row += 1) {
          scores[itemIndices[row]!]! += decay ** (numbers[end - 1]! - numbers[row]!);
        }
      };
    }),
  };
}

/** Makes it again: it is counted when it scores. */
export function readPersonalFrequency({ name, seen, settings }: SavedRecommender): Recommender {
  if (!seen) refuseFile("hold what was seen, for 'personalFrequency'", seen);
  const reader = createReader(settings, 'settings');
  const decay = reader.number('decay');
  if (!(decay > 0 && decay <= 1)) refuseFile('hold a decay above 0 and at most 1', decay);
  return { ...personalFrequencyRecommender(seen, { decay, unit: readUnit(reader, seen) }), name };
}
