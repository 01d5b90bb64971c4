import { createRequire } from 'node:module';

/**
 * Gives Node a `navigator.gpu`, from the npm package `webgpu` (Dawn; 132 MB, so it is installed for this alone and never a
 * dependency: `npm install --no-save webgpu`). Needs a Vulkan loader and a driver. Returns the adapter's name.
 */
export async function provideWebgpu(): Promise<string> {
  const require = createRequire(import.meta.url);
  const { create, globals } = require(process.env.DAWN ?? 'webgpu');
  Object.assign(globalThis, globals);
  const gpu = create(['backend=vulkan']);
  Object.defineProperty(globalThis, 'navigator', { value: { gpu }, configurable: true });
  const adapter = await gpu.requestAdapter();
  if (!adapter) throw new Error('No WebGPU adapter: is there a Vulkan driver, and is VK_ICD_FILENAMES set for it?');
  return `${adapter.info.vendor} ${adapter.info.architecture} ${adapter.info.description}`;
}
