import type { RandomGenerator } from 'pure-rand/types/RandomGenerator';

/** Layers of equal area under the normal curve: Marsaglia and Tsang's 128, with their edge of the tail and area. */
const layers = 128;
const tailEdge = 3.442619855899;
const area = 9.91256303526217e-3;
const scale = 2 ** 24;

interface Ziggurat {
  /** Width of each layer over 2^24. */
  readonly widths: Float64Array;
  /** Below this, a number of 24 bits lies under the curve for certain. */
  readonly inside: Int32Array;
  /** Height of the curve at the edge of each layer. */
  readonly heights: Float64Array;
}

let ziggurat: Ziggurat | undefined;

/**
 * Fills `out` with standard normal numbers by the ziggurat method: nearly always one word of the generator for each.
 *
 * A word's top 7 bits choose the layer and the other 25 the place in it, so that the two do not depend on each other.
 *
 * @param generator - Gives words of 32 bits, as signed integers, which V8 keeps out of the heap.
 * @see Marsaglia and Tsang, "The Ziggurat Method for Generating Random Variables" (2000)
 */
export function fillNormal(generator: RandomGenerator, out: Float32Array): Float32Array {
  ziggurat ??= makeZiggurat();
  const { widths, inside } = ziggurat;
  for (let index = 0; index < out.length; index += 1) {
    const word = generator.next();
    const layer = word >>> 25;
    const place = (word & 0x1ffffff) - scale;
    out[index] =
      Math.abs(place) < inside[layer]! ? place * widths[layer]! : atTheEdge(generator, ziggurat, layer, place);
  }
  return out;
}

// The word fell beside the part of its layer that lies under the curve as a whole: about one in a hundred.
function atTheEdge(
  generator: RandomGenerator,
  { widths, inside, heights }: Ziggurat,
  layer: number,
  place: number,
): number {
  const uniform = () => ((generator.next() >>> 0) + 0.5) / 2 ** 32;
  let [at, toward] = [layer, place];
  while (Math.abs(toward) >= inside[at]!) {
    const x = toward * widths[at]!;
    if (at === 0) return Math.sign(toward) * tail(uniform);
    const [low, high] = [heights[at]!, heights[at - 1]!];
    if (low + uniform() * (high - low) < Math.exp(-0.5 * x * x)) return x;
    const word = generator.next();
    at = word >>> 25;
    toward = (word & 0x1ffffff) - scale;
  }
  return toward * widths[at]!;
}

// Marsaglia's method for a normal number beyond the last edge.
function tail(uniform: () => number): number {
  for (;;) {
    const x = -Math.log(uniform()) / tailEdge;
    const y = -Math.log(uniform());
    if (2 * y > x * x) return tailEdge + x;
  }
}

// Layer 0 is the base with the tail; from the last layer up to layer 1 the edges move in and the heights up.
function makeZiggurat(): Ziggurat {
  const curve = (x: number) => Math.exp(-0.5 * x * x);
  const widths = new Float64Array(layers);
  const inside = new Int32Array(layers);
  const heights = new Float64Array(layers);
  const base = area / curve(tailEdge);
  let edge = tailEdge;
  widths[0] = base / scale;
  inside[0] = Math.floor((tailEdge / base) * scale);
  heights[0] = 1;
  for (let layer = layers - 1; layer >= 1; layer -= 1) {
    widths[layer] = edge / scale;
    heights[layer] = curve(edge);
    // The edge of the layer above: its height is more by the area of one layer over this layer's width.
    const next = layer === 1 ? 0 : Math.sqrt(-2 * Math.log(area / edge + curve(edge)));
    inside[layer] = Math.floor((next / edge) * scale);
    edge = next;
  }
  return { widths, inside, heights };
}
