import { type OptionNames, requireOptions } from '../../internal/options.js';
import { refuse, requirePositiveInteger, requireSeed } from '../../internal/require.js';
import { requireSignal } from '../../internal/signal.js';
import { type Policy, requirePolicy } from '../acting/policy.js';
import type { Environment } from '../environments/environment.js';
import type { DecisionModel } from '../exact/decision-model.js';
import type { InventoryEnvironment } from '../inventory/inventory-environment.js';
import { requireWhole } from '../inventory/inventory-rules.js';
import type { Certificate } from './certificate.js';
import { certificateTable } from './certificate-table.js';
import { certifyInModel } from './certify-in-model.js';
import { certifyInventory } from './certify-inventory.js';
import { compare } from './compare.js';
import { type PlayOptions, play } from './play.js';

/** Options of {@link certifyPolicy}. */
export interface CertifyPolicyOptions {
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
  /** Stops the work: the promise then rejects with its reason. */
  readonly signal?: AbortSignal;
}

const optionNames: OptionNames<CertifyPolicyOptions> = {
  against: true,
  episodes: true,
  steps: true,
  warmUp: true,
  seed: true,
  signal: true,
};

/**
 * Says what a policy costs, and what the classic policies and the optimum cost in its place.
 *
 * In an {@link inventoryEnvironment} with a distribution of demand it finds the best base-stock, capped base-stock, myopic or
 * (s, S) policy exactly, the optimum where the problem is small enough or solved in closed form, and the exact cost of the
 * policy itself; and it plays the same episodes with each, so that differences are told apart by far fewer episodes than
 * the costs themselves. Where the problem is too large, rivals are chosen by simulation and have no exact cost. With a
 * series or a function it tunes a base-stock policy on those episodes, which favours that rival. In any other environment it
 * compares with the policies `against`.
 *
 * In a {@link DecisionModel} all is exact: the mean of a whole episode where episodes end, otherwise the long-run average. A
 * {@link pricingModel} is also compared with the best price that never changes.
 *
 * @param policy - Learned, or any other.
 * @param subject - Where it acts.
 * @returns The certificate; its `table` is there to print.
 * @throws RangeError when an option is unknown or out of range, the policy takes an illegal action, or a reward is not finite.
 * @throws UnsolvedModelError when a model is too large.
 * @throws Error when a policy is better than the optimum of its model, which then is wrong.
 * @example
 * const shop = inventoryEnvironment({ demand: poissonDemand(5), leadTime: 1, holding: 1, penalty: 4, maxOrder: 12 });
 * const { gapToOptimum, best } = await certifyPolicy(baseStockPolicy({ level: 12 }), shop, { episodes: 5 });
 * gapToOptimum!.mean; // 3.02
 * best!.name; // 'base-stock 12, at most 6'
 */
export async function certifyPolicy(
  policy: Policy,
  subject: Environment | DecisionModel,
  options: CertifyPolicyOptions = {},
): Promise<Certificate> {
  requireOptions('certifyPolicy', options, optionNames);
  const { against = [], seed = 1_000_000, episodes, steps, warmUp, signal } = options;
  if (episodes !== undefined) requirePositiveInteger('certifyPolicy', 'episodes', episodes);
  if (steps !== undefined) requirePositiveInteger('certifyPolicy', 'steps', steps);
  if (warmUp !== undefined) requireWhole('certifyPolicy', 'warmUp', warmUp, 0, 1e9);
  requireSeed('certifyPolicy', seed);
  requireSignal('certifyPolicy', signal);
  signal?.throwIfAborted();
  requirePolicy('certifyPolicy', 'policy', policy);
  if (!Array.isArray(against)) refuse('certifyPolicy', 'against', 'be an array of policies', against);
  for (const each of against) requirePolicy('certifyPolicy', 'against', each);
  const certificate = await certificateOf(policy, subject, { ...options, against, seed });
  return { ...certificate, table: certificateTable(certificate) };
}

type Wanted = CertifyPolicyOptions & { readonly against: readonly Policy[]; readonly seed: number };

function certificateOf(policy: Policy, subject: Environment | DecisionModel, wanted: Wanted) {
  if (typeof (subject as Partial<DecisionModel> | undefined)?.advance === 'function') {
    return certifyInModel(policy, subject as DecisionModel, wanted.against, wanted.signal);
  }
  const environment = subject as Environment;
  for (const name of ['reset', 'step'] as const) {
    if (typeof environment?.[name] !== 'function') {
      refuse('certifyPolicy', 'subject', 'be an environment or a decision model', subject);
    }
  }
  requirePositiveInteger('certifyPolicy', 'subject.actionSpace.size', environment.actionSpace?.size);
  if (isInventory(environment)) return certifyInventory(policy, environment, wanted);
  return certifyByPlay(policy, environment, wanted);
}

function isInventory(environment: Environment): environment is InventoryEnvironment {
  return 'given' in environment;
}

async function certifyByPlay(
  policy: Policy,
  environment: Environment,
  { against, seed, episodes = 30, steps = 1000, warmUp = 0, signal }: Wanted,
): Promise<Omit<Certificate, 'table'>> {
  const how: PlayOptions = { episodes, steps, warmUp, seed, signal };
  const plays = [];
  for (const each of [policy, ...against]) plays.push({ name: each.name, ...(await play(each, environment, how)) });
  return { ...compare(plays, 'reward per step'), episodes, steps, seed };
}
