import { requireSecondOrder } from '../../nn/second-order/require-second-order.js';
import type { Penalty } from './penalty.js';
import type { PenaltyMethod } from './penalty-options.js';
import { requireSteadyJudge } from './require-steady-judge.js';

/** What a penalty by this method asks of a discriminator: second derivatives, or the same judgement twice. */
export function checkFor(method: PenaltyMethod): NonNullable<Penalty['check']> {
  const require = method === 'exact' ? requireSecondOrder : requireSteadyJudge;
  return (where, discriminator) => require(where, 'discriminator', discriminator);
}
