import type { Interactions } from '../../../data/interactions.js';
import type { SplitUnitOptions } from '../../../data/splits/split-units.js';
import { refuseFile } from '../../../internal/file-fault.js';
import type { Pieces } from '../../../internal/pieces.js';
import type { Reader } from '../../../saving/document/reader.js';
import { distinctRows, type Pairs } from '../distinct-pairs.js';

/** What is one event of a user: an order, a moment, or a row. */
export type EventUnit = NonNullable<SplitUnitOptions['unit']>;

/** What users did one after another: the known items of each event, each once. */
export interface UserEvents extends Pairs {
  /** `[N]`: events of a user are numbered from 0, the oldest; rows of one order (or moment) are one, a row without an order is one. */
  readonly events: Int32Array;
}

/** Numbers the events of every user. */
export function* userEvents(interactions: Interactions, unit: EventUnit): Pieces<UserEvents> {
  const { length, times } = interactions;
  const orders = unit === 'order' ? interactions.orders : undefined;
  const events = new Int32Array(length);
  let event = -1;
  const ofUser = () => {
    let last = Number.NaN;
    event = -1;
    return (row: number) => {
      const key = unit === 'time' ? times![row]! : orders ? orders[row]! : -1;
      const begins = key !== last || (unit !== 'time' && key < 0);
      if (begins) event += 1;
      last = key;
      return begins;
    };
  };
  const pairs = yield* distinctRows(interactions, ofUser, (place) => {
    events[place] = event;
  });
  return { ...pairs, events: events.subarray(0, pairs.length) };
}

/** Reads what an event is, where the file says so; those of before have orders where there are any. */
export function readUnit(settings: Reader, { orders, times }: Interactions): EventUnit {
  if (!settings.has('unit')) return orders ? 'order' : 'row';
  const unit = settings.text('unit');
  const isThere = unit === 'row' || (unit === 'order' && orders) || (unit === 'time' && times);
  if (!isThere) refuseFile('hold a unit of events that its rows have', unit);
  return unit as EventUnit;
}
