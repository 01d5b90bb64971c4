import type { TargetUpdate } from './agent/dqn-config.js';
import type { Learner } from './learning/learner.js';

/** Shortens the gradient to `longest` where it is longer. */
export function clipGradient({ memory, network }: Learner, longest: number): void {
  const [start, end] = [network.gradient, network.gradient + network.plan.parameters];
  let squares = 0;
  for (let at = start; at < end; at += 1) squares += memory[at]! * memory[at]!;
  const length = Math.sqrt(squares);
  if (!(length > longest)) return;
  for (let at = start; at < end; at += 1) memory[at]! *= longest / length;
}

/** Moves the target network after update number `update`, from 1. */
export function followOnline({ memory, network, places }: Learner, how: TargetUpdate, update: number): void {
  const { parameters } = network.plan;
  if ('every' in how && how.every !== undefined) {
    if (update % how.every === 0) memory.copyWithin(places.target, places.online, places.online + parameters);
    return;
  }
  const { polyak } = how as { readonly polyak: number };
  for (let at = 0; at < parameters; at += 1) {
    memory[places.target + at]! += polyak * (memory[places.online + at]! - memory[places.target + at]!);
  }
}
