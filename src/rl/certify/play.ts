import { createPause } from '../../internal/pause.js';
import { refuse } from '../../internal/require.js';
import { untilAborted } from '../../internal/signal.js';
import { meanEstimate } from '../../statistics/estimate.js';
import { type Policy, requireAction } from '../acting/policy.js';
import type { Environment, EnvironmentReset, EnvironmentStep } from '../environments/environment.js';
import type { InventoryPeriod } from '../inventory/inventory-rules.js';
import type { Certificate } from './certificate.js';

/** What a policy did in some episodes. */
export interface Play {
  /** Mean reward of a step in each episode, warm-up left out. */
  readonly rewards: readonly number[];
  /** Of an inventory: how customers fared over all episodes. */
  readonly service?: NonNullable<Certificate['policy']['service']>;
}

/** Which episodes to play. */
export interface PlayOptions {
  readonly episodes: number;
  /** Steps of an episode that count; fewer when it ends. */
  readonly steps: number;
  /** Steps before them that do not. */
  readonly warmUp: number;
  readonly seed: number;
  readonly signal?: AbortSignal | undefined;
}

/** Plays episodes that are the same for every policy: episode `i` is what `seed + i` makes of it. */
export async function play(policy: Policy, environment: Environment, options: PlayOptions): Promise<Play> {
  const { episodes, seed } = options;
  // One for all episodes: each may be shorter than what a pause waits for.
  const pause = createPause(8, options.signal);
  const rewards: number[] = [];
  const service = createServiceCount();
  for (let episode = 0; episode < episodes; episode += 1) {
    rewards.push(await playOne(policy, environment, { ...options, seed: seed + episode }, service.add, pause));
    service.endEpisode();
  }
  return { rewards, service: service.report() };
}

// So many steps are played without a pause.
const stretch = 20;

async function playOne(
  policy: Policy,
  environment: Environment,
  { steps, warmUp, seed, signal }: PlayOptions,
  add: (step: EnvironmentStep) => void,
  pause: () => Promise<void>,
): Promise<number> {
  const { size } = environment.actionSpace;
  const everyAction = new Uint8Array(size).fill(1);
  let seen: EnvironmentReset = environment.reset({ seed });
  let sum = 0;
  let counted = 0;
  for (let step = 0; step < warmUp + steps; step += 1) {
    if (!(seen?.observation?.length > 0)) refuse('certifyPolicy', 'environment', 'answer with an observation', seen);
    const mask = seen.actionMask;
    const chosen = policy.act(seen.observation, mask);
    const action = typeof chosen === 'number' ? chosen : await untilAborted(chosen, signal);
    const answer = environment.step(requireAction('certifyPolicy', policy, action, mask ?? everyAction));
    if (!Number.isFinite(answer?.reward)) refuse('certifyPolicy', 'environment', 'give finite rewards', answer?.reward);
    seen = answer;
    if (step >= warmUp) {
      sum += answer.reward;
      counted += 1;
      add(answer);
    }
    if (answer.terminated || answer.truncated) break;
    if (step % stretch === 0) await pause();
  }
  if (counted === 0) refuse('certifyPolicy', 'warmUp', 'be shorter than an episode', warmUp);
  return sum / counted;
}

function createServiceCount() {
  const total = { periods: 0, demand: 0, sold: 0, outs: 0, held: 0, ordered: 0, orders: 0, wasted: 0 };
  const episode = { demand: 0, sold: 0 };
  const fillRates: number[] = [];
  const add = (step: EnvironmentStep & { readonly period?: InventoryPeriod }) => {
    const { period } = step;
    if (!period) return;
    total.periods += 1;
    for (const sum of [total, episode]) {
      sum.demand += period.demand;
      sum.sold += period.sold;
    }
    total.outs += period.sold < period.demand ? 1 : 0;
    total.held += period.held;
    total.ordered += period.ordered;
    total.orders += period.ordered > 0 ? 1 : 0;
    total.wasted += period.wasted;
  };
  const endEpisode = () => {
    fillRates.push(episode.demand === 0 ? 1 : episode.sold / episode.demand);
    Object.assign(episode, { demand: 0, sold: 0 });
  };
  const report = (): NonNullable<Certificate['policy']['service']> | undefined => {
    const { periods } = total;
    if (periods === 0) return undefined;
    return {
      fillRate: total.demand === 0 ? 1 : total.sold / total.demand,
      fillRateInterval: meanEstimate(fillRates).interval,
      stockOuts: total.outs / periods,
      meanStock: total.held / periods,
      meanOrder: total.ordered / periods,
      orderShare: total.orders / periods,
      meanWaste: total.wasted / periods,
    };
  };
  return { add, endEpisode, report };
}
