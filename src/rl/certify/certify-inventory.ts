import type { InstantPolicy, Policy } from '../acting/policy.js';
import { isSeries } from '../inventory/demand-draw.js';
import { type InventoryEnvironment, inventoryEnvironment } from '../inventory/inventory-environment.js';
import { inventoryModel } from '../inventory/inventory-model.js';
import type { Certificate } from './certificate.js';
import type { CertifyPolicyOptions } from './certify-policy.js';
import { type Contender, compare } from './compare.js';
import { intervalOf } from './interval.js';
import { exactAnswers, rewardOf, tunedBaseStock } from './inventory-rivals.js';
import { type PlayOptions, play } from './play.js';

/** A policy beside the classic ones and, where it can be computed, the optimum. */
export async function certifyInventory(
  policy: Policy,
  shop: InventoryEnvironment,
  options: CertifyPolicyOptions & { readonly against: readonly Policy[]; readonly seed: number },
): Promise<Omit<Certificate, 'table'>> {
  const how = playOptions(shop, options);
  const { given } = shop;
  const { signal } = options;
  const { classics, optimum } = await exactAnswers(given, signal);
  const own = lasting(shop, how, shop.options.maxOrder);
  // Where the largest order was no rule of the problem but a bound for the learner, it does not bind the others.
  const widest = Math.min(100_000, 4 * shop.options.maxOrder * (1 + (given.leadTime ?? 0)));
  const free = lasting(shop, how, given.maxOrder ?? widest);
  const contenders: Contender[] = [];
  for (const each of [policy, ...options.against]) {
    const exact = classics.length > 0 ? await rewardOf(ownModel(shop), each, signal) : undefined;
    contenders.push({ name: each.name, ...(await play(each, own, how)), ...(exact !== undefined && { exact }) });
  }
  for (const { policy: classic, cost } of classics) {
    const exact = cost === undefined ? {} : { exact: -cost };
    contenders.push({ name: classic.name, ...(await play(classic, free, how)), ...exact });
  }
  if (classics.length === 0) contenders.push(await tuned(free, how));
  const { episodes, steps, seed } = how;
  return {
    ...compare(contenders, 'cost per period', optimum === undefined ? undefined : -optimum),
    episodes,
    steps,
    seed,
  };
}

function ownModel({ given, options }: InventoryEnvironment) {
  return inventoryModel({ ...given, maxOrder: options.maxOrder });
}

function playOptions(
  { given, options }: InventoryEnvironment,
  wanted: CertifyPolicyOptions & { readonly seed: number },
): PlayOptions {
  const series = isSeries(given.demand) ? given.demand : undefined;
  const { warmUp = series || typeof given.demand === 'function' ? 0 : 100, seed, signal } = wanted;
  const steps = Math.max(1, wanted.steps ?? Math.min(1000, series ? options.horizon - warmUp : 1000));
  const wholeSeries = series && warmUp + steps === series.length;
  return { warmUp, steps, seed, signal, episodes: wanted.episodes ?? (wholeSeries ? 1 : 30) };
}

function lasting(
  { given }: InventoryEnvironment,
  { warmUp, steps }: PlayOptions,
  maxOrder: number,
): InventoryEnvironment {
  return inventoryEnvironment({ ...given, maxOrder, horizon: warmUp + steps });
}

async function tuned(free: InventoryEnvironment, how: PlayOptions): Promise<Contender> {
  const cost = async (policy: InstantPolicy) => -intervalOf((await play(policy, free, how)).rewards).mean;
  const { maxOrder, capacity = Number.POSITIVE_INFINITY, leadTime = 0 } = free.options;
  const policy = await tunedBaseStock(Math.min(capacity, maxOrder * (leadTime + 2)), cost);
  return { name: `${policy.name}, tuned on these episodes`, ...(await play(policy, free, how)) };
}
