import { type Stateful, statePart } from '../../saving/parts/state-part.js';
import { createRunCopy, type RunCopy } from '../../training/run-copy.js';
import type { DqnAgent, DqnState } from './agent/dqn-agent.js';

type Learned = Pick<DqnState, 'network' | 'updates' | 'scaling' | 'scaledAt'>;

/** The copy of what an agent has learned, to go back to: what it has stored, and its random streams, move on. */
export function dqnCopy(where: string, agent: DqnAgent): RunCopy {
  const learned: Stateful<Learned> = {
    state: () => {
      const { network, updates, scaling, scaledAt } = agent.state();
      return { network, updates, scaling, scaledAt };
    },
    restore: ({ network, updates, ...scaled }) => {
      const now = agent.state();
      // Fresh weights mean nothing yet, in whatever units.
      const isFresh = scaled.scaledAt === 0 && !now.isAdopted;
      agent.restore({ ...now, network, updates, ...(!isFresh && scaled) });
    },
  };
  return createRunCopy(where, { 'Q-network': statePart(learned) });
}
