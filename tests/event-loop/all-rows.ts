import { customersRows } from './customers-rows.js';
import { dataRows } from './data-rows.js';
import type { EventLoopRows } from './event-loop-rows.js';
import { forecastRows } from './forecast-rows.js';
import { ganRows } from './gan-rows.js';
import { nodeRows } from './node-rows.js';
import { qualityRows } from './quality-rows.js';
import { recsysRows } from './recsys-rows.js';
import { rlRows } from './rl-rows.js';
import { samplingRows } from './sampling-rows.js';
import { shopRows } from './shop-rows.js';
import { tablesRows } from './tables-rows.js';

/** A row for every asynchronous function of the package. They build networks, so that a backend must be there. */
export async function allRows(): Promise<EventLoopRows> {
  return {
    ...customersRows(),
    ...dataRows(),
    ...forecastRows(),
    ...(await ganRows()),
    ...(await nodeRows()),
    ...qualityRows(),
    ...(await recsysRows()),
    ...(await rlRows()),
    ...samplingRows(),
    ...shopRows(),
    ...tablesRows(),
  };
}
