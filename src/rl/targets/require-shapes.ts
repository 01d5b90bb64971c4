import { type Tensor, util } from '@tensorflow/tfjs-core';
import { refuse } from '../../internal/require.js';

/** An axis of a known length, or a name: equal names within one call mean equal lengths. */
export type Axis = number | string;

/**
 * Checks the shapes of a function's tensors against each other: `{ q: [q, ['B', 'A']], actions: [actions, ['B']] }`.
 * Tensors that are undefined are passed over.
 */
export function requireShapes(
  where: string,
  tensors: Readonly<Record<string, readonly [Tensor | undefined, readonly Axis[]]>>,
): void {
  const lengths = new Map<string, number>();
  for (const [name, [tensor, axes]] of Object.entries(tensors)) {
    if (tensor === undefined) continue;
    const expected = axes.map((axis, index) => {
      if (typeof axis === 'number') return axis;
      if (!lengths.has(axis) && tensor.shape[index] !== undefined) lengths.set(axis, tensor.shape[index]);
      return lengths.get(axis) ?? -1;
    });
    if (util.arraysEqual(tensor.shape, expected)) continue;
    const wanted = axes.map((axis, index) =>
      expected[index] === axis || expected[index]! < 0 ? axis : `${axis} = ${expected[index]}`,
    );
    refuse(where, name, `have the shape [${wanted.join(', ')}]`, tensor.shape);
  }
}
