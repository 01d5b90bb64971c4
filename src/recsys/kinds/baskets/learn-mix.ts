import type { Interactions } from '../../../data/interactions.js';
import { selectRows } from '../../../data/splits/select-rows.js';
import { inGroups, type Pieces, piecemeal } from '../../../internal/pieces.js';
import { createMarks } from '../../marks.js';
import type { Recommender } from '../../recommender.js';
import { itemsOfUser } from '../../serving/seen-items.js';
import type { EventUnit } from '../sequences/user-events.js';
import { visitOthers, visitRepeats } from './order-parts.js';
import { type ChanceCurve, learnCurve, type NextBasketMix, type Trials } from './purchase-chances.js';
import type { UserScorer } from './score-parts.js';

/** What is taken for true as long as orders say nothing else: what comes again first. */
const firstRepeat: ChanceCurve = { constant: -1, slope: 1, orders: 0 };
const firstDiscover: ChanceCurve = { constant: -4, slope: -1, orders: 0 };

/** Customers that are learned on at most; six numbers need no more. */
const mostCustomers = 5000;

/** How far down the parts are looked at. */
const depth = 30;

/** Learns both curves from what customers bought last: the parts are made of the orders before. */
export async function learnMix(
  train: Interactions,
  unit: EventUnit,
  make: (rows: Interactions) => Promise<{ readonly discover: Recommender; readonly scorer: UserScorer }>,
  pause: () => Promise<void>,
): Promise<NextBasketMix> {
  const parts = await piecemeal(markLastOrders(train, unit), pause);
  const last = selectRows(train, parts, 1);
  if (last.length === 0) return { repeat: firstRepeat, discover: firstDiscover, customers: 0 };
  await pause();
  const { scorer } = await make(selectRows(train, parts, 0));
  const all = Int32Array.from(new Set(last.userIndices)).filter((user) => user !== train.users.unknownIndex);
  const stride = Math.max(1, all.length / mostCustomers);
  const users = Int32Array.from({ length: Math.floor(all.length / stride) }, (_, at) => all[Math.floor(at * stride)]!);
  const again: Trials = { values: [], counts: [], bought: [] };
  const fresh: Trials = { values: [], counts: [], bought: [] };
  const [target, own] = [createMarks(train.items.size), createMarks(train.items.size)];
  await scorer.forEach(users, pause, (user, parts, orders) => {
    target.clear();
    for (const item of itemsOfUser(last, user)) target.add(item);
    const add = (trials: Trials, item: number, value: number, rank: number) => {
      if (rank > depth) return;
      trials.values.push(value);
      trials.counts.push(orders);
      trials.bought.push(target.has(item) ? 1 : 0);
    };
    visitRepeats(parts, (item, frequency, _, rank) => add(again, item, frequency, rank));
    visitOthers(parts, own, (item, rank) => add(fresh, item, rank, rank));
  });
  const repeat = await learnCurve(again, firstRepeat, pause);
  const discover = await learnCurve(fresh, firstDiscover, pause);
  return { repeat: rising(repeat), discover: falling(discover), customers: users.length };
}

// Within a part the order stays: what comes more often is never less likely, nor what stands first.
function rising(curve: ChanceCurve): ChanceCurve {
  return { ...curve, slope: Math.max(curve.slope, 1e-3) };
}

function falling(curve: ChanceCurve): ChanceCurve {
  return { ...curve, slope: Math.min(curve.slope, -1e-3) };
}

// `[N]`: 1 for the rows of each user's last order, where there is another.
function* markLastOrders(train: Interactions, unit: EventUnit): Pieces<Uint8Array> {
  const { offsets, length, orders, times } = train;
  const parts = new Uint8Array(length);
  const keyOf = (row: number) => {
    if (unit === 'time') return times![row]!;
    return unit === 'order' && orders![row]! >= 0 ? orders![row]! : -1 - row;
  };
  yield* inGroups(offsets, (user) => {
    const [start, end] = [offsets[user]!, offsets[user + 1]!];
    if (start === end) return;
    const last = keyOf(end - 1);
    let own = 0;
    for (let row = start; row < end; row += 1) if (keyOf(row) === last) own += parts[row] = 1;
    if (own === end - start) parts.fill(0, start, end);
  });
  return parts;
}
