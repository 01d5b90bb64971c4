import { readFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';

const packages = [
  '@tensorflow/tfjs-core',
  '@tensorflow/tfjs-layers',
  '@tensorflow/tfjs-backend-wasm',
  '@tensorflow/tfjs-backend-cpu',
  '@jax-js/jax',
];

/** The machine, and the versions of what is installed here, as a list. */
export function describeMachine(): string {
  const processors = cpus();
  const [model] = processors.map((processor) => processor.model.trim());
  const installed = packages.map((name) => `${name} ${installedVersion(name)}`);
  return [
    `- ${new Date().toISOString().slice(0, 10)}, ${model}, ${processors.length} cores, ${process.platform} ${process.arch}`,
    `- Node ${process.version}, ${installed.join(', ')}`,
    `- load of the machine at the start: ${loadavg()[0]!.toFixed(1)}`,
  ].join('\n');
}

function installedVersion(name: string): string {
  try {
    const file = new URL(`../../node_modules/${name}/package.json`, import.meta.url);
    return JSON.parse(readFileSync(file, 'utf8')).version;
  } catch {
    return 'not installed';
  }
}
