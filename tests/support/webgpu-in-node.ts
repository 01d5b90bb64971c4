import { createRequire } from 'node:module';

/**
 * Gives Node a `navigator.gpu`, from the npm package `webgpu` (Dawn). It weighs 132 MB, so nothing depends on it:
 * `npm install --no-save webgpu`, or its `dawn.node` file named by the environment variable DAWN.
 *
 * @returns The adapter's name, or why there is none.
 */
export async function provideWebgpu(): Promise<{ adapter: string } | { missing: string }> {
  const dawn = loadDawn();
  if (!dawn) return { missing: 'the package `webgpu` is not installed (npm install --no-save webgpu)' };
  Object.assign(globalThis, dawn.globals);
  const gpu = dawn.create(['backend=vulkan']);
  const adapter = await gpu.requestAdapter();
  if (!adapter) return { missing: 'no adapter: is there a Vulkan driver, and does VK_ICD_FILENAMES name it?' };
  Object.defineProperty(globalThis, 'navigator', { value: { gpu }, configurable: true });
  const { vendor, architecture, description } = adapter.info;
  return { adapter: `${vendor} ${architecture} ${description}` };
}

interface Dawn {
  readonly globals: object;
  create(flags: string[]): { requestAdapter(): Promise<Adapter | null> };
}

interface Adapter {
  readonly info: { readonly vendor: string; readonly architecture: string; readonly description: string };
}

function loadDawn(): Dawn | undefined {
  try {
    return createRequire(import.meta.url)(process.env.DAWN ?? 'webgpu') as Dawn;
  } catch (error) {
    if ((error as { code?: string }).code === 'MODULE_NOT_FOUND') return undefined;
    throw error;
  }
}
