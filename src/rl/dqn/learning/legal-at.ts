import { refuse } from '../../../internal/require.js';
import { requireMask } from '../../environments/environment-door.js';
import type { AgentParts } from '../agent/agent-parts.js';

/**
 * What is legal where this is observed, by the mask that was given and by what the agent is limited to; undefined where
 * everything is.
 *
 * Where no action is legal by both, the mask alone counts: the world decides in the end.
 */
export function legalAt(
  { config, progress }: AgentParts,
  observation: ArrayLike<number>,
  mask: ArrayLike<number> | undefined,
): ArrayLike<number> | undefined {
  const limit = progress.legalActions?.(observation);
  if (limit !== undefined) requireMask('act', 'legalActions()', limit, config.actions);
  if (limit === undefined) {
    if (mask === undefined && progress.isMasked) {
      // Without a mask it would take actions that it never learned anything of.
      const rule = 'be given: actions were illegal in training, and nothing says which are now (see limitTo)';
      refuse('act', 'mask', rule, mask);
    }
    return mask;
  }
  if (mask === undefined) return limit;
  const both = Uint8Array.from({ length: config.actions }, (_, action) => (mask[action] && limit[action] ? 1 : 0));
  return both.includes(1) ? both : mask;
}
