type Scores = Float32Array | Float64Array;

/**
 * Positions of the highest scores, best first; of equal scores the earlier position comes first. A heap of `count` places
 * is kept, nothing is sorted but what comes out.
 *
 * @param accepts - Asked only about positions whose score would make the list as it stands.
 * @returns At most `count` positions; fewer where fewer are accepted. Scores of minus infinity are never taken.
 * @throws RangeError when a score is NaN.
 */
export function selectTop(
  where: string,
  scores: Scores,
  count: number,
  accepts: (position: number) => boolean,
): Int32Array {
  const heap = new Int32Array(count);
  let size = 0;
  for (let position = 0; position < scores.length; position += 1) {
    const score = scores[position]!;
    if (Number.isNaN(score))
      throw new RangeError(`${where}: scores must be numbers, received NaN at position ${position}.`);
    // Positions rise, so one that only equals the worst of a full list stays outside.
    if (score === Number.NEGATIVE_INFINITY || (size === count && !(score > scores[heap[0]!]!))) continue;
    if (!accepts(position)) continue;
    if (size < count) {
      heap[size] = position;
      size += 1;
      rise(scores, heap, size - 1);
    } else {
      heap[0] = position;
      sink(scores, heap, size);
    }
  }
  return heap.subarray(0, size).sort((a, b) => scores[b]! - scores[a]! || a - b);
}

// The worst of the list stands at the root: the lowest score, of equal ones the latest position.
function isWorse(scores: Scores, a: number, b: number): boolean {
  const difference = scores[a]! - scores[b]!;
  return difference < 0 || (difference === 0 && a > b);
}

function rise(scores: Scores, heap: Int32Array, start: number): void {
  for (let at = start; at > 0; ) {
    const parent = (at - 1) >> 1;
    if (!isWorse(scores, heap[at]!, heap[parent]!)) return;
    swap(heap, at, parent);
    at = parent;
  }
}

function sink(scores: Scores, heap: Int32Array, size: number): void {
  for (let at = 0; ; ) {
    let worst = at;
    for (let child = 2 * at + 1; child <= 2 * at + 2; child += 1) {
      if (child < size && isWorse(scores, heap[child]!, heap[worst]!)) worst = child;
    }
    if (worst === at) return;
    swap(heap, at, worst);
    at = worst;
  }
}

function swap(heap: Int32Array, a: number, b: number): void {
  const kept = heap[a]!;
  heap[a] = heap[b]!;
  heap[b] = kept;
}
