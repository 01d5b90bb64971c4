import { requireInteractions } from '../../../data/interactions/require-interactions.js';
import type { Interactions } from '../../../data/interactions.js';
import { resolveUnit } from '../../../data/splits/split-units.js';
import { refuseFile } from '../../../internal/file-fault.js';
import { type OptionNames, requireOptions } from '../../../internal/options.js';
import { createPause } from '../../../internal/pause.js';
import { piecemeal } from '../../../internal/pieces.js';
import { refuse, requirePositiveInteger, requireShare } from '../../../internal/require.js';
import { pauseFor } from '../../../internal/signal.js';
import { createReader } from '../../../saving/document/reader.js';
import type { Recommender, SavedRecommender } from '../../recommender.js';
import { readItemLists, stateOfItemLists } from '../items/item-lists.js';
import type { ItemNeighbours } from '../items/item-neighbours.js';
import { scoresByUser } from '../scores-by-user.js';
import { findRules } from './find-rules.js';
import { type EventUnit, readUnit, type UserEvents, userEvents } from './user-events.js';

/** Options of {@link sequentialRulesRecommender}. */
export interface SequentialRulesOptions {
  /** How many events ahead a rule looks. Default 10. */
  readonly steps?: number;
  /** How many of a user's last events speak for what comes next. Default 10. */
  readonly history?: number;
  /** How much an event counts beside the one after it, above 0 and at most 1. Default 0.8. */
  readonly decay?: number;
  /** Most rules of an item: the strongest ones. Default 1000. */
  readonly rules?: number;
  /** What is one event: an `'order'`, a moment (`'time'`) or a `'row'`. Default `'order'` where there are orders, else `'row'`. */
  readonly unit?: 'order' | 'time' | 'row';
  /** Stops the work; the promise then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

const names: OptionNames<SequentialRulesOptions> = {
  steps: true,
  history: true,
  decay: true,
  rules: true,
  unit: true,
  signal: true,
};

/** What scoring needs. */
interface Rules {
  readonly found: ItemNeighbours;
  readonly history: number;
  readonly decay: number;
  readonly unit: EventUnit;
}

/**
 * Sequential rules: recommends what came after what the user did last.
 *
 *     rule[j, i] = (sum over events with j of 1 / d, d events before one with i, d <= steps) / number of rows of j
 *     score[u, i] = sum over the items j of u's last events of decay^age * rule[j, i]
 *
 * An event is an order, all of whose items count alike, or one row where there are no orders (a `unit` says so otherwise); the last
 * event has age 0. An item can follow itself, where people buy again. A sum over nothing, 0, says nothing: such items come by popularity in
 * {@link recommend} and {@link evaluateRanking}, behind all others. Rows of equal time keep the order of their source.
 *
 * @param train - Who did what, in which order. Weights are not looked at.
 * @returns A recommender of what comes next.
 * @throws RangeError when an option is not one of those above, or `train` has no rows.
 * @see Ludewig and Jannach, "Evaluation of Session-based Recommendation Algorithms" (2018), for rules with weights by distance
 * @example
 * const recommender = await sequentialRulesRecommender(interactions, { steps: 3 });
 * recommender.name; // 'sequentialRules'
 */
export async function sequentialRulesRecommender(
  train: Interactions,
  options: SequentialRulesOptions = {},
): Promise<Recommender> {
  const where = 'sequentialRulesRecommender';
  requireOptions(where, options, names);
  requireInteractions(where, 'train', train);
  const { steps = 10, history = 10, decay = 0.8, rules = 1000, signal } = options;
  requirePositiveInteger(where, 'steps', steps);
  requirePositiveInteger(where, 'history', history);
  requirePositiveInteger(where, 'rules', rules);
  requireShare(where, 'decay', decay);
  const unit = resolveUnit(where, train, options.unit);
  const pause = pauseFor(where, signal);
  if (train.length === 0) refuse(where, 'train', 'have at least one row', train.length);
  const events = await piecemeal(userEvents(train, unit), pause);
  const found = await findRules(events, { steps, rules }, pause);
  return ruleRecommender('sequentialRules', train, { found, history, decay, unit }, events);
}

function ruleRecommender(name: string, train: Interactions, rules: Rules, known?: UserEvents): Recommender {
  const { users, items } = train;
  let events = known && Promise.resolve(known);
  return {
    name,
    users,
    items,
    seen: train,
    knowledge: { emptyScore: 0 },
    state: () => {
      const { settings, ...state } = stateOfItemLists(rules.found);
      const { history, decay, unit } = rules;
      return { kind: 'sequentialRules', ...state, settings: { ...settings, history, decay, unit } };
    },
    // What comes from outside has no orders: each item is an event.
    scoreHistory: async (done) => {
      const scores = new Float32Array(items.size);
      for (let age = 0; age < Math.min(done.length, rules.history); age += 1) {
        follow(rules, done[done.length - 1 - age]!, age, scores);
      }
      return scores;
    },
    ...scoresByUser(items.size, async () => {
      events ??= piecemeal(userEvents(train, rules.unit), createPause());
      const { offsets, itemIndices, events: numbers } = await events;
      return (user, scores) => {
        const [start, end] = [offsets[user]!, offsets[user + 1]!];
        for (let row = end - 1; row >= start && numbers[end - 1]! - numbers[row]! < rules.history; row -= 1) {
          follow(rules, itemIndices[row]!, numbers[end - 1]! - numbers[row]!, scores);
        }
      };
    }),
  };
}

// Adds what follows an item of an event.
function follow({ found, decay }: Rules, item: number, age: number, scores: Float32Array): void {
  const weight = decay ** age;
  const end = found.offsets[item + 1]!;
  for (let at = found.offsets[item]!; at < end; at += 1) scores[found.items[at]!]! += weight * found.similarities[at]!;
}

/** Makes it again from its rules. */
export function readSequentialRules(saved: SavedRecommender): Recommender {
  const { seen, lists } = readItemLists(saved, 'sequentialRules');
  const settings = createReader(saved.settings, 'settings');
  const history = settings.whole('history', 1, 2 ** 32 - 1);
  const decay = settings.number('decay');
  if (!(decay > 0 && decay <= 1)) refuseFile('hold a decay above 0 and at most 1', decay);
  return ruleRecommender(saved.name, seen, { found: lists, history, decay, unit: readUnit(settings, seen) });
}
