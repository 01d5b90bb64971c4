import { type Interactions, splitAtTime } from 'minimart';
import type { Orders } from './load-orders.js';
import type { Settings } from './options.js';

const dayLength = 86_400_000;

/** Orders cut at two points of time: models are chosen on the second part and judged on the third. */
export interface OrderSplit {
  /** Before `validation`. */
  readonly fit: Interactions;
  readonly validation: Interactions;
  /** `fit` and `validation` together. */
  readonly train: Interactions;
  readonly test: Interactions;
  /** First day of the test, counted from that of the first order's day. */
  readonly testFrom: number;
}

/** Cuts at midnight, so many days before the end. */
export function splitOrders({ interactions, shop }: Orders, { testDays, validationDays }: Settings): OrderSplit {
  const times = interactions.times!;
  const first =
    shop?.settings.start ?? midnight(times.reduce((low, time) => Math.min(low, time), Number.POSITIVE_INFINITY));
  const last = times.reduce((high, time) => Math.max(high, time), Number.NEGATIVE_INFINITY);
  const days = shop?.settings.days ?? Math.floor((last - first) / dayLength) + 1;
  const testFrom = days - testDays;
  const { train, test } = splitAtTime(interactions, { time: first + testFrom * dayLength });
  const { train: fit, test: validation } = splitAtTime(train, {
    time: first + (testFrom - validationDays) * dayLength,
  });
  return { fit, validation, train, test, testFrom };
}

const midnight = (time: number) => Math.floor(time / dayLength) * dayLength;
