/** One linear map with what follows it. Places count numbers from the start of the network's parameters. */
export interface DenseMap {
  readonly inputs: number;
  readonly outputs: number;
  /** Whether relu follows. */
  readonly isRelu: boolean;
  /** Where the weights `[inputs, outputs]` begin. */
  readonly weights: number;
  /** Where the bias `[outputs]` begins. */
  readonly bias: number;
}

/** The maps of a network of dense layers: a trunk, then one stream, or two for a dueling network. */
export interface DensePlan {
  readonly inputs: number;
  readonly outputs: number;
  readonly trunk: readonly DenseMap[];
  /** `[head]`, or for a dueling network `[value, advantage]`. */
  readonly streams: readonly (readonly DenseMap[])[];
  /** How many numbers all weights and biases are. */
  readonly parameters: number;
}

/** What a network of dense layers is made of. */
export interface DenseShape {
  readonly inputs: number;
  readonly outputs: number;
  readonly hidden: readonly number[];
  /** Splits the last hidden layer into a stream for the value and one for the advantages. */
  readonly dueling: boolean;
}

/** Lays the parameters of a network out, layer by layer. */
export function planDense({ inputs, outputs, hidden, dueling }: DenseShape): DensePlan {
  let parameters = 0;
  const chain = (from: number, sizes: readonly number[], isLastLinear: boolean): DenseMap[] =>
    sizes.map((size, index) => {
      const before = index === 0 ? from : sizes[index - 1]!;
      const weights = parameters;
      const bias = weights + before * size;
      parameters = bias + size;
      return { inputs: before, outputs: size, isRelu: !(isLastLinear && index === sizes.length - 1), weights, bias };
    });
  const split = dueling ? hidden.slice(-1) : [];
  const common = hidden.slice(0, hidden.length - split.length);
  const trunk = chain(inputs, common, false);
  const from = common.at(-1) ?? inputs;
  const streams = (dueling ? [1, outputs] : [outputs]).map((size) => chain(from, [...split, size], true));
  return { inputs, outputs, trunk, streams, parameters };
}

/** All maps in the order of their parameters. */
export function mapsOf({ trunk, streams }: DensePlan): DenseMap[] {
  return [...trunk, ...streams.flat()];
}
