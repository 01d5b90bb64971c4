import { requireInteractions } from '../data/interactions/require-interactions.js';
import { requireVocabulary } from '../data/vocabulary.js';
import { refuse, requireFunction, requireGivenFunction, requireText } from '../internal/require.js';
import { untilAborted } from '../internal/signal.js';
import type { Recommender } from './recommender.js';

/** Refuses what cannot work as a recommender, such as one of a user's own that lacks a part. */
export function requireRecommender(where: string, recommender: unknown, name = 'recommender'): void {
  if (typeof recommender !== 'object' || recommender === null)
    refuse(where, name, 'be a recommender, such as trainRecommender or popularityRecommender gives', recommender);
  const { users, items, scorePairs, scoreAll, seen, knowledge } = recommender as Partial<Recommender>;
  requireText(where, `${name}.name`, (recommender as Partial<Recommender>).name);
  for (const [side, vocabulary] of Object.entries({ users, items })) {
    requireVocabulary(where, `${name}.${side}`, vocabulary);
  }
  for (const [method, value] of Object.entries({ scorePairs, scoreAll })) {
    requireGivenFunction(where, `${name}.${method}`, value);
  }
  const { knowsUser, knowsItem } = knowledge ?? {};
  const { factors, state, scoreHistory, foldInUser, foldInItem, explain } = recommender as Partial<Recommender>;
  const optional = { factors, state, scoreHistory, foldInUser, foldInItem, explain, knowsUser, knowsItem };
  for (const [method, value] of Object.entries(optional)) {
    requireFunction(where, `${name}.${method}`, value);
  }
  if (seen !== undefined) requireInteractions(where, `${name}.seen`, seen);
}

/** Scores of a recommender, refused where they are no `length` numbers. Rejects when the signal aborts, even before they come. */
export async function checkedScores(
  where: string,
  recommender: Pick<Recommender, 'name'>,
  given: Promise<Float32Array>,
  length: number,
  signal?: AbortSignal,
): Promise<Float32Array> {
  const scores: unknown = await untilAborted(given, signal);
  const name = `recommender '${recommender.name}'`;
  if (!(scores instanceof Float32Array)) refuse(where, name, `give ${length} scores in a Float32Array`, scores);
  if (scores.length !== length) refuse(where, name, `give ${length} scores`, scores.length);
  for (let at = 0; at < length; at += 1) {
    if (Number.isNaN(scores[at])) refuse(where, name, 'score with numbers', scores[at]);
  }
  return scores;
}
