import type { DenseNode, Network, NetworkNode } from './network.js';

/** What a dense operation is made of, besides its inputs. */
export type DenseSettings = Pick<DenseNode, 'activation' | 'dropout' | 'size'>;

/** Puts a network together. Each method returns the place of what it added. */
export interface NetworkBuilder {
  leaf(feature: string, size: number, table?: string): number;
  dense(name: string, inputs: readonly number[], settings: DenseSettings): number;
  product(left: number, right: number): number;
  dot(left: number, right: number): number;
  sum(inputs: readonly number[], bias?: string): number;
  /** The network whose output is what was added last. */
  finish(): Network;
}

/** Starts an empty network. */
export function createNetworkBuilder(): NetworkBuilder {
  const nodes: NetworkNode[] = [];
  const weights: Record<string, readonly number[]> = {};
  const add = (node: NetworkNode): number => nodes.push(node) - 1;
  const sizeOf = (place: number) => nodes[place]!.size;
  return {
    leaf: (feature, size, table) => add({ op: 'leaf', feature, size, ...(table === undefined ? {} : { table }) }),
    dense: (name, inputs, settings) => {
      const [kernel, bias] = [`${name}/kernel`, `${name}/bias`];
      weights[kernel] = [inputs.reduce((sum, input) => sum + sizeOf(input), 0), settings.size];
      weights[bias] = [settings.size];
      return add({ op: 'dense', inputs, kernel, bias, ...settings });
    },
    product: (left, right) => add({ op: 'product', inputs: [left, right], size: sizeOf(left) }),
    dot: (left, right) => add({ op: 'dot', inputs: [left, right], size: 1 }),
    sum: (inputs, bias) => {
      if (bias !== undefined) weights[bias] = [sizeOf(inputs[0]!)];
      return add({ op: 'sum', inputs, size: sizeOf(inputs[0]!), ...(bias === undefined ? {} : { bias }) });
    },
    finish: () => ({ nodes, weights }),
  };
}
