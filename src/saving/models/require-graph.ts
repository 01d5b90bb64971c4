import { refuseFile } from '../../internal/file-fault.js';

interface SavedLayer {
  readonly name?: unknown;
  readonly inbound_nodes?: unknown;
}

/**
 * Refuses networks whose layers take what no layer gives, or what hangs on themselves: tfjs would look for it without end.
 *
 * @param value - JSON that is known to be shallow; networks may stand anywhere in it.
 */
export function requireGraph(value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  const { layers } = value as { readonly layers?: unknown };
  if (Array.isArray(layers)) requireOrder(layers);
  for (const each of Object.values(value)) requireGraph(each);
}

// Each pass makes the nodes whose inputs are there; a pass that makes none never will.
function requireOrder(layers: readonly (SavedLayer | null)[]): void {
  const made = new Map<unknown, number>();
  let waiting = layers.filter((layer) => Array.isArray(layer?.inbound_nodes)) as {
    name: unknown;
    inbound_nodes: unknown[];
  }[];
  while (waiting.length > 0) {
    let isStuck = true;
    for (const { name, inbound_nodes: nodes } of waiting) {
      let count = made.get(name) ?? 0;
      for (; count < nodes.length && isReady(nodes[count], made); count += 1) isStuck = false;
      made.set(name, nodes.length === 0 ? 1 : count);
    }
    const left = waiting.filter(({ name, inbound_nodes: nodes }) => made.get(name)! < nodes.length);
    if (isStuck && left.length > 0) refuseFile('hold layers that take what others give', left[0]!.name);
    waiting = left;
  }
}

function isReady(node: unknown, made: ReadonlyMap<unknown, number>): boolean {
  const isThere = (input: unknown) => Array.isArray(input) && (made.get(input[0]) ?? 0) > input[1];
  return Array.isArray(node) && node.every(isThere);
}
