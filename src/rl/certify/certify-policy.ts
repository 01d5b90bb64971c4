import { type OptionNames, requireGivenOptions } from '../../internal/options.js';
import { createPause } from '../../internal/pause.js';
import { refuse, requirePositiveInteger, requireSeed, requireWholeNumber } from '../../internal/require.js';
import { requireSignal } from '../../internal/signal.js';
import { type Policy, requirePolicy } from '../acting/policy.js';
import { fixedPricePolicy } from '../classic/best-fixed-price.js';
import type { Environment } from '../environments/environment.js';
import { requireEnvironment } from '../environments/environment-door.js';
import { type DecisionModel, requireModel } from '../exact/decision-model.js';
import { evaluateInModel } from '../exact/evaluate-policy.js';
import { solveModel } from '../exact/relative-value-iteration.js';
import { solveEpisodesOf } from '../exact/solve-episodes.js';
import { hasEnds } from '../exact/transition-table.js';
import { writeModel } from '../exact/write-model.js';
import type { InventoryEnvironment } from '../inventory/inventory-environment.js';
import type { pricingModel } from '../pricing/pricing-model.js';
import { type Certificate, type Contender, certificateOf } from './certificate.js';
import { certifyInventory } from './certify-inventory.js';
import { type PlayOptions, play } from './play.js';

/** Options of {@link certifyPolicy}: where to act is an `environment` or a `model`. */
export type CertifyPolicyOptions = {
  /** Learned, or any other. */
  readonly policy: Policy;
  /** Other policies to compare with, beside the classic ones of an inventory. Default: none. */
  readonly against?: readonly Policy[];
  /** Episodes played with each policy, >= 1. Default 30; 1 for a recorded series that is replayed as a whole. */
  readonly episodes?: number;
  /** Steps of an episode that count, >= 1. Default 1000, or up to the end of the episode. */
  readonly steps?: number;
  /** Steps before them that do not, >= 0. Default 100 for an inventory with a distribution of demand, else 0. */
  readonly warmUp?: number;
  /** Least share of the demand to be met at once, above 0 and below 1: of an inventory, says of each policy whether it does. Default: none. */
  readonly fillRate?: number;
  /** Episode `i` is what `seed + i` makes of it; any safe integer, best one that training did not use. Default 1,000,000. */
  readonly seed?: number;
  /** Stops the work: the promise then rejects with its reason. */
  readonly signal?: AbortSignal;
} & (
  | {
      /** Where episodes are played. */
      readonly environment: Environment;
      /** Goes only in the place of an environment. */
      readonly model?: undefined;
    }
  | {
      /** Where everything is computed exactly. */
      readonly model: DecisionModel;
      /** Goes only in the place of a model. */
      readonly environment?: undefined;
    }
);

const optionNames: OptionNames<CertifyPolicyOptions> = {
  policy: true,
  environment: true,
  model: true,
  against: true,
  episodes: true,
  steps: true,
  warmUp: true,
  fillRate: true,
  seed: true,
  signal: true,
};

const where = 'certifyPolicy';

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
 * @returns The certificate; its `table` is there to print.
 * @throws RangeError when an option is unknown or out of range, the policy takes an illegal action, or a reward is not finite.
 * @throws UnsolvedModelError when a model is too large.
 * @throws Error when a policy is better than the optimum of its model, which then is wrong.
 * @example
 * const shop = inventoryEnvironment({ demand: poissonDemand(5), leadTime: 1, holding: 1, penalty: 4, maxOrder: 12 });
 * const { gapToOptimum, best } = await certifyPolicy({ policy: baseStockPolicy({ level: 12 }), environment: shop, episodes: 5 });
 * gapToOptimum!.value; // 3.02
 * best!.name; // 'base-stock 12, at most 6'
 */
export async function certifyPolicy(options: CertifyPolicyOptions): Promise<Certificate> {
  const { policies, environment, model, seed, signal, fillRate, ...lengths } = checked(options);
  signal?.throwIfAborted();
  if (model) return certifyInModel(policies, model, signal);
  if (isInventory(environment)) return certifyInventory(policies, environment, { ...lengths, seed, signal, fillRate });
  const { episodes = 30, steps = 1000, warmUp = 0 } = lengths;
  const how: PlayOptions = { episodes, steps, warmUp, seed, signal };
  const contenders: Contender[] = [];
  for (const each of policies) contenders.push({ name: each.name, ...(await play(each, environment, how)) });
  return certificateOf(contenders, 'reward per step', undefined, how);
}

function checked(options: CertifyPolicyOptions) {
  requireGivenOptions(where, options, optionNames);
  const { policy, against = [], seed = 1_000_000, episodes, steps, warmUp, fillRate, signal } = options;
  if (episodes !== undefined) requirePositiveInteger(where, 'episodes', episodes);
  if (steps !== undefined) requirePositiveInteger(where, 'steps', steps);
  if (warmUp !== undefined) requireWholeNumber(where, 'warmUp', warmUp, 0, 1e9);
  requireSeed(where, seed);
  requireSignal(where, signal);
  requirePolicy(where, 'policy', policy);
  if (!Array.isArray(against)) refuse(where, 'against', 'be an array of policies', against);
  for (const each of against) requirePolicy(where, 'against', each);
  const { environment, model } = options;
  if ((environment === undefined) === (model === undefined)) {
    refuse(where, 'environment', 'be given, or else `model`, and not both', environment);
  }
  if (environment) requireEnvironment(where, environment);
  else requireModel(where, model);
  if (fillRate !== undefined) requireFillRate(fillRate, environment);
  const policies: readonly Policy[] = [policy, ...against];
  return { policies, environment: environment as Environment, model, seed, signal, episodes, steps, warmUp, fillRate };
}

function requireFillRate(fillRate: number, environment: Environment | undefined): void {
  if (!(fillRate > 0 && fillRate < 1)) refuse(where, 'fillRate', 'lie above 0 and below 1', fillRate);
  if (!environment || !isInventory(environment)) {
    refuse(where, 'fillRate', 'be left out where there is no inventory environment', fillRate);
  }
}

function isInventory(environment: Environment): environment is InventoryEnvironment {
  return 'given' in environment;
}

// Everything exactly: the policies and the optimum, of episodes where they end and otherwise of the long run.
async function certifyInModel(
  policies: readonly Policy[],
  model: DecisionModel,
  signal: AbortSignal | undefined,
): Promise<Certificate> {
  const ends = hasEnds(await writeModel(where, model, createPause(8, signal)));
  const rewardOf = async (policy: Policy): Promise<number> =>
    ends
      ? (await solveEpisodesOf(where, model, policy, signal)).expectedReturn
      : (await evaluateInModel(where, model, policy, { signal })).averageReward;
  const contenders: Contender[] = [];
  for (const each of policies) contenders.push({ name: each.name, rewards: [], exact: await rewardOf(each) });
  if (hasPrices(model)) contenders.push(await bestPrice(model.prices, rewardOf));
  const optimum = ends
    ? (await solveEpisodesOf(where, model, undefined, signal)).expectedReturn
    : (await solveModel(where, model, { signal })).averageReward;
  return certificateOf(contenders, ends ? 'reward per episode' : 'reward per step', optimum);
}

function hasPrices(model: DecisionModel): model is ReturnType<typeof pricingModel> {
  return 'prices' in model;
}

async function bestPrice(prices: readonly number[], rewardOf: (policy: Policy) => Promise<number>): Promise<Contender> {
  let best: Contender | undefined;
  for (const [action, price] of prices.entries()) {
    const exact = await rewardOf(fixedPricePolicy({ action }));
    if (!best || exact > best.exact!) best = { name: `always ${price}`, rewards: [], exact };
  }
  return best!;
}
