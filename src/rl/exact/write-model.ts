import { type DecisionModel, maskOf } from './decision-model.js';
import { createLengthCheck } from './length-check.js';
import { createTableWriter, type TableLimits, type TransitionTable, tableLimits } from './transition-table.js';
import { UnsolvedModelError } from './unsolved-model-error.js';

// So many choices are written without a pause.
const stretch = 16;

/** Writes out all legal choices of all states that can be reached. */
export async function writeModel(
  where: string,
  model: DecisionModel,
  pause: () => Promise<void>,
  limits: TableLimits = tableLimits,
): Promise<TransitionTable> {
  const refuseSize = (transitions: unknown) => {
    throw new UnsolvedModelError(where, 'size', `have at most ${limits.transitions} transitions`, transitions);
  };
  if ((model.leastTransitions ?? 0) > limits.transitions) refuseSize(model.leastTransitions);
  const writer = createTableWriter(where, model, limits);
  const isTooLong = createLengthCheck(where, model, writer.states, limits.transitions);
  const state = new Int32Array(model.start.length);
  let choices = 0;
  while (writer.written() < writer.states.count()) {
    const mask = maskOf(where, model, writer.states.read(writer.written(), state));
    if (isTooLong(writer.written(), writer.transitions())) refuseSize('more');
    writer.begin();
    for (let action = 0; action < mask.length; action += 1) {
      if (mask[action] === 0) continue;
      writer.choose(action);
      choices += 1;
      if (choices % stretch === 0) await pause();
    }
  }
  return writer.finish();
}
