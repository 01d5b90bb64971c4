import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { version_core } from '@tensorflow/tfjs-core';
import { wasmKernels } from 'minimart';

/** A name and what is to say of it. */
export type Fact = readonly [name: string, value: string];

/** What a run stood on: versions and machine. */
export function machineFacts(backend: string): Fact[] {
  const kernels = wasmKernels();
  return [
    [
      'backend',
      `${backend} of TensorFlow.js ${version_core}${kernels ? `, ${kernels.products} products, ${kernels.threads} ${kernels.threads === 1 ? 'thread' : 'threads'}` : ''}`,
    ],
    ['minimart', ownVersion()],
    ['Node', `${process.version}, ${process.platform} ${process.arch}`],
    ['processor', `${cpus()[0]?.model.trim() ?? 'unknown'}, ${cpus().length} cores`],
  ];
}

/** A share as people say it. */
export function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

function ownVersion(): string {
  const file = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(file) as { version: string }).version;
}

/** What stands at the end of a report; the command writes it. */
export function footer(command: string): string {
  return `Written by \`${command}\` of minimart. This page holds all its pictures and loads nothing.`;
}
