import { ganSteps, trainGan } from 'minimart';
import { smallRun } from '../support/gan-pair.js';
import { type EventLoopRows, goThrough } from './event-loop-rows.js';

/** Every asynchronous function of gan/training. One step is a unit: a small network, many steps. */
export function ganRows(): EventLoopRows {
  return {
    ganSteps: (signal) => goThrough(ganSteps({ ...smallRun({ steps: 80 }), signal })),
    trainGan: (signal) => trainGan({ ...smallRun({ steps: 80 }), signal }),
  };
}
