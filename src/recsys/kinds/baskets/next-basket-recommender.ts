import { requireInteractions } from '../../../data/interactions/require-interactions.js';
import type { Interactions } from '../../../data/interactions.js';
import { resolveUnit } from '../../../data/splits/split-units.js';
import { type OptionNames, requireOptions } from '../../../internal/options.js';
import { createPause } from '../../../internal/pause.js';
import { refuse, requireBetween, requireFunction, requireShare } from '../../../internal/require.js';
import { pauseFor } from '../../../internal/signal.js';
import { requireRecommender } from '../../check-recommender.js';
import type { Recommender } from '../../recommender.js';
import { easeRecommender } from '../items/ease-recommender.js';
import { personalFrequencyRecommender } from '../sequences/personal-frequency-recommender.js';
import { learnMix } from './learn-mix.js';
import { type MixedParts, mixedRecommender, type NextBasketRecommender } from './mixed-recommender.js';
import { createUserScorer } from './score-parts.js';

/** Options of {@link nextBasketRecommender}. */
export interface NextBasketOptions {
  /**
   * Makes of rows the recommender of what a customer does not have yet: of `train`, and, to learn the mix, of `train` without
   * each customer's last order. Default {@link easeRecommender}, which takes at most 20,000 items.
   */
  readonly discover?: (rows: Interactions) => Recommender | Promise<Recommender>;
  /**
   * How what comes again and what is new are mixed. `'learned'`: by the chance that each is bought, learned on each customer's last
   * order in `train`. A share in (0, 1): so much of any list comes again, as long as there is so much; near 1, what comes again
   * stands first. Default `'learned'`.
   */
  readonly mix?:
    | 'learned'
    | {
        /** The share of a list that comes again, in (0, 1). */
        readonly repeatShare: number;
      };
  /** How much an order counts beside the one after it, above 0 and at most 1: see {@link personalFrequencyRecommender}. Default 0.95. */
  readonly decay?: number;
  /** What is one basket: an `'order'`, a moment (`'time'`) or a `'row'`. Default `'order'` where there are orders, else `'row'`. */
  readonly unit?: 'order' | 'time' | 'row';
  /** Stops the work; the promise then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

const names: OptionNames<NextBasketOptions> = { discover: true, mix: true, decay: true, unit: true, signal: true };
const where = 'nextBasketRecommender';

/**
 * What to show a customer, in one: what they buy again, by {@link personalFrequencyRecommender}, and what is new to them, by EASE,
 * in one list; whom it does not know gets what is popular. Each pick says which it is: its `source` is `'repeat'`, `'discover'`
 * or `'popularity'`.
 *
 *     chance of a repeat   = sigmoid(a + b * log(frequency) + c * log(orders of the customer))
 *     chance of a discovery = sigmoid(a + b * log(rank) + c * log(orders of the customer))
 *
 * The score is that chance: how probable it is that the item is in the next basket. Both curves are learned on each customer's last
 * order (5,000 customers at most, the first 30 items of each part), with parts made of the orders before; of equal frequencies
 * what `discover` ranks higher comes first. Where nobody has two orders nothing can be learned, and what comes again stands first;
 * `mix.customers` is 0 then. With a fixed share the score is `share / rank`, which fills a list at these shares.
 *
 * In a shop that lives from repeats the learned mix finds hardly more of a basket than what comes again alone: on UCI Online Retail
 * recall@10 is 0.199, beside 0.197 of {@link personalFrequencyRecommender}, and the simple `{ repeatShare: 0.99 }`, what comes again
 * first, has 0.201. Whoever wants to show more that is new pays for it in recall: `{ repeatShare: 0.8 }` has 0.185.
 *
 * @param train - Who did what, with `duplicates: 'keep'`. Weights are not looked at.
 * @returns A recommender, with its `mix`.
 * @throws RangeError when an option is not one of those above, `train` has no rows, or `discover` gives what does not score its
 *   items. Rejects with the signal's reason when it is aborted.
 * @see Hu, He, Gao and Zhang, "Modeling Personalized Item Frequency Information for Next-basket Recommendation" (2020)
 * @see Li et al., "A Next Basket Recommendation Reality Check" (2023), for repeats beside new items
 * @example
 * const recommender = await nextBasketRecommender(shop);
 * const picks = await recommend(recommender, 'ann', { k: 2, exclude: 'nothing' });
 * picks[0]?.source; // 'repeat'
 */
export async function nextBasketRecommender(
  train: Interactions,
  options: NextBasketOptions = {},
): Promise<NextBasketRecommender> {
  requireOptions(where, options, names);
  requireInteractions(where, 'train', train);
  const { mix = 'learned', decay = 0.95, signal } = options;
  requireShare(where, 'decay', decay);
  requireFunction(where, 'discover', options.discover);
  requireMix(mix);
  const unit = resolveUnit(where, train, options.unit);
  const pause = pauseFor(where, signal);
  if (train.length === 0) refuse(where, 'train', 'have at least one row', train.length);
  const make = async (rows: Interactions): Promise<MixedParts> => {
    const repeat = personalFrequencyRecommender(rows, { decay, unit });
    const discover = await makeDiscover(rows, options);
    return { repeat, discover, scorer: createUserScorer(rows, unit, repeat, discover) };
  };
  const learned = mix === 'learned' ? await learnMix(train, unit, make, pause) : mix;
  return mixedRecommender('nextBasket', train, await make(train), { mix: learned, decay, unit });
}

function requireMix(mix: NonNullable<NextBasketOptions['mix']>): void {
  if (mix === 'learned') return;
  if (typeof mix !== 'object' || mix === null) refuse(where, 'mix', "be 'learned' or a share", mix);
  requireOptions(where, mix, { repeatShare: true }, 'mix');
  const { repeatShare } = mix;
  requireBetween(where, 'mix.repeatShare', repeatShare, 0, 1);
  if (repeatShare === 0)
    refuse(where, 'mix.repeatShare', 'be above 0: `discover` alone shows what is new', repeatShare);
}

async function makeDiscover(rows: Interactions, { discover, signal }: NextBasketOptions): Promise<Recommender> {
  if (!discover) return easeRecommender(rows, signal && { signal });
  const made = await discover(rows);
  signal?.throwIfAborted();
  requireRecommender(where, made, 'discover()');
  if (made.items.size !== rows.items.size || made.users.size !== rows.users.size) {
    const sizes = `${made.users.size} users × ${made.items.size} items`;
    refuse(where, 'discover()', `number the ${rows.users.size} users × ${rows.items.size} items of the rows`, sizes);
  }
  await createPause(0)();
  return made;
}
