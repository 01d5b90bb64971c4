import { createPause } from '../../internal/pause.js';
import { createRecovery, type NonFiniteOptions, type Recovery } from '../../training/recovery.js';
import type { DqnAgent, LearnReport } from './agent/dqn-agent.js';

/** Updates of one step of a run. */
interface Round {
  readonly updates: number;
  /** From 1. */
  readonly step: number;
  readonly recovery: Recovery;
}

/** What a run does about numbers that are not finite. */
export async function openDqnRecovery(
  where: string,
  { agent, onNonFinite }: NonFiniteOptions & { readonly agent: DqnAgent },
  every: number,
): Promise<Recovery> {
  if (onNonFinite !== 'rollback') return createRecovery(onNonFinite);
  const { dqnCopy } = await import('./dqn-copy.js');
  return createRecovery('rollback', dqnCopy(where, agent), every);
}

/** Does the updates of a step, and tells of those that were applied. An update that throws leaves the networks as they were. */
export async function learnRecovering(
  agent: DqnAgent,
  { updates, step, recovery }: Round,
  tell: (report: LearnReport) => void,
): Promise<void> {
  if (recovery.action === 'throw') {
    tell(await agent.learn({ updates }));
    return;
  }
  const pause = createPause();
  await recovery.begin(step - 1);
  for (let update = 0; update < updates; update += 1) {
    await recovery.update(step, 'Q-network', async () => tell(await agent.learn({ updates: 1 })));
    await pause();
  }
  await recovery.keep(step, async () => {});
}
