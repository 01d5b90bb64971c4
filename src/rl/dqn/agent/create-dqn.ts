import { type OptionNames, requireOptions } from '../../../internal/options.js';
import { refuse, requireFunction, requireNumbers, requireProbability } from '../../../internal/require.js';
import { buildDenseModel, readDenseModel } from '../../../nn/host/dense-model.js';
import { createRng } from '../../../random/rng.js';
import { greedyAction } from '../../acting/greedy-action.js';
import { randomAction } from '../../acting/random-action.js';
import { requireMask } from '../../environments/environment-door.js';
import { createReplay } from '../../replay/create-replay.js';
import { requireTransition } from '../learning/check-transition.js';
import { useFastRoutines } from '../learning/fast-routines.js';
import { learn } from '../learning/learn.js';
import { legalAt } from '../learning/legal-at.js';
import { createNStepWindow, type Transition } from '../learning/n-step-window.js';
import { copyOfRange, requireRange, widen } from '../learning/scaling.js';
import type { AgentParts } from './agent-parts.js';
import { agentPolicy } from './agent-policy.js';
import { agentState, restoreAgent } from './agent-state.js';
import { rawWeights, takeWeights } from './agent-weights.js';
import { createBrain } from './brain.js';
import type { ActOptions, DqnAgent, DqnState } from './dqn-agent.js';
import { type DqnConfig, type FullDqnConfig, fullDqnConfig } from './dqn-config.js';

/**
 * Makes an agent that learns by deep Q-learning what its actions are worth, from what it has seen: for `trainDqn`, or
 * for a live system that calls `act`, `observe` and `learn` itself.
 *
 * Its network is small and dense, and works on the host in a memory of its own, by WebAssembly where there is SIMD: a
 * decision takes microseconds, an update a fraction of a millisecond, whatever backend of tfjs is active. `toModel()`
 * and `fromModel()` pass the weights to and from plain LayersModels. When learning begins, observations are scaled to
 * mean 0 and deviation 1, and values are centred and scaled likewise, by what is stored then; what goes in and out keeps
 * its units.
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
  const parts = makeParts(full);
  const { brain, replay, progress } = parts;
  const window = createNStepWindow(full.nStep, full.discount, (transition) => replay.add(transition));
  const takeRaw = (weights: Float32Array) => {
    takeWeights(brain, weights);
    progress.isAdopted = true;
  };
  return {
    config: full,
    act: (observation, options) => act(parts, observation, options),
    limitTo: (legalActions) => {
      requireFunction('limitTo', 'legalActions', legalActions);
      progress.legalActions = legalActions;
    },
    policy: agentPolicy(parts, (observation, mask) => act(parts, observation, { mask })),
    values: (observation) => {
      requireNumbers('values', 'observation', observation, full.observationSize);
      const { reward, baseline } = brain.counters.scaling;
      return brain.values(observation, 1).map((value) => value * reward + baseline);
    },
    observe: (transition) => {
      requireTransition('observe', transition, full);
      noteSeen(parts, transition);
      window.push(transition);
    },
    interrupt: () => window.flush(),
    stored: () => replay.size(),
    updates: () => brain.counters.updates,
    learn: (options) => learn(parts, options),
    weights: () => rawWeights(brain),
    setWeights: (weights, range) => {
      requireNumbers('setWeights', 'weights', weights, brain.plan.parameters);
      if (range !== undefined) requireRange('setWeights', 'range', range, full.observationSize);
      takeRaw(weights);
      if (range !== undefined) brain.counters.range = copyOfRange(range);
    },
    range: () => brain.counters.range && copyOfRange(brain.counters.range),
    toModel: () => buildDenseModel(brain.plan, rawWeights(brain), 'dqn'),
    fromModel: async (model) => takeRaw(await readDenseModel('fromModel', brain.plan, model)),
    state: () => ({ ...agentState(parts), window: window.held() }),
    restore: (state) => {
      const held = requireWindow(state, full);
      restoreAgent(parts, state);
      window.hold(held);
    },
    prepare: () => useFastRoutines(parts),
  };
}

function requireWindow(state: DqnState, config: FullDqnConfig): readonly Transition[] {
  const { window = [] } = state ?? {};
  const isFitting = Array.isArray(window) && window.length < Math.max(config.nStep, 1);
  if (!isFitting) refuse('restore', 'state.window', `hold fewer than ${config.nStep} transitions`, window);
  for (const [place, each] of window.entries()) requireTransition('restore', each, config, `state.window[${place}]`);
  return window;
}

function makeParts(config: FullDqnConfig): AgentParts {
  const { observationSize, actions, replaySize: capacity, prioritized: given } = config;
  const rng = createRng(config.seed);
  const prioritized = given ? { exponent: given.exponent, offset: given.offset } : false;
  return {
    config,
    brain: createBrain(config, rng.stream('init')),
    replay: createReplay({ capacity, observationSize, actions, prioritized }),
    explore: rng.stream('explore'),
    draw: rng.stream('replay'),
    progress: { scaledAt: 0, isAdopted: false, isFast: false, isMasked: false, legalActions: undefined },
  };
}

const actNames: OptionNames<ActOptions> = { mask: true, explore: true };

function act(parts: AgentParts, observation: ArrayLike<number>, options: ActOptions = {}): number {
  const { config, brain, explore } = parts;
  requireOptions('act', options, actNames);
  const { mask, explore: chance = 0 } = options;
  requireNumbers('act', 'observation', observation, config.observationSize);
  requireProbability('act', 'explore', chance);
  if (mask !== undefined) requireMask('act', 'mask', mask, config.actions);
  const legal = legalAt(parts, observation, mask);
  const action =
    chance > 0 && explore.uniform() < chance
      ? randomAction(explore, config.actions, legal)
      : greedyAction(brain.values(observation, 1), legal);
  if (action < 0) refuse('act', 'mask', 'leave an action legal', Array.from(legal ?? []));
  return action;
}

function noteSeen({ brain, progress }: AgentParts, transition: Transition): void {
  const { observation, actionMask, nextActionMask } = transition;
  progress.isMasked ||= hasIllegal(actionMask) || hasIllegal(nextActionMask);
  if (brain.counters.range) widen(brain.counters.range, observation, 0);
}

function hasIllegal(mask: ArrayLike<number> | undefined): boolean {
  if (!mask) return false;
  for (let action = 0; action < mask.length; action += 1) if (!mask[action]) return true;
  return false;
}
