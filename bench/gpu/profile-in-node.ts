import { provideWebgpu } from '../../tests/support/webgpu-in-node.js';
import type { StepProfile } from './profile-steps.js';

/** Profiles on Dawn in Node, where it is. */
export async function profileInNode(
  rows: readonly string[],
): Promise<{ missing: string } | { adapter: string; profiles: StepProfile[] }> {
  const found = await provideWebgpu();
  if ('missing' in found) return found;
  // After navigator.gpu is there: the backend registers itself on import, if it finds one.
  const { profileSteps } = await import('./profile-steps.js');
  return { ...found, profiles: await profileSteps(rows) };
}
