import { engine, type Optimizer, type Tensor, type Variable } from '@tensorflow/tfjs-core';
import { refuse } from '../../internal/require.js';

/** What an optimizer takes: gradients by the names of variables, or as a list of names and tensors. */
export type Gradients = Parameters<Optimizer['applyGradients']>[0];

/** A variable, and its gradient if there is one. */
export interface Update {
  readonly name: string;
  readonly shape: number[];
  readonly value: Variable;
  readonly gradient: Tensor | null | undefined;
}

/** The variables that gradients belong to, in their order. */
export function updatesOf(gradients: Gradients): Update[] {
  const list = Array.isArray(gradients)
    ? gradients
    : Object.entries(gradients).map(([name, tensor]) => ({ name, tensor }));
  return list.map(({ name, tensor }) => {
    const value = engine().registeredVariables[name];
    if (value === undefined) refuse('Adam.applyGradients', 'gradients', 'name variables that exist', name);
    return { name, shape: value.shape, value, gradient: tensor };
  });
}
