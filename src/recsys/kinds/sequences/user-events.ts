import type { Interactions } from '../../../data/interactions.js';
import { isKnownIndex } from '../../../data/known-indices.js';
import { inGroups, type Pieces } from '../../../internal/pieces.js';
import { createMarks } from '../../marks.js';
import type { Pairs } from '../distinct-pairs.js';

/** What users did one after another: the known items of each event, each once. */
export interface UserEvents extends Pairs {
  /** `[N]`: events of a user are numbered from 0, the oldest; rows of one order are one event, a row without an order is one. */
  readonly events: Int32Array;
}

/** Numbers the events of every user. */
export function* userEvents(interactions: Interactions): Pieces<UserEvents> {
  const { users, items, offsets, itemIndices, orders, length } = interactions;
  const kept = {
    offsets: new Uint32Array(users.size + 1),
    users: new Int32Array(length),
    items: new Int32Array(length),
  };
  const events = new Int32Array(length);
  const met = createMarks(items.size);
  let count = 0;
  yield* inGroups(offsets, (user) => {
    let [event, last] = [-1, -1];
    met.clear();
    for (let row = offsets[user]!; row < offsets[user + 1]!; row += 1) {
      if (!isKnownIndex(items, itemIndices[row]!)) continue;
      const order = orders ? orders[row]! : -1;
      if (order < 0 || order !== last) {
        event += 1;
        met.clear();
      }
      last = order;
      if (!met.add(itemIndices[row]!)) continue;
      kept.users[count] = user;
      kept.items[count] = itemIndices[row]!;
      events[count] = event;
      count += 1;
    }
    kept.offsets[user + 1] = count;
  });
  return {
    items,
    length: count,
    offsets: kept.offsets,
    userIndices: kept.users.subarray(0, count),
    itemIndices: kept.items.subarray(0, count),
    events: events.subarray(0, count),
  };
}
