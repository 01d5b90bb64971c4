import type { Rng } from '../../../random/rng.js';
import type { Replay } from '../../replay/create-replay.js';
import type { Brain } from './brain.js';
import type { LegalActions } from './dqn-agent.js';
import type { FullDqnConfig } from './dqn-config.js';

/** What an agent is made of. */
export interface AgentParts {
  readonly config: FullDqnConfig;
  readonly brain: Brain;
  readonly replay: Replay;
  /** Where exploration comes from. */
  readonly explore: Rng;
  /** Where draws from replay come from. */
  readonly draw: Rng;
  readonly progress: {
    /** Transitions that the scaling of observations was last taken from; 0 before learning begins. */
    scaledAt: number;
    /** Whether the weights came from a model. */
    isAdopted: boolean;
    /** Whether the fastest routines of this host are in use. */
    isFast: boolean;
    /** Whether an action was ever illegal in what was observed. */
    isMasked: boolean;
    /** What says which actions are legal. */
    legalActions: LegalActions | undefined;
  };
}
