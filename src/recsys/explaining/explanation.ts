import type { Vocabulary } from '../../data/vocabulary.js';
import type { Contribution, ScoreSource } from '../recommender.js';

/** Why a score is what it is. */
export interface Explanation {
  /** The item's id. */
  readonly item: string;
  /** The score of the item, as {@link scoreItems} gives it. */
  readonly score: number;
  /** Where the score comes from. */
  readonly source: ScoreSource;
  /** What the score is told apart from: that of the baseline. */
  readonly baselineScore: number;
  /** The largest first, in either direction. */
  readonly contributions: readonly Contribution[];
  /** `score - baselineScore - sum of contributions`: 0 where everything is explained. */
  readonly residual: number;
}

/** Sorts contributions and says what they leave unexplained. */
export function explanationOf(
  item: string,
  score: number,
  source: ScoreSource,
  baselineScore: number,
  contributions: readonly Contribution[],
): Explanation {
  const sum = contributions.reduce((total, { value }) => total + value, 0);
  return {
    item,
    score,
    source,
    baselineScore,
    contributions: contributions.toSorted((a, b) => Math.abs(b.value) - Math.abs(a.value)),
    residual: score - baselineScore - sum,
  };
}

/** The contribution of several rows of one id is one. */
export function addUp(contributions: readonly Contribution[]): Contribution[] {
  const sums = new Map<string, Contribution>();
  for (const each of contributions) {
    const key = JSON.stringify([each.kind, each.feature, each.id ?? null]);
    sums.set(key, { ...each, value: each.value + (sums.get(key)?.value ?? 0) });
  }
  return [...sums.values()];
}

/** What a past item adds. */
export function ofHistory(items: Vocabulary, past: number, value: number): Contribution {
  const id = items.idAt(past);
  return { kind: 'history', feature: 'history', ...(id !== undefined && { id }), value };
}
