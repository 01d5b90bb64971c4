/**
 * The routines in assembly/, which say what each argument is. Arguments called after data are places in memory.
 *
 * They run in the memory of tfjs's wasm backend: no routine allocates, and none keeps anything between calls.
 */
export interface KernelRoutines {
  activate(
    values: number,
    rows: number,
    columns: number,
    bias: number,
    activation: number,
    alpha: number,
    output: number,
  ): void;
  adam(
    value: number,
    m: number,
    v: number,
    gradient: number,
    next: number,
    nextM: number,
    nextV: number,
    count: number,
    rate: number,
    beta1: number,
    rest1: number,
    beta2: number,
    rest2: number,
    epsilon: number,
    correction1: number,
    correction2: number,
  ): void;
  adamRows(
    values: number,
    m: number,
    v: number,
    gradient: number,
    ids: number,
    rows: number,
    rowSize: number,
    rate: number,
    beta1: number,
    rest1: number,
    beta2: number,
    rest2: number,
    correction: number,
    epsilon: number,
    regularization: number,
  ): number;
  catchUpRows(values: number, m: number, v: number, ids: number, factors: number, rows: number, rowSize: number): void;
  addScaledRows(
    values: number,
    valueIds: number,
    scales: number,
    rows: number,
    rowSize: number,
    sums: number,
    sumIds: number,
  ): void;
  addTakenRows(source: number, rowSize: number, ids: number, count: number, target: number): void;
  addRows(values: number, ids: number, sums: number, rows: number, rowSize: number, segments: number): void;
  batchNorm(
    values: number,
    rows: number,
    columns: number,
    mean: number,
    variance: number,
    scale: number,
    offset: number,
    epsilon: number,
    factors: number,
    output: number,
  ): void;
  convolutionInputGradient(
    outputGradient: number,
    filter: number,
    gradient: number,
    lines: number,
    chunk: number,
    columns: number,
    scratch: number,
  ): void;
  depthwiseGradient(toFilter: number, images: number, filter: number, output: number, lines: number): void;
  dotRows(
    left: number,
    leftIds: number,
    right: number,
    rightIds: number,
    rows: number,
    rowSize: number,
    output: number,
  ): void;
  geometryScratch(channels: number): number;
  keepPositive(values: number, gates: number, count: number): void;
  multiply(
    kind: number,
    left: number,
    leftRowBytes: number,
    leftStepBytes: number,
    right: number,
    rightStepBytes: number,
    rightColumnBytes: number,
    output: number,
    outputRowBytes: number,
    firstRow: number,
    rows: number,
    depth: number,
    columns: number,
    scratch: number,
    accumulate?: number,
  ): void;
  multiplyNumbers(first: number, second: number, count: number, output: number): void;
  multiplyScratch(rows: number, depth: number): number;
  rectify(upstream: number, x: number, count: number, alpha: number, output: number): void;
  repeatBlocks(source: number, blocks: number, count: number, times: number, target: number): void;
  setGeometry(
    inHeight: number,
    inWidth: number,
    inChannels: number,
    outHeight: number,
    outWidth: number,
    outChannels: number,
    filterHeight: number,
    filterWidth: number,
    strideHeight: number,
    strideWidth: number,
    dilationHeight: number,
    dilationWidth: number,
    padTop: number,
    padLeft: number,
    scratch: number,
  ): void;
  sumRows(
    values: number,
    outer: number,
    rows: number,
    inner: number,
    rowSize: number,
    sums: number,
    divisor: number,
  ): void;
  takeRows(
    tables: number,
    outer: number,
    tableRows: number,
    rowSize: number,
    ids: number,
    count: number,
    output: number,
  ): void;
  topScores(
    queries: number,
    rows: number,
    items: number,
    itemCount: number,
    size: number,
    bias: number,
    count: number,
    bestScores: number,
    bestItems: number,
    scratch: number,
  ): void;
  topScoresScratch(queries: number, size: number): number;
}
