import type { Interactions } from '../../../data/interactions.js';
import type { Pieces } from '../../../internal/pieces.js';
import { distinctRows, type Pairs } from '../distinct-pairs.js';

/** What users did one after another: the known items of each event, each once. */
export interface UserEvents extends Pairs {
  /** `[N]`: events of a user are numbered from 0, the oldest; rows of one order are one event, a row without an order is one. */
  readonly events: Int32Array;
}

/** Numbers the events of every user. */
export function* userEvents(interactions: Interactions): Pieces<UserEvents> {
  const { orders, length } = interactions;
  const events = new Int32Array(length);
  let event = -1;
  const ofUser = () => {
    let last = -1;
    event = -1;
    return (row: number) => {
      const order = orders ? orders[row]! : -1;
      const begins = order < 0 || order !== last;
      if (begins) event += 1;
      last = order;
      return begins;
    };
  };
  const pairs = yield* distinctRows(interactions, ofUser, (place) => {
    events[place] = event;
  });
  return { ...pairs, events: events.subarray(0, pairs.length) };
}
