/**
 * Softmax over keys of `scale` times the scores of a block of queries, in place: row `i` has those of query `first + i`, to whom
 * the keys behind it are nothing.
 */
export function softmaxRows(memory: Float32Array, block: number, first: number, end: number, scale: number): void {
  for (let query = first; query < end; query += 1) {
    const start = block + (query - first) * end;
    let highest = Number.NEGATIVE_INFINITY;
    for (let at = start; at <= start + query; at += 1) if (memory[at]! > highest) highest = memory[at]!;
    let sum = 0;
    for (let at = start; at <= start + query; at += 1) {
      const share = Math.exp(scale * (memory[at]! - highest));
      memory[at] = share;
      sum += share;
    }
    const factor = 1 / sum;
    for (let at = start; at <= start + query; at += 1) memory[at] = memory[at]! * factor;
    for (let at = start + query + 1; at < start + end; at += 1) memory[at] = 0;
  }
}

/** In place of the slopes of shares: `slope = scale * share * (slope - sum over keys of share * slope)`. */
export function softmaxGradient(
  memory: Float32Array,
  block: number,
  slopes: number,
  first: number,
  end: number,
  scale: number,
): void {
  for (let query = first; query < end; query += 1) {
    const [from, to] = [block + (query - first) * end, slopes + (query - first) * end];
    let mean = 0;
    for (let key = 0; key <= query; key += 1) mean += memory[from + key]! * memory[to + key]!;
    for (let key = 0; key <= query; key += 1) {
      memory[to + key] = scale * memory[from + key]! * (memory[to + key]! - mean);
    }
    for (let key = query + 1; key < end; key += 1) memory[to + key] = 0;
  }
}
