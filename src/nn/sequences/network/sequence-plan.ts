/** What a network of self-attention over sequences is made of. */
export interface SequenceShape {
  /** Numbers of each position's vector, D. */
  readonly embeddingSize: number;
  /** Blocks of attention and dense layers, one behind the other. */
  readonly blocks: number;
  /** Heads of each attention, which share D among them. */
  readonly heads: number;
  /** Most positions of a sequence, L. */
  readonly maxLength: number;
}

/** Where a linear map's weights `[inputs, outputs]` and its bias begin. Places count numbers from the start of all parameters. */
export interface MapPlaces {
  readonly weights: number;
  readonly bias: number;
}

/** Where the two vectors `[D]` of a layer normalisation begin. */
export interface NormPlaces {
  readonly scale: number;
  readonly offset: number;
}

/** Where the parameters of one block begin. Those of queries, keys and values have a map `[D, D / heads]` for each head. */
export interface BlockPlaces {
  readonly attentionNorm: NormPlaces;
  readonly queries: readonly MapPlaces[];
  readonly keys: readonly MapPlaces[];
  readonly values: readonly MapPlaces[];
  readonly denseNorm: NormPlaces;
  readonly inner: MapPlaces;
  readonly outer: MapPlaces;
}

/** Parameters with a name of their own. */
interface NamedPart {
  readonly name: string;
  readonly start: number;
  /** Rows and columns; a vector has one row. */
  readonly shape: readonly [number, number];
}

/** How the parameters of a network lie one behind the other. The vectors of items are a table of its own. */
export interface SequencePlan extends SequenceShape {
  /** Numbers of one head. */
  readonly headSize: number;
  /** Where the vectors of positions `[L, D]` begin; the last one is that of the latest item. */
  readonly positions: number;
  readonly blockPlaces: readonly BlockPlaces[];
  /** The normalisation behind the last block. */
  readonly lastNorm: NormPlaces;
  /** How many numbers there are. */
  readonly parameters: number;
  /** All of them by name, in their order. */
  readonly parts: readonly NamedPart[];
}

/** Lays the parameters of a network out. */
export function planSequence(shape: SequenceShape): SequencePlan {
  const { embeddingSize: size, blocks, heads, maxLength } = shape;
  const headSize = size / heads;
  const parts: NamedPart[] = [];
  let parameters = 0;
  const take = (name: string, rows: number, columns: number): number => {
    const start = parameters;
    parts.push({ name, start, shape: [rows, columns] });
    parameters += rows * columns;
    return start;
  };
  const norm = (name: string): NormPlaces => ({
    scale: take(`${name}/scale`, 1, size),
    offset: take(`${name}/offset`, 1, size),
  });
  const map = (name: string, outputs: number): MapPlaces => ({
    weights: take(`${name}/weights`, size, outputs),
    bias: take(`${name}/bias`, 1, outputs),
  });
  const perHead = (name: string) => Array.from({ length: heads }, (_, head) => map(`${name}/${head}`, headSize));
  const positions = take('positions', maxLength, size);
  const blockPlaces = Array.from({ length: blocks }, (_, block): BlockPlaces => {
    const name = `block${block}`;
    return {
      attentionNorm: norm(`${name}/attentionNorm`),
      queries: perHead(`${name}/queries`),
      keys: perHead(`${name}/keys`),
      values: perHead(`${name}/values`),
      denseNorm: norm(`${name}/denseNorm`),
      inner: map(`${name}/inner`, size),
      outer: map(`${name}/outer`, size),
    };
  });
  return { ...shape, headSize, positions, blockPlaces, lastNorm: norm('lastNorm'), parameters, parts };
}
