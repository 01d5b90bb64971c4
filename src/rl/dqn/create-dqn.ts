import { refuse, requireBetween, requirePositiveInteger } from '../../internal/require.js';
import { buildDenseModel, readDenseModel } from '../../nn/host/dense-model.js';
import { createRng } from '../../random/rng.js';
import { NonFiniteLossError } from '../../training/non-finite-loss-error.js';
import { greedyAction } from '../greedy-action.js';
import { randomAction } from '../random-action.js';
import { createReplay } from '../replay/create-replay.js';
import type { AgentParts } from './agent-parts.js';
import { agentPolicy } from './agent-policy.js';
import { agentState, restoreAgent } from './agent-state.js';
import { rawWeights, rescale, takeWeights } from './agent-weights.js';
import { type Brain, createBrain } from './brain.js';
import { requireMask, requireObservation, requireTransition } from './check-transition.js';
import type { ActOptions, DqnAgent, LearnOptions, LearnReport } from './dqn-agent.js';
import { type DqnConfig, type FullDqnConfig, fullDqnConfig } from './dqn-config.js';
import { useFastRoutines } from './fast-routines.js';
import { createNStepWindow } from './n-step-window.js';
import { scalingOf } from './scaling.js';
import { scheduled } from './schedule.js';

/**
 * Makes an agent that learns by deep Q-learning what its actions are worth, from what it has seen: for `trainDqn`, or
 * for a live system that calls `act`, `observe` and `learn` itself.
 *
 * Its network is small and dense, and works on the host in a memory of its own, by WebAssembly where there is SIMD: a
 * decision takes microseconds, an update a fraction of a millisecond, whatever backend of tfjs is active. `toModel()`
 * and `fromModel()` pass the weights to and from plain LayersModels. When learning begins, observations are scaled to
 * mean 0 and deviation 1 and rewards to deviation 1, by what is stored then; what goes in and out keeps its units.
 *
 * @param config - See {@link DqnConfig}. Only `observationSize` and `actions` must be given.
 * @returns The agent. It holds no tensors.
 * @throws RangeError when a setting is out of range.
 * @see Mnih et al., "Human-level control through deep reinforcement learning" (2015), https://doi.org/10.1038/nature14236
 * @see van Hasselt et al., "Deep Reinforcement Learning with Double Q-learning" (2015), https://arxiv.org/abs/1509.06461
 * @see Wang et al., "Dueling Network Architectures for Deep Reinforcement Learning" (2016), https://arxiv.org/abs/1511.06581
 * @example
 * const agent = createDqn({ observationSize: 1, actions: 2, discount: 0, batchSize: 8, seed: 1 });
 * for (let day = 0; day < 100; day += 1) {
 *   const action = agent.act([day % 2], { explore: 1 });
 *   // Action 1 is right on odd days, action 0 on even ones.
 *   const reward = action === day % 2 ? 1 : 0;
 *   agent.observe({ observation: [day % 2], action, reward, nextObservation: [(day + 1) % 2], terminated: false });
 * }
 * await agent.learn({ updates: 200 });
 * agent.act([1]); // 1
 * agent.act([0]); // 0
 */
export function createDqn(config: DqnConfig): DqnAgent {
  const full = fullDqnConfig('createDqn', config);
  const rng = createRng(full.seed);
  const parts: AgentParts = {
    config: full,
    brain: createBrain(full, rng.stream('init')),
    replay: createReplay({ ...full, capacity: full.replaySize, prioritized: full.prioritized ?? false }),
    explore: rng.stream('explore'),
    draw: rng.stream('replay'),
    progress: { scaledAt: 0, isAdopted: false, isFast: false },
  };
  const { brain, replay } = parts;
  const window = createNStepWindow(full.nStep, full.discount, (transition) => replay.add(transition));
  const { parameters } = brain.plan;
  return {
    config: full,
    act: (observation, options) => act(parts, observation, options),
    policy: agentPolicy(parts, (observation, mask) => act(parts, observation, { mask })),
    values: (observation) => {
      requireObservation('values', 'observation', observation, full.observationSize);
      return brain.values(observation, 1).map((value) => value * brain.counters.scaling.reward);
    },
    observe: (transition) => {
      requireTransition('observe', transition, full);
      window.push(transition);
    },
    interrupt: () => window.flush(),
    stored: () => replay.size(),
    updates: () => brain.counters.updates,
    learn: (options) => learn(parts, options),
    weights: () => rawWeights(brain),
    setWeights: (weights) => {
      if (weights.length !== parameters) refuse('setWeights', 'weights', `hold ${parameters} numbers`, weights.length);
      takeWeights(brain, weights);
      parts.progress.isAdopted = true;
    },
    toModel: () => buildDenseModel(brain.plan, rawWeights(brain), 'dqn'),
    fromModel: async (model) => {
      takeWeights(brain, await readDenseModel('fromModel', brain.plan, model));
      parts.progress.isAdopted = true;
    },
    state: () => agentState(parts),
    restore: (state) => restoreAgent(parts, state),
  };
}

function act({ config, brain, explore }: AgentParts, observation: ArrayLike<number>, options: ActOptions = {}): number {
  const { mask, explore: chance = 0 } = options;
  requireObservation('act', 'observation', observation, config.observationSize);
  requireBetween('act', 'explore', chance, 0, 1, { closed: true });
  if (mask) requireMask('act', 'mask', mask, config.actions);

  const action =
    chance > 0 && explore.uniform() < chance
      ? randomAction(explore, config.actions, mask)
      : greedyAction(brain.values(observation, 1), mask);
  if (action < 0) refuse('act', 'mask', 'leave an action legal', Array.from(mask ?? []));
  return action;
}

async function learn(parts: AgentParts, options: LearnOptions = {}): Promise<LearnReport> {
  const { budgetMs, updates = budgetMs === undefined ? 1 : Number.POSITIVE_INFINITY } = options;
  const { config, replay, progress } = parts;
  if (updates !== Number.POSITIVE_INFINITY) requirePositiveInteger('learn', 'updates', updates);
  if (budgetMs !== undefined) requireBetween('learn', 'budgetMs', budgetMs, 0, Number.POSITIVE_INFINITY);
  if (replay.size() < config.batchSize) {
    refuse('learn', 'observe', `have stored a batch of ${config.batchSize} transitions before`, replay.size());
  }
  if (!progress.isFast) await useFastRoutines(parts);
  const end = performance.now() + (budgetMs ?? Number.POSITIVE_INFINITY);
  keepScaled(parts);
  let [done, loss, meanQ] = [0, 0, 0];
  do {
    const result = updateOnce(parts);
    done += 1;
    loss += result.loss;
    meanQ += result.meanQ;
  } while (done < updates && performance.now() < end);
  return { updates: done, loss: loss / done, meanQ: (meanQ / done) * parts.brain.counters.scaling.reward };
}

// At first, and whenever twice as much is stored: early data say little of where a better policy will go.
function keepScaled({ brain, replay, config, progress }: AgentParts): void {
  if (replay.size() < 2 * progress.scaledAt) return;
  const scaling = scalingOf(replay.columns(), replay.size(), config.observationSize, config.discount);
  // Weights that mean something keep what they mean; fresh ones are made for scaled numbers.
  const isFresh = progress.scaledAt === 0 && !progress.isAdopted;
  const { reward } = progress.scaledAt === 0 ? scaling : brain.counters.scaling;
  if (isFresh) brain.counters.scaling = scaling;
  else rescale(brain, { ...scaling, reward });
  progress.scaledAt = replay.size();
}

function updateOnce({ config, brain, replay, draw }: AgentParts): ReturnType<Brain['update']> {
  const batch = replay.sample(config.batchSize, draw, { correction: correctionOf(config, brain.counters.updates) });
  const result = brain.update(batch);
  if (!Number.isFinite(result.loss)) {
    throw new NonFiniteLossError('learn', 'Q-network', brain.counters.updates, result.loss);
  }
  replay.updatePriorities(batch.places, result.errors);
  return result;
}

function correctionOf({ prioritized }: FullDqnConfig, updates: number): number {
  return scheduled(prioritized?.correction ?? { from: 0.4, to: 1, over: 50_000 }, updates);
}
