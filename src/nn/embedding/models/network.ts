/**
 * How a model computes its output: operations in order, the last of one column being the output. A `leaf` is a block of
 * numbers that enters: embeddings of a feature, or its numbers; `dense` is `activation([inputs side by side] * kernel + bias)`,
 * with dropout behind it in training; `product` multiplies two blocks number by number; `dot` is the dot product of two
 * blocks' rows; `sum` adds blocks of one size, and a bias where there is one.
 */
export interface Network {
  /** The operations, each after its inputs. */
  readonly nodes: readonly (
    | {
        /** Tells the operations apart. */
        readonly op: 'leaf';
        /** Name of the feature. */
        readonly feature: string;
        /** Name of the embedding table. By default none: the feature is numbers. */
        readonly table?: string;
        /** Columns. */
        readonly size: number;
      }
    | {
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
    | {
        /** Tells the operations apart. */
        readonly op: 'product';
        /** Places of its inputs. */
        readonly inputs: readonly [number, number];
        /** Columns. */
        readonly size: number;
      }
    | {
        /** Tells the operations apart. */
        readonly op: 'dot';
        /** Places of its inputs. */
        readonly inputs: readonly [number, number];
        /** One column. */
        readonly size: 1;
      }
    | {
        /** Tells the operations apart. */
        readonly op: 'sum';
        /** Places of its inputs. */
        readonly inputs: readonly number[];
        /** Name of weights `[size]` that are added. By default none. */
        readonly bias?: string;
        /** Columns. */
        readonly size: number;
      }
  )[];
  /** Shapes of the dense weights by name. */
  readonly weights: Readonly<Record<string, readonly number[]>>;
}

/** One operation of a network; its inputs stand before it. */
export type NetworkNode = Network['nodes'][number];

/** A block of numbers that enters the network: embeddings of a feature, or its numbers. */
export type LeafNode = Extract<NetworkNode, { readonly op: 'leaf' }>;

/** `activation([inputs side by side] * kernel + bias)`, with dropout behind it in training. */
export type DenseNode = Extract<NetworkNode, { readonly op: 'dense' }>;

/** Two blocks multiplied number by number. */
export type ProductNode = Extract<NetworkNode, { readonly op: 'product' }>;

/** The dot product of two blocks' rows. */
export type DotNode = Extract<NetworkNode, { readonly op: 'dot' }>;

/** The sum of blocks of one size, and a bias where there is one. */
export type SumNode = Extract<NetworkNode, { readonly op: 'sum' }>;
