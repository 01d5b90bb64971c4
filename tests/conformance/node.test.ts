import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import { describe, test } from 'vitest';
import { conformanceChecks } from './cases.js';

// webgl and webgpu run the same table in a browser: npm run test:browser.
describe.each(['cpu', 'wasm'])('on %s', (backend) => {
  for (const { name, run } of conformanceChecks) test(name, () => run(backend), 300_000);
});
