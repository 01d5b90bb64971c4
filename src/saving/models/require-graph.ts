import { refuseFile } from '../../internal/file-fault.js';

interface SavedLayer {
  readonly name?: unknown;
  readonly config?: { readonly name?: unknown } | null;
  readonly inbound_nodes?: unknown;
}

/**
 * Refuses networks whose layers take what no layer gives, or what hangs on themselves: tfjs would look for it without end. So
 * are layers of one name, or of two names, and what tfjs reads in another spelling than it writes.
 *
 * @param value - JSON that is known to be shallow; networks may stand anywhere in it.
 */
export function requireGraph(value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  for (const name of Object.keys(value)) requireSpelling(name);
  const { layers } = value as { readonly layers?: unknown };
  if (Array.isArray(layers)) requireOrder(layers);
  for (const each of Object.values(value)) requireGraph(each);
}

// tfjs takes `className`, `class__name` and others for `class_name`: what was looked at must be what is built.
function requireSpelling(name: string): void {
  const read = name.replace(/_+(\w|$)/g, (_, letter: string) => letter.toUpperCase());
  const written: Readonly<Record<string, string>> = {
    ...{ className: 'class_name', inboundNodes: 'inbound_nodes', layers: 'layers', config: 'config', name: 'name' },
  };
  if (Object.hasOwn(written, read) && written[read] !== name)
    refuseFile(`hold '${written[read]}' as it is written`, name);
}

function requireNames(layers: readonly (SavedLayer | null)[]): void {
  const names = new Set<unknown>();
  for (const layer of layers) {
    if (!Array.isArray(layer?.inbound_nodes)) continue;
    const isOne = typeof layer.name === 'string' && layer.config?.name === layer.name && !names.has(layer.name);
    if (!isOne) refuseFile('hold layers of one name each, and of different ones', layer.name);
    names.add(layer.name);
  }
}

// Each pass makes the nodes whose inputs are there; a pass that makes none never will.
function requireOrder(layers: readonly (SavedLayer | null)[]): void {
  requireNames(layers);
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
  const isThere = (input: unknown) =>
    Array.isArray(input) && Number.isInteger(input[1]) && input[1] >= 0 && (made.get(input[0]) ?? 0) > input[1];
  return Array.isArray(node) && node.every(isThere);
}
