import { refuseFile } from '../../internal/file-fault.js';
import type { Document } from '../../saving/document/document.js';
import { type Reader, tensorOf } from '../../saving/document/reader.js';
import { furthest, requireReach } from '../../saving/models/require-reach.js';
import { headRules } from '../global/forecast-heads.js';
import {
  type CodingCodes,
  type CodingPart,
  farthest,
  type NetworkCoding,
  partFunctions,
} from '../global/network-inputs.js';
import { type FeatureKind, featureKinds } from '../global/sales-features.js';
import type { LearnedGround } from '../learned/learned-ground.js';
import type { SavedForecastMethod } from '../learned/learned-method.js';
import { type NetworkWeights, networksMethod } from '../learned/learned-networks.js';

const largest = 2 ** 31;

/** Reads networks of all products. Their numbers are finite as all of a file; what they say must be so too. */
export async function readNetworks(
  file: Document,
  ground: LearnedGround,
  pause: () => Promise<void>,
): Promise<SavedForecastMethod> {
  const part = file.description.part('model');
  const head = part.text('head');
  if (head !== 'negativeBinomial' && head !== 'quantiles') refuseFile('hold a head that is known', head);
  const hidden = part.wholes('hidden');
  if (hidden.some((units) => units < 1)) refuseFile('hold layers of one unit or more', [...hidden]);
  const embeddingSize = part.whole('embeddingSize', 1, largest);
  const coding = readCoding(part.part('coding'), ground);
  const shapes = shapesOf(coding, hidden, embeddingSize, headRules(head).outputs);
  const weights: NetworkWeights[] = [];
  for (let network = 0; network < part.whole('networks', 1, largest); network += 1) {
    await pause();
    const own: Record<string, NetworkWeights[string]> = {};
    for (const [name, shape] of Object.entries(shapes)) {
      own[name] = { shape, values: tensorOf(file, `network/${network}/${name}`, Float32Array, shape) };
    }
    await requireReach(reachOf(own), layersOf(own), pause);
    weights.push(own);
  }
  return networksMethod({ ground, head, coding, hidden, embeddingSize, weights });
}

function readCoding(part: Reader, { products, horizon, known }: LearnedGround): NetworkCoding {
  const kinds = featureKinds(known);
  const parts = part.parts('parts').map((each) => readPart(each, kinds));
  if (parts.length === 0) refuseFile('hold numbers of rows', 'none');
  const codes = part.parts('codes').map((each) => readCodes(each, kinds));
  if (new Set(codes.map(({ name }) => name)).size < codes.length) refuseFile('hold each code once', codes.length);
  return {
    products: part.whole('products', products.size, products.size),
    steps: part.whole('steps', horizon, horizon),
    parts,
    codes,
  };
}

function readPart(part: Reader, kinds: readonly FeatureKind[]): CodingPart {
  const [of, deviation] = [part.text('of'), part.number('deviation')];
  if (!isPart(of))
    refuseFile(`hold numbers that are made in a known way (${Object.keys(partFunctions).join(', ')})`, of);
  if (!(deviation > 0)) refuseFile('hold deviations above 0', deviation);
  return { column: part.whole('column', 0, kinds.length - 1), of, centre: part.number('centre'), deviation };
}

// Of what has no codes, places in an embedding could be anything.
function readCodes(part: Reader, kinds: readonly FeatureKind[]): CodingCodes {
  const column = part.whole('column', 0, kinds.length - 1);
  const kind = kinds[column]!;
  if (kind !== 'day' && kind !== 'group') refuseFile('hold codes of days and groups', kind);
  return { column, name: `${kind}_${column}`, size: part.whole('size', 1, largest) };
}

function isPart(of: string): of is CodingPart['of'] {
  return Object.hasOwn(partFunctions, of);
}

// What a network of such a coding is made of, by name.
function shapesOf(
  { products, steps, parts, codes }: NetworkCoding,
  hidden: readonly number[],
  embeddingSize: number,
  outputs: number,
): Readonly<Record<string, readonly number[]>> {
  const shapes: Record<string, readonly number[]> = {
    'table/product': [products, embeddingSize],
    'table/step': [steps, embeddingSize],
  };
  for (const { name, size } of codes) shapes[`table/${name}`] = [size, embeddingSize];
  let width = parts.length + (2 + codes.length) * embeddingSize;
  for (const [place, units] of [...hidden, outputs].entries()) {
    const name = place === hidden.length ? 'output' : `hidden_${place}`;
    shapes[`dense/${name}/kernel`] = [width, units];
    shapes[`dense/${name}/bias`] = [units];
    width = units;
  }
  return shapes;
}

function reachOf(weights: NetworkWeights): number {
  const tables = Object.entries(weights).filter(([name]) => name.startsWith('table/'));
  return tables.reduce((most, [, { values }]) => Math.max(most, furthest(values)), farthest);
}

function layersOf(weights: NetworkWeights): Float32Array[] {
  return Object.entries(weights)
    .filter(([name]) => name.startsWith('dense/'))
    .map(([, { values }]) => values);
}
