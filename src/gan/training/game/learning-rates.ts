import type { Optimizer } from '@tensorflow/tfjs-core';
import { refuse } from '../../../internal/require.js';

interface Rated {
  learningRate: number;
  setLearningRate?(rate: number): void;
}

/** Sets the rates of optimizers to a factor of their own, and back. */
export interface LearningRates {
  scale(factor: number): void;
  restore(): void;
}

export function createLearningRates(where: string, optimizers: readonly Optimizer[]): LearningRates {
  const rated = optimizers.map((optimizer) => {
    if (!hasRate(optimizer)) refuse(where, 'schedule', 'go with optimizers that have a `learningRate`', optimizer);
    return { optimizer, base: optimizer.learningRate };
  });
  const scale = (factor: number) => {
    for (const { optimizer, base } of rated) setRate(optimizer, base * factor);
  };
  return { scale, restore: () => scale(1) };
}

function hasRate(optimizer: object): optimizer is Rated {
  return 'learningRate' in optimizer && typeof optimizer.learningRate === 'number';
}

// Plain gradient descent of tfjs keeps its rate in a tensor besides.
function setRate(optimizer: Rated, rate: number): void {
  if (optimizer.setLearningRate) optimizer.setLearningRate(rate);
  else optimizer.learningRate = rate;
}
