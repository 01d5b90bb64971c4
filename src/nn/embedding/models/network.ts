/** A block of numbers that enters the network: embeddings of a feature, or its numbers. */
export interface LeafNode {
  /** Tells the operations apart. */
  readonly op: 'leaf';
  /** Name of the feature. */
  readonly feature: string;
  /** Name of the embedding table. By default none: the feature is numbers. */
  readonly table?: string;
  /** Columns. */
  readonly size: number;
}

/** `activation([inputs side by side] * kernel + bias)`, with dropout behind it in training. */
export interface DenseNode {
  /** Tells the operations apart. */
  readonly op: 'dense';
  /** Places of its inputs in the list of nodes. */
  readonly inputs: readonly number[];
  /** Name of the weights `[columns of all inputs, size]`. */
  readonly kernel: string;
  /** Name of the weights `[size]`. */
  readonly bias: string;
  /** What follows the product. */
  readonly activation: 'relu' | 'linear';
  /** Share of its outputs that training drops, in [0, 1). */
  readonly dropout: number;
  /** Columns. */
  readonly size: number;
}

/** Two blocks multiplied number by number. */
export interface ProductNode {
  /** Tells the operations apart. */
  readonly op: 'product';
  /** Places of its inputs. */
  readonly inputs: readonly [number, number];
  /** Columns. */
  readonly size: number;
}

/** The dot product of two blocks' rows. */
export interface DotNode {
  /** Tells the operations apart. */
  readonly op: 'dot';
  /** Places of its inputs. */
  readonly inputs: readonly [number, number];
  /** One column. */
  readonly size: 1;
}

/** The sum of blocks of one size, and a bias where there is one. */
export interface SumNode {
  /** Tells the operations apart. */
  readonly op: 'sum';
  /** Places of its inputs. */
  readonly inputs: readonly number[];
  /** Name of weights `[size]` that are added. By default none. */
  readonly bias?: string;
  /** Columns. */
  readonly size: number;
}

/** One operation of a network; its inputs stand before it. */
export type NetworkNode = LeafNode | DenseNode | ProductNode | DotNode | SumNode;

/** How a model computes its output: operations in order, the last of one column being the output. */
export interface Network {
  /** The operations, each after its inputs. */
  readonly nodes: readonly NetworkNode[];
  /** Shapes of the dense weights by name. */
  readonly weights: Readonly<Record<string, readonly number[]>>;
}

/** Columns of the inputs of a node, in their order. */
export function inputSizes({ nodes }: Network, inputs: readonly number[]): number[] {
  return inputs.map((input) => nodes[input]!.size);
}
