import { tidy } from '@tensorflow/tfjs-core';
import { adam, useBackend } from 'minimart';
import { type ConformanceCheck, requireWithin } from './conformance-check.js';
import { HostValues } from './host-values.js';
import { relativeDifference } from './relative-difference.js';

const shapes = [[5, 4], [4], [2, 3, 1], []];

/** Ten steps of our Adam on four variables, compared with the same on cpu. */
export const adamChecks: readonly ConformanceCheck[] = [
  {
    name: 'optimizer: adam',
    async run(backend) {
      const expected = await tenSteps('cpu');
      const actual = await tenSteps(backend);
      expected.forEach((values, index) => {
        const allowed = backend === 'cpu' ? 0 : 1e-5;
        requireWithin(`adam: variable ${index}`, relativeDifference(actual[index]!, values), allowed);
      });
    },
  },
];

async function tenSteps(backend: string): Promise<ArrayLike<number>[]> {
  await useBackend(backend);
  const values = new HostValues(11);
  const variables = shapes.map((shape) => values.variable(shape));
  const optimizer = adam({ learningRate: 0.01, beta1: 0.5 });
  for (let step = 0; step < 10; step += 1) {
    tidy(() => {
      const gradients = variables.map(({ name, shape }) => [name, values.tensor(shape)] as const);
      optimizer.applyGradients(Object.fromEntries(gradients));
    });
  }
  const results = await Promise.all(variables.map((variable) => variable.data()));
  optimizer.dispose();
  for (const variable of variables) variable.dispose();
  return results;
}
