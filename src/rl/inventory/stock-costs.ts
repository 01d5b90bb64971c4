import { refuse, requirePositive } from '../../internal/require.js';

/** Distributions are looked at up to where less than 1e-13 is left; what is rarer may not matter. */
const mostRatio = 1e9;

/** Checks what a unit costs that is held, and one that is missed: so much more that chances beyond a distribution's end would decide is refused. */
export function requireStockCosts(where: string, holding: number, penalty: number): void {
  requirePositive(where, 'holding', holding);
  requirePositive(where, 'penalty', penalty);
  if (penalty / holding <= mostRatio) return;
  refuse(where, 'penalty', `be at most ${mostRatio} times \`holding\`, for rarer demands are left out`, penalty);
}
