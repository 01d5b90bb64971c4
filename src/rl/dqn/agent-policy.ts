import type { InstantPolicy } from '../policy.js';
import type { AgentParts } from './agent-parts.js';
import { bestAt } from './next-values.js';

/** What an agent knows, as a policy without exploration; it follows the agent's learning. */
export function agentPolicy({ brain, config }: AgentParts, act: InstantPolicy['act']): InstantPolicy {
  const { observationSize: width, actions, batchSize } = config;
  return {
    name: 'dqn',
    act,
    actAll: (observations, actionMasks, count) => {
      const chosen = new Int32Array(count);
      for (let start = 0; start < count; start += batchSize) {
        const rows = Math.min(batchSize, count - start);
        const values = brain.values(observations.subarray(start * width, (start + rows) * width), rows);
        for (let row = 0; row < rows; row += 1) {
          chosen[start + row] = bestAt(values, row * actions, actions, actionMasks, (start + row) * actions);
        }
      }
      return chosen;
    },
  };
}
