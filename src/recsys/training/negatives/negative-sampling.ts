import type { Interactions } from '../../../data/interactions.js';
import { requireOptions } from '../../../internal/options.js';
import { refuse, requireBetween, requireFlag } from '../../../internal/require.js';

/**
 * How negatives, the items that a user is taken not to want, are drawn. A value: write your own by giving `weights`.
 */
export interface NegativeSampling {
  /** What reports call it. */
  readonly name: string;
  /** Whether items that the user has in train are drawn again. */
  readonly rejectSeen: boolean;
  /** How likely each item is, `[I]`, >= 0, of any sum; all the same where this is missing. */
  weights?(train: Interactions): Float64Array;
}

/**
 * Draws negatives with every item equally likely.
 *
 * @returns A value for `negativeSampling` of {@link trainRecommender}.
 * @throws RangeError when `rejectSeen` is no boolean.
 * @see He et al., "Neural Collaborative Filtering" (2017)
 * @example
 * uniformNegatives().rejectSeen; // true
 */
export function uniformNegatives(
  options: {
    /** Whether items that the user has in train are drawn again. Default `true`. */
    readonly rejectSeen?: boolean;
  } = {},
): NegativeSampling {
  requireOptions('uniformNegatives', options, { rejectSeen: true });
  const { rejectSeen = true } = options;
  requireFlag('uniformNegatives', 'rejectSeen', rejectSeen);
  return { name: 'uniform', rejectSeen };
}

/**
 * Draws negatives by popularity: an item with n rows in train is as likely as n to the power of `power`.
 *
 * Popular items then have to earn their place, which suits rankings of the whole catalogue; an item without a row in
 * train is never drawn.
 *
 * @returns A value for `negativeSampling` of {@link trainRecommender}.
 * @throws RangeError when `power` is no number in [0, 2].
 * @see Mikolov et al., "Distributed Representations of Words and Phrases and their Compositionality" (2013)
 * @example
 * popularityNegatives({ power: 0.5 }).name; // 'popularity^0.5'
 */
export function popularityNegatives(
  options: {
    /** Exponent of an item's count in train, in [0, 2]; 0 is uniform over the items that occur. Default 0.75. */
    readonly power?: number;
  } & NonNullable<Parameters<typeof uniformNegatives>[0]> = {},
): NegativeSampling {
  requireOptions('popularityNegatives', options, { power: true, rejectSeen: true });
  const { power = 0.75, rejectSeen = true } = options;
  requireFlag('popularityNegatives', 'rejectSeen', rejectSeen);
  requireBetween('popularityNegatives', 'power', power, 0, 2, { closed: true });
  return {
    name: `popularity^${power}`,
    rejectSeen,
    weights: ({ items, itemIndices }) => {
      const counts = new Float64Array(items.size);
      for (const item of itemIndices) counts[item]! += 1;
      return counts.map((count) => (count === 0 ? 0 : count ** power));
    },
  };
}

/** Checks how negatives are drawn. */
export function requireNegativeSampling(where: string, sampling: NegativeSampling): void {
  if (typeof sampling?.rejectSeen === 'boolean') return;
  refuse(where, 'negativeSampling', 'be a NegativeSampling, such as uniformNegatives()', sampling);
}
