import { createRng, type Rng } from '../../random/rng.js';
import { type DecisionModel, maskOf } from './decision-model.js';
import { possibleOutcomes } from './possible-outcomes.js';
import type { StateIndex } from './state-index.js';

// Choices that the estimate rests on, the last ones drawn, and the share of the work that drawing them may take.
const drawn = 64;
const share = 0.1;

/**
 * Says early whether a model whose choices are all written out will have more than `most` transitions: from those written and a sample of
 * choices in the states that wait. The sample is drawn anew all the time, because what is met later is mostly fuller.
 *
 * @returns Takes how many states and transitions are written; to be asked before each state.
 */
export function createLengthCheck(
  where: string,
  model: DecisionModel,
  states: StateIndex,
  most: number,
): (written: number, transitions: number) => boolean {
  const estimate = stateEstimator(where, model);
  const rng = createRng(0);
  const state = new Int32Array(model.start.length);
  const sample: number[] = [];
  let draws = 0;
  let work = 0;
  return (written, transitions) => {
    const waiting = states.count() - written;
    for (let draw = 0; draw < drawn && work < share * transitions; draw += 1) {
      const { transitions: count, looked } = estimate(states.read(written + rng.integer(waiting), state), rng);
      sample[draws % drawn] = count;
      draws += 1;
      work += looked;
    }
    return draws >= drawn && transitions + waiting * leastMean(sample) > most;
  };
}

// Three standard errors below the mean.
function leastMean(sample: readonly number[]): number {
  const mean = sample.reduce((sum, count) => sum + count, 0) / sample.length;
  const squares = sample.reduce((sum, count) => sum + (count - mean) ** 2, 0);
  return mean - 3 * Math.sqrt(squares / (sample.length - 1) / sample.length);
}

// The transitions of a state by those of one of its choices. Outcomes side by side that lead to the same state count once, as
// they are written.
function stateEstimator(where: string, model: DecisionModel) {
  const possible = possibleOutcomes(where);
  let next = new Int32Array(model.start.length);
  let last = new Int32Array(model.start.length);
  return (state: Int32Array, rng: Rng): { readonly transitions: number; readonly looked: number } => {
    const mask = maskOf(where, model, state);
    const legal = mask.reduce((sum, entry) => sum + entry, 0);
    let action = mask.indexOf(1);
    for (let skip = rng.integer(legal); skip > 0; skip -= 1) action = mask.indexOf(1, action + 1);
    let followers = 0;
    const outcomes = possible(model.outcomes(state, action));
    for (const outcome of outcomes) {
      model.advance(state, action, outcome, next);
      if (followers === 0 || next.some((entry, place) => entry !== last[place])) followers += 1;
      [next, last] = [last, next];
    }
    return { transitions: legal * followers, looked: outcomes.length };
  };
}
