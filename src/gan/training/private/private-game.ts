import type { Rng } from '../../../random/rng.js';
import type { Judgement } from '../game/gan-step.js';
import type { GanOptions } from '../options/gan-options.js';
import { batchSizeOf, checkGanPrivacy, entryOf, updatesAfforded } from './check-gan-privacy.js';
import { privateDiscriminatorStep } from './private-step.js';
import { requireOwnRows } from './require-own-rows.js';
import { rowGradient } from './row-gradients.js';

/** What a private game does in a way of its own. Loaded on demand: most games do without. */
export interface PrivateGame {
  /** Samples in a batch on average: how many came would tell something of them. */
  readonly expected: number;
  /** Refuses a game in which samples know of each other; on the backend. */
  requireOwnRows(): Promise<void>;
  /** The discriminator's updates, each of which is paid for before it. */
  judgement(noise: Rng): Judgement;
  /** How many updates the ledger still pays for, at most `most`. */
  updatesPaid(most: number): number;
  /** Says that the budget is spent. */
  spentWords(): string;
}

/** Checks the rules of a private game, before any work. */
export function createPrivateGame(where: string, options: GanOptions): PrivateGame {
  checkGanPrivacy(where, options);
  const { ledger, ...rules } = options.privacy!;
  const [expected, entry] = [batchSizeOf(options), entryOf(where, options)];
  return {
    expected,
    requireOwnRows: () => requireOwnRows(where, options),
    judgement: (noise) => {
      const kept = { ...rules, expected, noise, gradients: rowGradient(options.discriminator) };
      return (game, [round], due) => {
        ledger.spend(entry);
        return privateDiscriminatorStep(game, round!, due, kept);
      };
    },
    updatesPaid: (most) => updatesAfforded(ledger, entry, most),
    spentWords: () => {
      const { spent, epsilon, delta } = ledger;
      return `privacy: another step would exceed the budget of ${epsilon} at delta ${delta}, of which ${spent.epsilon.toPrecision(4)} is spent`;
    },
  };
}
