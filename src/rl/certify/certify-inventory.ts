import { evaluatePolicy } from '../exact/evaluate-policy.js';
import { isSeries } from '../inventory/demand-draw.js';
import { type InventoryEnvironment, inventory } from '../inventory/inventory.js';
import { inventoryModel } from '../inventory/inventory-model.js';
import type { InstantPolicy, Policy } from '../policy.js';
import type { Certificate } from './certificate.js';
import type { CertifyOptions } from './certify.js';
import { type Contender, compare } from './compare.js';
import { intervalOf } from './interval.js';
import { exactAnswers, tunedBaseStock } from './inventory-rivals.js';
import { type PlayOptions, play } from './play.js';

/** A policy beside the classic ones and, where it can be computed, the optimum. */
export async function certifyInventory(
  policy: Policy,
  shop: InventoryEnvironment,
  options: CertifyOptions & { readonly against: readonly Policy[]; readonly seed: number },
): Promise<Omit<Certificate, 'table'>> {
  const how = playOptions(shop, options);
  const { classics, optimum } = exactAnswers(shop.given);
  const { given } = shop;
  const own = lasting(shop, how, shop.options.maxOrder);
  // Where the largest order was no rule of the problem but a bound for the learner, it does not bind the others.
  const free = lasting(shop, how, given.maxOrder ?? 4 * shop.options.maxOrder * (1 + (given.leadTime ?? 0)));
  const contenders: Contender[] = [];
  for (const each of [policy, ...options.against]) {
    const exact = classics.length > 0 ? await exactReward(each, shop) : undefined;
    contenders.push({ name: each.name, ...(await play(each, own, how)), ...(exact !== undefined && { exact }) });
  }
  for (const { policy: classic, cost } of classics) {
    contenders.push({ name: classic.name, ...(await play(classic, free, how)), exact: -cost });
  }
  if (classics.length === 0) contenders.push(await tuned(free, how));
  return { ...compare(contenders, 'cost per period', optimum && -optimum.cost), ...how };
}

function playOptions(
  { given, options }: InventoryEnvironment,
  wanted: CertifyOptions & { readonly seed: number },
): PlayOptions {
  const series = isSeries(given.demand) ? given.demand : undefined;
  const { warmUp = series || typeof given.demand === 'function' ? 0 : 100, seed } = wanted;
  const steps = Math.max(1, wanted.steps ?? Math.min(1000, series ? options.horizon - warmUp : 1000));
  const wholeSeries = series && warmUp + steps === series.length;
  return { warmUp, steps, seed, episodes: wanted.episodes ?? (wholeSeries ? 1 : 30) };
}

function lasting(
  { given }: InventoryEnvironment,
  { warmUp, steps }: PlayOptions,
  maxOrder: number,
): InventoryEnvironment {
  return inventory({ ...given, maxOrder, horizon: warmUp + steps });
}

// A policy that lets stock pile up reaches too many states: it is then simulated only.
async function exactReward(policy: Policy, { given, options }: InventoryEnvironment): Promise<number | undefined> {
  try {
    const model = inventoryModel({ ...given, maxOrder: options.maxOrder });
    return (await evaluatePolicy(model, policy)).averageReward;
  } catch (error) {
    if (error instanceof Error && /`model` must (have at most|settle)/.test(error.message)) return undefined;
    throw error;
  }
}

async function tuned(free: InventoryEnvironment, how: PlayOptions): Promise<Contender> {
  const cost = async (policy: InstantPolicy) => -intervalOf((await play(policy, free, how)).rewards).mean;
  const policy = await tunedBaseStock(free.options.maxOrder, cost);
  return { name: `${policy.name}, tuned on these episodes`, ...(await play(policy, free, how)) };
}
