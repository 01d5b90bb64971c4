import { createPause } from '../../internal/pause.js';
import type { Policy } from '../acting/policy.js';
import { fixedPricePolicy } from '../classic/best-fixed-price.js';
import { type DecisionModel, requireModel } from '../exact/decision-model.js';
import { evaluateInModel } from '../exact/evaluate-policy.js';
import { solveModel } from '../exact/relative-value-iteration.js';
import { solveEpisodes } from '../exact/solve-episodes.js';
import { hasEnds } from '../exact/transition-table.js';
import { writeModel } from '../exact/write-model.js';
import type { PricingModel } from '../pricing/pricing-model.js';
import type { Certificate } from './certificate.js';
import { type Contender, compare } from './compare.js';

/** Everything exactly: the policy, its rivals and the optimum, of episodes where they end and otherwise of the long run. */
export async function certifyInModel(
  policy: Policy,
  model: DecisionModel,
  against: readonly Policy[],
  signal: AbortSignal | undefined,
): Promise<Omit<Certificate, 'table'>> {
  requireModel('certifyPolicy', model);
  const ends = hasEnds(await writeModel('certifyPolicy', model, createPause(16, signal)));
  const rewardOf = async (each: Policy): Promise<number> =>
    ends
      ? (await solveEpisodes(model, each, { signal })).expectedReturn
      : (await evaluateInModel('certifyPolicy', model, each, { signal })).averageReward;
  const contenders: Contender[] = [];
  for (const each of [policy, ...against]) {
    contenders.push({ name: each.name, rewards: [], exact: await rewardOf(each) });
  }
  if (hasPrices(model)) contenders.push(await bestPrice(model.prices, rewardOf));
  const optimum = ends
    ? (await solveEpisodes(model, undefined, { signal })).expectedReturn
    : (await solveModel('certifyPolicy', model, { signal })).averageReward;
  const measure = ends ? 'reward per episode' : 'reward per step';
  return { ...compare(contenders, measure, optimum), episodes: 0, steps: 0, seed: 0 };
}

function hasPrices(model: DecisionModel): model is PricingModel {
  return 'prices' in model;
}

async function bestPrice(prices: readonly number[], rewardOf: (policy: Policy) => Promise<number>): Promise<Contender> {
  let best: Contender | undefined;
  for (const [action, price] of prices.entries()) {
    const exact = await rewardOf(fixedPricePolicy(action));
    if (!best || exact > best.exact!) best = { name: `always ${price}`, rewards: [], exact };
  }
  return best!;
}
