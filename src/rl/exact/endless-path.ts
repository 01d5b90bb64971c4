import { type Policy, requireAction } from '../acting/policy.js';
import { type DecisionModel, maskOf } from './decision-model.js';
import { possibleOutcomes } from './possible-outcomes.js';
import { createStateIndex } from './state-index.js';
import type { TableLimits } from './transition-table.js';
import { UnsolvedModelError } from './unsolved-model-error.js';

// Of so many steps the first `counted` are looked at closely, all that may follow them.
const stretch = 512;
const counted = 32;

/**
 * Refuses a policy that walks on for ever, such as one that orders however much is in stock, long before all states on its way are
 * written out. In each state on the way one outcome is taken, always the first that is possible or always the last. What the others lead to
 * can be reached too: it is counted of some steps, and taken to be as much of the rest. A policy that has to be waited for is not walked with.
 */
export async function requireNoEndlessPath(
  where: string,
  model: DecisionModel,
  policy: Policy,
  limits: TableLimits,
  pause: () => Promise<void>,
): Promise<void> {
  for (const place of [0, -1]) {
    const walk = startWalk(where, model, policy, place, limits.states);
    for (let step = 0; walk.next(step); step += 1) {
      if (step % counted !== 0) continue;
      await pause();
      const { states, transitions } = walk.perStep();
      if (step * states > limits.states || step * states * transitions > limits.transitions) {
        refusePath(where, Math.round(step * states));
      }
    }
  }
}

function refusePath(where: string, states: number): never {
  const rule = 'be left by the policy at few states: it goes on and on, as one that orders whatever is in stock';
  throw new UnsolvedModelError(where, 'size', rule, `${states} states, and no end`);
}

function startWalk(where: string, model: DecisionModel, policy: Policy, place: number, most: number) {
  const possible = possibleOutcomes(where);
  const size = model.start.length;
  const index = () => createStateIndex(size, most, () => refusePath(where, most));
  const [path, met] = [index(), index()];
  const state = Int32Array.from(model.start);
  const after = new Int32Array(size);
  let [steps, states, transitions] = [0, 0, 0];
  // The first of a stretch has followers that those before it had too, which were not looked at.
  const meetAll = (action: number, outcomes: readonly number[], isFirst: boolean) => {
    const [before, followers] = [met.count(), new Set<number>()];
    for (const outcome of outcomes) {
      model.advance(state, action, outcome, after);
      followers.add(met.add(after));
    }
    if (isFirst) return;
    steps += 1;
    states += met.count() - before;
    transitions += followers.size;
  };
  return {
    /** States that a step adds to those that can be reached, and how many transitions each has. */
    perStep: () => ({ states: states / (steps || 1), transitions: transitions / (steps || 1) }),
    /** Goes one step; false where the path comes back to a state, and where the policy does not answer at once. */
    next(step: number): boolean {
      if (path.add(state) < step) return false;
      const mask = maskOf(where, model, state);
      const answer = policy.act(Float32Array.from(state), mask);
      if (typeof answer === 'object') return false;
      const action = requireAction(where, policy, answer, mask);
      const outcomes = possible(model.outcomes(state, action));
      if (step % stretch < counted) meetAll(action, outcomes, step % stretch === 0);
      model.advance(state, action, outcomes.at(place)!, after);
      state.set(after);
      return true;
    },
  };
}
