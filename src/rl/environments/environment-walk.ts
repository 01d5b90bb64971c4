import { describe, plainText } from '../../internal/describe.js';
import { createRng, type Rng } from '../../random/rng.js';
import { randomLegal } from '../acting/random-action.js';
import type { Environment, EnvironmentReset, EnvironmentStep } from './environment.js';

/** What a walk saw, flattened, and what was wrong with it. */
export interface Walk {
  readonly trace: number[];
  readonly faults: string[];
  /** Whether a step or a reset threw. */
  threw: boolean;
}

/** Acts at random for so many steps and notes what is wrong with what it sees; what is thrown ends the walk. */
export function walkAtRandom(environment: Environment, steps: number, seed: number): Walk {
  const walk: Walk = { trace: [], faults: [], threw: false };
  try {
    takeWalk(environment, steps, seed, walk);
  } catch (error) {
    walk.threw = true;
    // Quoted, never read: strangers' errors say what they like.
    walk.faults.push(`a legal step or a reset throws: ${quoted(error)}`);
  }
  return walk;
}

function takeWalk(environment: Environment, steps: number, seed: number, walk: Walk): void {
  const rng = createRng(seed).stream('check');
  let seen = environment.reset({ seed });
  if (!isAnswer('reset', seen, walk)) return;
  note(environment, seen, walk);
  const masked = seen.actionMask !== undefined;
  for (let step = 0; step < steps; step += 1) {
    const kept = { array: seen.observation, copy: Array.from(seen.observation) };
    const next = environment.step(anyLegal(rng, environment.actionSpace.size, seen.actionMask));
    if (!isAnswer('step', next, walk)) return;
    if (kept.copy.some((value, place) => !Object.is(value, kept.array[place]))) {
      walk.faults.push('an observation changes after it was handed out: hand out a fresh array');
    }
    note(environment, next, walk);
    noteStep(next, walk);
    if ((next.actionMask !== undefined) !== masked) {
      walk.faults.push('an action mask is there at times and missing at others');
    }
    seen = next.terminated || next.truncated ? environment.reset() : next;
    if (!isAnswer('reset', seen, walk)) return;
  }
}

// What cannot be looked at ends the walk.
function isAnswer(call: 'reset' | 'step', answer: unknown, walk: Walk): boolean {
  const found = answerFault(answer);
  if (found === undefined) return true;
  walk.threw = true;
  walk.faults.push(`${call}() ${found}`);
  return false;
}

function answerFault(answer: unknown): string | undefined {
  if (typeof answer !== 'object' || answer === null) return `answers with no object: ${describe(answer)}`;
  if ('then' in answer && typeof answer.then === 'function') return 'answers with a promise, not at once';
  const { observation, actionMask } = answer as Partial<EnvironmentReset>;
  if (!isNumberList(observation)) return `shows no list of numbers as its observation: ${describe(observation)}`;
  if (actionMask === undefined || isNumberList(actionMask)) return undefined;
  return `gives no list of numbers as its action mask: ${describe(actionMask)}`;
}

function isNumberList(value: unknown): value is ArrayLike<number> {
  const isList = Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));
  return isList && Array.from(value as ArrayLike<unknown>).every((each) => typeof each === 'number');
}

function quoted(error: unknown): string {
  return error instanceof Error ? plainText(error.message, 300) : describe(error);
}

function note({ observationSpace, actionSpace }: Environment, seen: EnvironmentReset, { trace, faults }: Walk): void {
  const { observation, actionMask } = seen;
  const { low, high } = observationSpace;
  if (!(observation instanceof Float32Array)) faults.push('an observation is no Float32Array');
  if (observation.length !== low.length)
    faults.push(`an observation has ${observation.length} numbers, the space ${low.length}`);
  if (observation.some((value) => Number.isNaN(value))) faults.push('an observation holds NaN');
  if (observation.some((value) => Math.abs(value) === Number.POSITIVE_INFINITY)) {
    faults.push('an observation holds an infinite number');
  }
  if (observation.some((value, place) => value < low[place]! || value > high[place]!)) {
    faults.push('an observation lies outside its space');
  }
  trace.push(...observation);
  if (actionMask === undefined) return;
  if (actionMask.length !== actionSpace.size)
    faults.push(`an action mask has ${actionMask.length} entries, the space ${actionSpace.size}`);
  if (actionMask.some((legal) => legal !== 0 && legal !== 1))
    faults.push('an action mask holds other numbers than 0 and 1');
  if (!actionMask.includes(1)) faults.push('an action mask leaves no legal action');
  trace.push(...actionMask);
}

function noteStep({ reward, terminated, truncated }: EnvironmentStep, { trace, faults }: Walk): void {
  if (!Number.isFinite(reward))
    faults.push(`a reward is no finite number: ${typeof reward === 'number' ? reward : describe(reward)}`);
  if (typeof terminated !== 'boolean' || typeof truncated !== 'boolean') {
    faults.push('`terminated` or `truncated` is neither true nor false');
  }
  trace.push(reward, Number(terminated), Number(truncated));
}

/** One of the legal actions; 0 where the mask leaves none. */
export function anyLegal(rng: Rng, size: number, mask?: Uint8Array): number {
  return mask ? Math.max(0, randomLegal(rng, mask)) : rng.integer(size);
}
