import { NonFiniteLossError } from '../../../internal/non-finite-loss-error.js';
import type { Recovery } from '../../../training/recovery.js';
import { applyGradients } from './gan-player.js';
import type { Rules } from './gan-step.js';

/** The networks of a game. */
export type PlayerName = 'generator' | 'discriminator';

/** What looks at the updates of a game before they are applied, where that is asked for. */
export interface Gates {
  /** Whether the last update of a network was applied. */
  pass(network: PlayerName, step: number, recovery: Recovery): Promise<boolean>;
  /** Lets go of what is held. */
  close(): void;
}

export function createGates(where: string, rules: Rules): Gates {
  return {
    pass: async (network, step, recovery) => {
      const { [network]: player } = rules;
      const { gate } = player;
      if (!gate) return true;
      let isApplied = false;
      await recovery.update(step, network, async () => {
        const fault = await gate.look();
        if (fault) {
          gate.drop();
          throw new NonFiniteLossError(where, network, step, fault.value, fault.what, fault.layer);
        }
        gate.pass((grads) => applyGradients(player, grads));
        isApplied = true;
      });
      return isApplied;
    },
    close: () => {
      rules.generator.gate?.close();
      rules.discriminator.gate?.close();
    },
  };
}
