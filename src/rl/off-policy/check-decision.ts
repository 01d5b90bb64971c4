import { refuse, requireFinite, requireWholeNumber } from '../../internal/require.js';
import { requireMask } from '../environments/environment-door.js';
import type { LoggedDecision } from './evaluate-off-policy.js';

/** Refuses a decision that cannot have been logged. */
export function requireDecision(where: string, decision: LoggedDecision, index: number): void {
  const name = `log[${index}]`;
  if (typeof decision !== 'object' || decision === null) refuse(where, name, 'be a decision', decision);
  const { propensity, reward, action } = decision;
  if (!(typeof propensity === 'number' && propensity > 0 && propensity <= 1)) {
    const rule =
      'be the probability in (0, 1] with which the logging policy chose the action; it cannot be guessed later';
    refuse(where, `${name}.propensity`, rule, propensity);
  }
  requireFinite(where, `${name}.reward`, reward);
  requireWholeNumber(where, `${name}.action`, action);
}

/** Refuses what are no probabilities of the actions there were. */
export function requireProbabilities(
  where: string,
  probabilities: ArrayLike<number>,
  { action, actionMask }: LoggedDecision,
  index: number,
): void {
  let sum = 0;
  if (!(probabilities?.length > 0)) refuse(where, 'policy', `give probabilities for log[${index}]`, probabilities);
  if (actionMask !== undefined) requireMask(where, `log[${index}].actionMask`, actionMask, probabilities.length);
  for (let at = 0; at < probabilities.length; at += 1) {
    const each = probabilities[at]!;
    if (!(each >= 0)) refuse(where, 'policy', `give probabilities >= 0 for log[${index}]`, each);
    if (each > 0 && actionMask && !actionMask[at]) {
      refuse(where, 'policy', `give illegal actions the probability 0 for log[${index}]`, each);
    }
    sum += each;
  }
  if (!(Math.abs(sum - 1) < 1e-6)) refuse(where, 'policy', `give probabilities that sum to 1 for log[${index}]`, sum);
  if (action >= probabilities.length) {
    refuse(where, 'policy', `give a probability to action ${action} of log[${index}]`, probabilities.length);
  }
}
