import { createRng, type Rng } from '../random/rng.js';
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
    const message = error instanceof Error ? error.message : String(error);
    walk.faults.push(`a legal step or a reset throws: ${message}`);
  }
  return walk;
}

function takeWalk(environment: Environment, steps: number, seed: number, walk: Walk): void {
  const rng = createRng(seed).stream('check');
  let seen = environment.reset({ seed });
  note(environment, seen, walk);
  const masked = seen.actionMask !== undefined;
  for (let step = 0; step < steps; step += 1) {
    const kept = { array: seen.observation, copy: Array.from(seen.observation) };
    const next = environment.step(anyLegal(rng, environment.actionSpace.size, seen.actionMask));
    if (kept.copy.some((value, place) => !Object.is(value, kept.array[place]))) {
      walk.faults.push('an observation changes after it was handed out: hand out a fresh array');
    }
    note(environment, next, walk);
    noteStep(next, walk);
    if ((next.actionMask !== undefined) !== masked) {
      walk.faults.push('an action mask is there at times and missing at others');
    }
    seen = next.terminated || next.truncated ? environment.reset() : next;
  }
}

function note({ observationSpace, actionSpace }: Environment, seen: EnvironmentReset, { trace, faults }: Walk): void {
  const { observation, actionMask } = seen;
  const { low, high } = observationSpace;
  if (!(observation instanceof Float32Array)) faults.push('an observation is no Float32Array');
  if (observation.length !== low.length)
    faults.push(`an observation has ${observation.length} numbers, the space ${low.length}`);
  if (observation.some(Number.isNaN)) faults.push('an observation holds NaN');
  if (observation.some((value, place) => value < low[place]! || value > high[place]!)) {
    faults.push('an observation lies outside its space');
  }
  trace.push(...observation);
  if (actionMask === undefined) return;
  if (actionMask.length !== actionSpace.size)
    faults.push(`an action mask has ${actionMask.length} entries, the space ${actionSpace.size}`);
  if (actionMask.some((legal) => legal > 1)) faults.push('an action mask holds other numbers than 0 and 1');
  if (!actionMask.includes(1)) faults.push('an action mask leaves no legal action');
  trace.push(...actionMask);
}

function noteStep({ reward, terminated, truncated }: EnvironmentStep, { trace, faults }: Walk): void {
  if (!Number.isFinite(reward)) faults.push(`a reward is no finite number: ${reward}`);
  if (typeof terminated !== 'boolean' || typeof truncated !== 'boolean') {
    faults.push('`terminated` or `truncated` is neither true nor false');
  }
  trace.push(reward, Number(terminated), Number(truncated));
}

/** One of the legal actions; 0 where the mask leaves none. */
export function anyLegal(rng: Rng, size: number, mask?: Uint8Array): number {
  if (!mask) return rng.integer(size);
  const legal = [...mask.keys()].filter((action) => mask[action] === 1);
  return legal.length > 0 ? rng.choice(legal) : 0;
}
