import { planOf } from '../agent/brain.js';
import type { FullDqnConfig } from '../agent/dqn-config.js';
import { learnerLength } from '../learning/learner.js';

/** Networks and room for a batch, once made and once moved to faster routines. */
const learners = 2;

/** Bytes that the agent of a file of so many bytes may take unless told otherwise. */
export function usualRoom(fileBytes: number): number {
  return 2 ** 25 + 16 * fileBytes;
}

/** Bytes that an agent's networks and batches take. */
export function learnerRoom(config: FullDqnConfig): number {
  return 4 * learners * learnerLength(planOf(config), config.batchSize);
}

/** Bytes that an agent's replay takes, with masks and priorities, which may be still to come. */
export function replayRoom({ replaySize, observationSize, actions }: FullDqnConfig): number {
  return replaySize * (4 * (2 * observationSize + 3) + 2 * actions + 32);
}
