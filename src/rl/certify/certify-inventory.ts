import { mean } from '../../statistics/moments.js';
import type { InstantPolicy, Policy } from '../acting/policy.js';
import { isSeries } from '../inventory/demand-draw.js';
import { type InventoryEnvironment, inventoryEnvironment } from '../inventory/inventory-environment.js';
import { inventoryModel } from '../inventory/inventory-model.js';
import { type Certificate, type Contender, certificateOf } from './certificate.js';
import { exactAnswers, rewardOf, tunedBaseStock } from './inventory-rivals.js';
import { type PlayOptions, play } from './play.js';

/** Policies, the first of them certified, beside the classic ones and, where it can be computed, the optimum. */
export async function certifyInventory(
  policies: readonly Policy[],
  shop: InventoryEnvironment,
  {
    fillRate,
    ...wanted
  }: Partial<PlayOptions> & Pick<PlayOptions, 'seed' | 'signal'> & { readonly fillRate?: number | undefined },
): Promise<Certificate> {
  const how = playOptions(shop, wanted);
  const { given, options } = shop;
  const playIn = (place: InventoryEnvironment) => async (policy: Policy, exact?: number) =>
    ({ name: policy.name, ...(await play(policy, place, how)), ...(exact !== undefined && { exact }) }) as Contender;
  const inShop = playIn(lasting(shop, how, options.maxOrder));
  // Where the largest order was no rule of the problem but a bound for the learner, it does not bind the others.
  const widest = Math.min(100_000, 4 * options.maxOrder * (1 + (given.leadTime ?? 0)));
  const free = lasting(shop, how, given.maxOrder ?? widest);
  const inFree = playIn(free);
  const { classics, optimum } = await exactAnswers(given, how.signal);
  const contenders: Contender[] = [];
  const model = classics.length > 0 ? inventoryModel({ ...given, maxOrder: options.maxOrder }) : undefined;
  for (const each of policies) {
    contenders.push(await inShop(each, model && (await rewardOf(model, each, how.signal))));
  }
  for (const { policy, reward } of classics) contenders.push(await inFree(policy, reward));
  if (classics.length === 0) contenders.push(await tuned(free, inFree));
  return certificateOf(contenders, 'cost per period', optimum, { ...how, fillRate });
}

function playOptions(
  { given, options }: InventoryEnvironment,
  { seed, signal, ...wanted }: Partial<PlayOptions> & Pick<PlayOptions, 'seed' | 'signal'>,
): PlayOptions {
  const series = isSeries(given.demand) ? given.demand : undefined;
  const { warmUp = series || typeof given.demand === 'function' ? 0 : 100 } = wanted;
  const steps = Math.max(1, wanted.steps ?? Math.min(1000, series ? options.horizon - warmUp : 1000));
  const wholeSeries = series && warmUp + steps === series.length;
  return { warmUp, steps, seed, signal, episodes: wanted.episodes ?? (wholeSeries ? 1 : 30) };
}

function lasting({ given }: InventoryEnvironment, { warmUp, steps }: PlayOptions, maxOrder: number) {
  return inventoryEnvironment({ ...given, maxOrder, horizon: warmUp + steps });
}

async function tuned(
  { options }: InventoryEnvironment,
  playFree: (policy: Policy) => Promise<Contender>,
): Promise<Contender> {
  const { maxOrder, capacity = Number.POSITIVE_INFINITY, leadTime = 0 } = options;
  const cost = async (policy: InstantPolicy) => -mean((await playFree(policy)).rewards);
  const policy = await tunedBaseStock(Math.min(capacity, maxOrder * (leadTime + 2)), cost);
  return { ...(await playFree(policy)), name: `${policy.name}, tuned on these episodes` };
}
