// What a step of rows A, B and D asks of WebGPU: dispatches by kernel, submissions, reads. In Chromium, and in Node where
// Dawn's package is:
//   npx tsx bench/gpu/dispatches.ts            # or rows: A B D
//   npm install --no-save webgpu               # for Node; or DAWN=path/to/dawn.node
import { profileInChromium } from './profile-in-chromium.js';
import { profileInNode } from './profile-in-node.js';
import type { StepProfile } from './profile-steps.js';

const given = process.argv.slice(2);
const rows = given.length > 0 ? given : ['A', 'B', 'D'];

for (const [host, profile] of [
  ['Chromium', profileInChromium],
  ['Node', profileInNode],
] as const) {
  const found = await profile(rows);
  if ('missing' in found) console.log(`### ${host}: skipped, ${found.missing}\n`);
  else print(host, found.adapter, found.profiles);
}
process.exit();

function print(host: string, adapter: string, profiles: readonly StepProfile[]): void {
  console.log(`### ${host}, adapter ${adapter}\n`);
  for (const { row, reportEvery, dispatches, others } of profiles) {
    const total = dispatches.reduce((sum, [, count]) => sum + count, 0);
    console.log(`${row}, a report every ${reportEvery}: ${total} dispatches a step`);
    console.log(`  ${shown(others)}`);
    console.log(`  ${shown(dispatches)}\n`);
  }
}

function shown(counts: readonly (readonly [string, number])[]): string {
  return counts.map(([name, count]) => `${name} ${Number(count.toFixed(2))}`).join(', ');
}
