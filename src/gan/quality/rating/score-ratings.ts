import {
  refuse,
  requireEach,
  requireFilled,
  requireOneOf,
  requireText,
  requireWholeNumber,
} from '../../../internal/require.js';
import type { Estimate } from '../../../statistics/estimate.js';
import { wilsonInterval } from '../../../statistics/wilson.js';
import { cohenKappa, fleissKappa } from './kappa.js';
import type { RatingKey } from './rating-sheet.js';

/** One answer. */
export interface Rating {
  /** Who rated. */
  readonly rater: string;
  /** Number of the item, from 1. */
  readonly item: number;
  /** What the rater took it for. */
  readonly answer: 'real' | 'generated';
}

/** What one person, or all together, told apart: shares of answers, 0 to 1, with Wilson's intervals. */
export interface RatingScore {
  /** Number of answers. */
  readonly answers: number;
  /** Share of right answers; 0.5 is what guessing gives. */
  readonly accuracy: Required<Estimate>;
  /** Share of generated samples that were taken for real; NaN where none was rated. */
  readonly fooled: Required<Estimate>;
  /** Share of real samples that were taken for generated; NaN where none was rated. */
  readonly doubted: Required<Estimate>;
}

/** What {@link scoreRatings} found. */
export interface RatingReport extends RatingScore {
  /** The same for each rater, by name in order of appearance. */
  readonly raters: readonly (RatingScore & {
    /** Who rated. */
    readonly rater: string;
  })[];
  /** How far raters agree, over the items that all of them rated. Missing for one rater or without such items. */
  readonly agreement?: {
    /** `'cohen'` for two raters, `'fleiss'` for more. */
    readonly kind: 'cohen' | 'fleiss';
    /** 1 is full agreement, 0 what chance gives; NaN when all answers are the same. */
    readonly kappa: number;
    /** Number of items. */
    readonly items: number;
  };
}

/**
 * Counts the answers to a rating sheet: whether people tell generated samples from real ones, and whether they agree.
 *
 * The intervals of all raters together count each item once, as if all answers to it were one: raters see the same
 * samples, and more of them make the answer for these samples surer, not for others.
 *
 * @param key - Of {@link ratingSheet}.
 * @param ratings - The answers, in any order; items may be left out.
 * @returns Accuracy, the shares that were fooled and doubted, for all and for each rater, and their agreement.
 * @throws RangeError when there are no answers, an item or answer is unknown, or a rater answered an item twice.
 * @see Wilson, "Probable Inference, the Law of Succession, and Statistical Inference" (1927)
 * @see Cohen, "A Coefficient of Agreement for Nominal Scales" (1960)
 * @see Fleiss, "Measuring Nominal Scale Agreement among Many Raters" (1971)
 * @example
 * const key: RatingKey = { seed: 7, truth: ['real', 'generated'], places: [0, 0] };
 * const { accuracy, fooled } = scoreRatings(key, [
 *   { rater: 'ann', item: 1, answer: 'real' },
 *   { rater: 'ann', item: 2, answer: 'real' },
 * ]);
 * accuracy.value; // 0.5
 * fooled.value; // 1
 */
export function scoreRatings(key: RatingKey, ratings: readonly Rating[]): RatingReport {
  checkRatings(key, ratings);
  const lists = new Map<string, Rating[]>();
  for (const rating of ratings) {
    const own = lists.get(rating.rater);
    if (own) own.push(rating);
    else lists.set(rating.rater, [rating]);
  }
  const agreement = agreementOf([...lists.values()]);
  return {
    ...scoreOf(key, ratings),
    raters: [...lists].map(([rater, own]) => ({ rater, ...scoreOf(key, own) })),
    ...(agreement ? { agreement } : {}),
  };
}

function checkRatings(key: RatingKey, ratings: readonly Rating[]): void {
  const truth: unknown = key?.truth;
  if (!Array.isArray(truth)) refuse('scoreRatings', 'key', 'be the key of a rating sheet', key);
  requireEach('scoreRatings', 'key.truth', truth, isAnswer, "be 'real' or 'generated'");
  if (!Array.isArray(ratings)) refuse('scoreRatings', 'ratings', 'be a list of answers', ratings);
  requireFilled('scoreRatings', 'ratings', ratings);
  const seen = new Set<string>();
  ratings.forEach((rating: Rating | null | undefined, index) => {
    const name = `ratings[${index}]`;
    const { rater, item, answer } =
      rating ?? refuse('scoreRatings', name, 'be an answer: { rater, item, answer }', rating);
    requireText('scoreRatings', `${name}.rater`, rater);
    requireWholeNumber('scoreRatings', `${name}.item`, item, 1, truth.length);
    requireOneOf('scoreRatings', `${name}.answer`, ['real', 'generated'], answer);
    const once = JSON.stringify([rater, item]);
    if (seen.has(once)) refuse('scoreRatings', name, "be the rater's only answer to the item", item);
    seen.add(once);
  });
}

function isAnswer(value: unknown): boolean {
  return value === 'real' || value === 'generated';
}

function scoreOf({ truth }: RatingKey, ratings: readonly Rating[]): RatingScore {
  const share = (asked: readonly Rating[], isHit: (rating: Rating) => boolean): Required<Estimate> => {
    if (asked.length === 0) return { value: Number.NaN, interval: [Number.NaN, Number.NaN] };
    const value = asked.filter(isHit).length / asked.length;
    const items = new Set(asked.map(({ item }) => item)).size;
    return { value, interval: wilsonInterval(value * items, items) };
  };
  const of = (kind: 'real' | 'generated') => ratings.filter(({ item }) => truth[item - 1] === kind);
  return {
    answers: ratings.length,
    accuracy: share(ratings, ({ item, answer }) => answer === truth[item - 1]),
    fooled: share(of('generated'), ({ answer }) => answer === 'real'),
    doubted: share(of('real'), ({ answer }) => answer === 'generated'),
  };
}

function agreementOf(byRater: readonly (readonly Rating[])[]): RatingReport['agreement'] {
  if (byRater.length < 2) return undefined;
  const answers = byRater.map((ratings) => new Map(ratings.map(({ item, answer }) => [item, answer])));
  const common = [...answers[0]!.keys()].filter((item) => answers.every((given) => given.has(item)));
  if (common.length === 0) return undefined;
  const lists = answers.map((given) => common.map((item) => given.get(item)!));
  const items = common.length;
  if (lists.length === 2) return { kind: 'cohen', kappa: cohenKappa(lists[0]!, lists[1]!), items };
  const counts = common.map((_, place) =>
    (['real', 'generated'] as const).map((answer) => lists.filter((list) => list[place] === answer).length),
  );
  return { kind: 'fleiss', kappa: fleissKappa(counts), items };
}
