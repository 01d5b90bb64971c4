import { NonFiniteLossError } from '../../../internal/non-finite-loss-error.js';
import { type OptionNames, requireOptions } from '../../../internal/options.js';
import { createPause } from '../../../internal/pause.js';
import { refuse, requireNonNegative, requirePositiveInteger } from '../../../internal/require.js';
import { denseLayerName } from '../../../nn/host/dense-model.js';
import { scheduled } from '../../../training/schedules/linear-schedule.js';
import type { AgentParts } from '../agent/agent-parts.js';
import { rescale } from '../agent/agent-weights.js';
import type { Brain } from '../agent/brain.js';
import type { LearnOptions, LearnReport } from '../agent/dqn-agent.js';
import type { FullDqnConfig } from '../agent/dqn-config.js';
import { useFastRoutines } from './fast-routines.js';
import { rangeOf, scalingOf } from './scaling.js';

const learnNames: OptionNames<LearnOptions> = { updates: true, budgetMs: true };

/** Updates of an agent's networks, from what is stored. */
export async function learn(parts: AgentParts, options: LearnOptions = {}): Promise<LearnReport> {
  requireOptions('learn', options, learnNames);
  const { budgetMs, updates = budgetMs === undefined ? 1 : Number.POSITIVE_INFINITY } = options;
  const { config, replay, progress } = parts;
  if (updates !== Number.POSITIVE_INFINITY || budgetMs === undefined) {
    requirePositiveInteger('learn', 'updates', updates);
  }
  if (budgetMs !== undefined) requireNonNegative('learn', 'budgetMs', budgetMs);
  if (replay.size() < config.batchSize) {
    refuse(
      'learn',
      'updates',
      `wait until observe() has stored a batch, ${config.batchSize} transitions`,
      replay.size(),
    );
  }
  if (!progress.isFast) await useFastRoutines(parts);
  const pause = createPause();
  const end = performance.now() + (budgetMs ?? Number.POSITIVE_INFINITY);
  keepScaled(parts);
  let [done, loss, meanQ] = [0, 0, 0];
  do {
    const result = updateOnce(parts);
    done += 1;
    loss += result.loss;
    meanQ += result.meanQ;
    if (done < updates) await pause();
  } while (done < updates && performance.now() < end);
  const { reward, baseline } = parts.brain.counters.scaling;
  return { updates: done, loss: loss / done, meanQ: (meanQ / done) * reward + baseline };
}

// At first, and whenever twice as much is stored: early data say little of where a better policy will go.
function keepScaled({ brain, replay, config, progress }: AgentParts): void {
  if (replay.size() < 2 * progress.scaledAt) return;
  const [columns, size] = [replay.columns(), replay.size()];
  const scaling = scalingOf(columns, size, config.observationSize, config.discount);
  // Weights that mean something keep what they mean; fresh ones are made for scaled numbers.
  const isFirst = progress.scaledAt === 0;
  const { reward, baseline } = isFirst ? scaling : brain.counters.scaling;
  if (isFirst && !progress.isAdopted) brain.counters.scaling = scaling;
  else rescale(brain, { ...scaling, reward, baseline });
  // What adopted weights were learned from is not known.
  if (!progress.isAdopted || brain.counters.range) {
    brain.counters.range = rangeOf(columns, size, config.observationSize, brain.counters.range);
  }
  progress.scaledAt = size;
}

function updateOnce({ config, brain, replay, draw }: AgentParts): ReturnType<Brain['update']> {
  const batch = replay.sample(config.batchSize, draw, { correction: correctionOf(config, brain.counters.updates) });
  const result = brain.update(batch);
  if (result.broken) {
    const { what, value, layer } = result.broken;
    const name = layer === undefined ? undefined : denseLayerName('dqn', layer);
    throw new NonFiniteLossError('learn', 'Q-network', brain.counters.updates + 1, value, what, name);
  }
  replay.updatePriorities(batch.places, result.errors);
  return result;
}

function correctionOf({ prioritized }: FullDqnConfig, updates: number): number {
  return scheduled(prioritized?.correction ?? { from: 0.4, to: 1, over: 50_000 }, updates);
}
