import { refuse, requirePositiveInteger } from '../../internal/require.js';
import type { Environment } from '../environment.js';
import type { DecisionModel } from '../exact/decision-model.js';
import type { InventoryEnvironment } from '../inventory/inventory.js';
import { requireWhole } from '../inventory/inventory-rules.js';
import type { Policy } from '../policy.js';
import type { Certificate } from './certificate.js';
import { certificateTable } from './certificate-table.js';
import { certifyInModel } from './certify-in-model.js';
import { certifyInventory } from './certify-inventory.js';
import { compare } from './compare.js';
import { type PlayOptions, play } from './play.js';

/** Options of {@link certify}. */
export interface CertifyOptions {
  /** Other policies to compare with, beside the classic ones of an inventory. Default: none. */
  readonly against?: readonly Policy[];
  /** Episodes played with each policy, >= 1. Default 30; 1 for a recorded series that is replayed as a whole. */
  readonly episodes?: number;
  /** Steps of an episode that count, >= 1. Default 1000, or up to the end of the episode. */
  readonly steps?: number;
  /** Steps before them that do not, >= 0. Default 100 for an inventory with a distribution of demand, else 0. */
  readonly warmUp?: number;
  /** Episode `i` is what `seed + i` makes of it; any safe integer, best one that training did not use. Default 1,000,000. */
  readonly seed?: number;
}

/**
 * Says what a policy costs, and what the classic policies and the optimum cost in its place.
 *
 * In an {@link inventory} with a distribution of demand it finds the best base-stock, capped base-stock, myopic or
 * (s, S) policy exactly, the optimum where the problem is small enough, and the exact cost of the policy itself; and it
 * plays the same episodes with each, so that differences are told apart by far fewer episodes than the costs
 * themselves. With a series or a function it tunes a base-stock policy on those episodes, which favours that rival. In
 * any other environment it compares with the policies `against`; in a {@link DecisionModel} all is exact.
 *
 * @param policy - Learned, or any other.
 * @param subject - Where it acts.
 * @returns The certificate; its `table` is there to print.
 * @throws RangeError when an option is out of range or the policy takes an illegal action.
 * @example
 * const shop = inventory({ demand: poissonDemand(5), leadTime: 1, holding: 1, penalty: 4, maxOrder: 12 });
 * const { gapToOptimum, best } = await certify(baseStockPolicy({ level: 12 }), shop, { episodes: 5 });
 * gapToOptimum!.mean; // 3.02
 * best!.name; // 'base-stock 12, at most 6'
 */
export async function certify(
  policy: Policy,
  subject: Environment | DecisionModel,
  options: CertifyOptions = {},
): Promise<Certificate> {
  const { against = [], seed = 1_000_000 } = options;
  if (options.episodes !== undefined) requirePositiveInteger('certify', 'episodes', options.episodes);
  if (options.steps !== undefined) requirePositiveInteger('certify', 'steps', options.steps);
  if (options.warmUp !== undefined) requireWhole('certify', 'warmUp', options.warmUp, 0, 1e9);
  if (!Number.isSafeInteger(seed)) refuse('certify', 'seed', 'be a safe integer', seed);
  const certificate =
    'advance' in subject
      ? await certifyInModel(policy, subject, against)
      : isInventory(subject)
        ? await certifyInventory(policy, subject, { ...options, against, seed })
        : await certifyByPlay(policy, subject, against, { episodes: 30, steps: 1000, warmUp: 0, ...options, seed });
  return { ...certificate, table: certificateTable(certificate) };
}

function isInventory(environment: Environment): environment is InventoryEnvironment {
  return 'given' in environment;
}

async function certifyByPlay(
  policy: Policy,
  environment: Environment,
  against: readonly Policy[],
  options: PlayOptions,
): Promise<Omit<Certificate, 'table'>> {
  const plays = [];
  for (const each of [policy, ...against]) plays.push({ name: each.name, ...(await play(each, environment, options)) });
  return { ...compare(plays, 'reward per step'), ...options };
}
