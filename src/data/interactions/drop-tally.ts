import type { TableInteractions } from './interaction-options.js';

/** How many rows were dropped for each reason. */
export type DropTally = Record<keyof TableInteractions['report']['dropped'], number>;

/** Begins with none. */
export function createDropTally(): DropTally {
  return {
    notKept: 0,
    withoutUser: 0,
    withoutItem: 0,
    withoutTime: 0,
    withoutWeight: 0,
    cancellation: 0,
    return: 0,
    unknownUser: 0,
    unknownItem: 0,
    takenBack: 0,
    duplicate: 0,
  };
}
