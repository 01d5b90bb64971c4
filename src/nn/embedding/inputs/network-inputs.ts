/** Rows of the network's blocks: one for each row of the batch, or one for each distinct user, item, country … in it. */
export interface Domain {
  /** How many rows blocks of this domain have. */
  readonly count: number;
  /** For each row of the batch its row here; missing in the domain of the batch's own rows. */
  readonly slots?: Int32Array;
}

/** A domain of indices of a categorical feature. */
export interface KeyedDomain extends Domain {
  readonly slots: Int32Array;
  /** `[count]`: the indices. */
  readonly keys: Int32Array;
  /** Whether no index comes twice. */
  readonly isDistinct: boolean;
}

/** Indices of an embedding table, one for each row of the domain. */
export interface RowsLeaf {
  readonly kind: 'rows';
  readonly indices: Int32Array;
  /** Whether no index comes twice. */
  readonly isDistinct: boolean;
}

/** Bags of indices: the mean of the rows of an embedding table that each names. */
export interface BagsLeaf {
  readonly kind: 'bags';
  /** `[count + 1]`. */
  readonly offsets: Uint32Array;
  readonly indices: Int32Array;
}

/** Numbers, row-major. */
export interface NumbersLeaf {
  readonly kind: 'numbers';
  readonly values: Float32Array;
}

/** What enters at one leaf. */
export type LeafInput = RowsLeaf | BagsLeaf | NumbersLeaf;

/** A batch as the network takes it. */
export interface NetworkInputs {
  /** Rows of the batch. */
  readonly count: number;
  /** Domains by name; the batch's own is `'row'`. */
  readonly domains: Readonly<Record<string, Domain>>;
  /** The domain of each node's rows. */
  readonly domainOf: readonly string[];
  /** By the places of leaves among the nodes. */
  readonly leaves: readonly (LeafInput | undefined)[];
  /** Set when the batch is every one of some users with every one of some items, items changing fastest. */
  readonly isGrid: boolean;
}

/** The domain of the batch's own rows. */
export const rowDomain = 'row';
