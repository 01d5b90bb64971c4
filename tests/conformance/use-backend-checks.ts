import { getBackend } from '@tensorflow/tfjs-core';
import { useBackend } from 'minimart';
import type { ConformanceCheck } from './conformance-check.js';

export const useBackendChecks: readonly ConformanceCheck[] = [
  {
    name: 'useBackend: makes the backend the active one',
    async run(backend) {
      await useBackend('cpu');
      await useBackend(backend);
      requireEqual('active backend', getBackend(), backend);
    },
  },
  {
    name: 'useBackend: refuses a backend that is not there, and stays where it was',
    async run(backend) {
      await useBackend(backend);
      const refusal = await useBackend('abacus').then(
        () => 'none',
        (error: unknown) => String(error),
      );
      if (!refusal.includes("'abacus'")) throw new Error(`useBackend('abacus') gave no such refusal: ${refusal}`);
      requireEqual('active backend', getBackend(), backend);
    },
  },
];

function requireEqual(what: string, actual: string, expected: string): void {
  if (actual !== expected) throw new Error(`${what}: ${actual}, expected ${expected}`);
}
