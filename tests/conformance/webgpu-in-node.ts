// The conformance table on WebGPU in Node, where an adapter exists: npm run test:webgpu
import { provideWebgpu } from '../support/webgpu-in-node.js';

const found = await provideWebgpu();
if ('missing' in found) console.log(`webgpu in Node: skipped, ${found.missing}`);
else process.exitCode = await runTable(found.adapter);
// Dawn keeps the process alive.
process.exit();

async function runTable(adapter: string): Promise<number> {
  // After navigator.gpu is there: the backend registers itself on import, if it finds one.
  await import('@tensorflow/tfjs-backend-cpu');
  await import('@tensorflow/tfjs-backend-webgpu');
  const { conformanceChecks } = await import('./cases.js');
  let failed = 0;
  for (const { name, run } of conformanceChecks) {
    await run('webgpu').catch((error) => {
      failed += 1;
      console.log(`  ${name}: ${error instanceof Error ? error.message : error}`);
    });
  }
  console.log(`webgpu in Node: ${conformanceChecks.length - failed} passed, ${failed} failed, adapter ${adapter}`);
  return failed > 0 ? 1 : 0;
}
