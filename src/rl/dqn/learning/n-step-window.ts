import type { StoredTransition } from '../../replay/transition-store.js';

/** One step as the world gave it. */
export interface Transition {
  /** `[D]`: what was shown before the action. */
  readonly observation: ArrayLike<number>;
  /** The action taken, in [0, A). */
  readonly action: number;
  /** What it earned. */
  readonly reward: number;
  /** `[D]`: what was shown after it, also at the end of an episode. */
  readonly nextObservation: ArrayLike<number>;
  /** The episode is truly over: nothing follows, the bootstrap ends. */
  readonly terminated: boolean;
  /** The episode was only cut off here: the bootstrap goes on. Default `false`. */
  readonly truncated?: boolean;
  /** `[A]`: 1 where an action was legal before the step. All were where missing. */
  readonly actionMask?: ArrayLike<number>;
  /** `[A]`: 1 where an action is legal after it. All are where missing. */
  readonly nextActionMask?: ArrayLike<number>;
}

/** Sums the rewards of `n` steps before it passes a transition on. */
export interface NStepWindow {
  /** Takes the next step of an episode; at its end everything still held is passed on. */
  push(transition: Transition): void;
  /** Passes on what is held, with fewer steps each: the episode goes on unseen. */
  flush(): void;
  /** What is held, the oldest first. */
  held(): readonly Transition[];
  /** Holds these instead. */
  hold(transitions: readonly Transition[]): void;
}

/**
 * Makes a window over consecutive steps.
 *
 *     reward = r(t) + gamma r(t+1) + ... + gamma^(k-1) r(t+k-1),   discount = gamma^k, or 0 after a true end
 *
 * with k = n, or the steps that were left.
 */
export function createNStepWindow(
  n: number,
  gamma: number,
  store: (transition: StoredTransition) => void,
): NStepWindow {
  const held: Transition[] = [];
  const release = (): void => {
    const first = held[0]!;
    const last = held.at(-1)!;
    let [reward, factor] = [0, 1];
    for (const step of held) {
      reward += factor * step.reward;
      factor *= gamma;
    }
    const { observation, action, actionMask } = first;
    const { nextObservation, nextActionMask } = last;
    const discount = last.terminated ? 0 : factor;
    store({ observation, action, reward, discount, nextObservation, actionMask, nextActionMask });
    held.shift();
  };
  const flush = (): void => {
    while (held.length > 0) release();
  };
  return {
    push: (transition) => {
      // What is held for some steps is copied: the caller may use the arrays again.
      held.push(n === 1 ? transition : copyOf(transition));
      if (transition.terminated || transition.truncated) flush();
      else if (held.length >= n) release();
    },
    flush,
    held: () => held.map(copyOf),
    hold: (transitions) => {
      held.splice(0, held.length, ...transitions.map(copyOf));
    },
  };
}

function copyOf(transition: Transition): Transition {
  const { observation, nextObservation, actionMask, nextActionMask } = transition;
  return {
    ...transition,
    observation: Float32Array.from(observation),
    nextObservation: Float32Array.from(nextObservation),
    ...(actionMask && { actionMask: Uint8Array.from(actionMask) }),
    ...(nextActionMask && { nextActionMask: Uint8Array.from(nextActionMask) }),
  };
}
