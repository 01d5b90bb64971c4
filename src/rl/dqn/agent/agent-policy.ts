import { refuse, requireNumbers } from '../../../internal/require.js';
import { greedyAt } from '../../acting/greedy-action.js';
import type { InstantPolicy } from '../../acting/policy.js';
import { requireMask } from '../../environments/environment-door.js';
import { legalAt } from '../learning/legal-at.js';
import type { AgentParts } from './agent-parts.js';

/** What an agent knows, as a policy without exploration; it follows the agent's learning. */
export function agentPolicy(parts: AgentParts, act: InstantPolicy['act']): InstantPolicy {
  const { brain, config } = parts;
  const { observationSize: width, actions, batchSize } = config;
  // Masks row by row, narrowed by what the agent is limited to.
  const legalRows = (observations: Float32Array, masks: Uint8Array, count: number): Uint8Array => {
    if (!parts.progress.legalActions) return masks;
    const legal = new Uint8Array(count * actions);
    for (let row = 0; row < count; row += 1) {
      const mask = masks.subarray(row * actions, (row + 1) * actions);
      legal.set(legalAt(parts, observations.subarray(row * width, (row + 1) * width), mask) ?? mask, row * actions);
    }
    return legal;
  };
  return {
    name: 'dqn',
    act,
    actAll: (observations, actionMasks, count) => {
      requireNumbers('actAll', 'observations', observations, count * width);
      requireMask('actAll', 'actionMasks', actionMasks, count * actions);
      const chosen = new Int32Array(count);
      const legal = legalRows(observations, actionMasks, count);
      for (let start = 0; start < count; start += batchSize) {
        const rows = Math.min(batchSize, count - start);
        const values = brain.values(observations.subarray(start * width, (start + rows) * width), rows);
        for (let row = 0; row < rows; row += 1) {
          const best = greedyAt(values, row * actions, actions, legal, (start + row) * actions);
          if (best < 0) refuse('actAll', 'actionMasks', `leave an action legal in row ${start + row}`, -1);
          chosen[start + row] = best;
        }
      }
      return chosen;
    },
  };
}
